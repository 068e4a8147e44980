import { Dice } from "../_dice.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const GOOD = [
  "x,y,kind\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n9,10,a\n11,12,b\n",
  '"x","a ""y""",kind\r\n' + '1.5e3,-0,red\r\n.5,+7.,blue\r\n-1E-7,0001,"green"\r\n'.repeat(3),
  "kind,x\n" + "0,1\n1,123456789012345678901234567890\n".repeat(4),
  "x;y;kind\n" + "1;2;a\n1;2;b\n".repeat(3),
];

/** Numbers that are none, at the edge of what a double holds, or written as few write them. */
const NUMBERS = [
  ...[
    "0",
    "-0",
    "1",
    "1.",
    ".5",
    ".",
    "+",
    "-",
    "+-1",
    "1e5",
    "1e",
    "e5",
    "1e+",
    "1e999",
    "-1e999",
  ],
  ...[
    "1e-999",
    "5e-324",
    "NaN",
    "inf",
    "-Infinity",
    "0x10",
    "0b1",
    "1_000",
    "1,5",
    "1 2",
    "½",
    "１",
  ],
  ...["9007199254740993", "9".repeat(400), `0.${"0".repeat(400)}1`, "1e9999999999999", "1e0000005"],
];
const TEXTS = [
  ...["a", "b", "red", "", " ", "kind", "x", "__proto__", "constructor", "é", "\u{1f600}", "=1+1"],
  ...["\u2028", "\u00a0", "\ufeff", "\0", "\x1b[31m", "\x7f", "null", "true", "a".repeat(3000)],
];
/** What holds a file together, and what breaks it. */
const PIECES = [
  ...[
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    ",",
    ",,",
    ";",
    "\t",
    '"',
    '""',
    '"""',
    '","',
    '"\n',
    '\n"',
    "\\",
  ],
  ...["\0", "\v", "\f", "#", "'", " ", "\ufeff", "\u0085", ...NUMBERS, ...TEXTS],
];
/** Bytes that are no UTF-8, or not alone. */
const BYTES = [0x00, 0x0a, 0x0d, 0x22, 0x2c, 0x80, 0xa0, 0xbf, 0xc0, 0xc3, 0xed, 0xf4, 0xfe, 0xff];

/** A made-up dataset file: every number gives another one, and always the same. */
export function randomCsv(number: number): Bytes {
  const dice = new Dice("csv", number);
  const text = dice.happens(0.5) ? mutated(dice.one(GOOD), dice) : table(dice);
  return garbled(encoded(text, dice), dice);
}

/** A text with a few places changed. */
function mutated(text: string, dice: Dice): string {
  for (let change = 1 + dice.below(4); change > 0; change--) {
    const start = dice.below(text.length + 1);
    const end = Math.min(text.length, start + dice.one([0, 0, 1, 3, 20]));
    const lines = text.split("\n");
    const line = dice.below(lines.length);
    switch (dice.below(4)) {
      case 0:
        text = text.slice(0, start) + text.slice(end);
        break;
      case 1:
        text = text.slice(0, end) + text.slice(start);
        break;
      case 2:
        text = lines.with(line, dice.one(lines)).join("\n");
        break;
      default:
        text = text.slice(0, start) + dice.one(PIECES) + text.slice(end);
    }
  }
  return text;
}

/** A table of any shape, with rows that are mostly as long as its header. */
function table(dice: Dice): string {
  const columns = 1 + dice.below(6);
  const newline = dice.one(["\n", "\n", "\r\n", "\r", "\n\n"]);
  const separator = dice.one([",", ",", ",", ";", "\t", " , "]);
  const wild = dice.one([0, 0.02, 0.3]);
  const cell = (usual: string) => {
    const text = dice.happens(wild) ? dice.one(PIECES) : usual;
    return dice.happens(wild) ? `"${text}"` : text;
  };
  const row = (usual: (column: number) => string) => {
    const length = dice.happens(wild / 4) ? dice.below(9) : columns;
    return Array.from({ length }, (_, column) => cell(usual(column))).join(separator);
  };
  const target = dice.below(columns);
  const rows = Array.from(
    { length: dice.below(30) },
    () => row((column) => column === target ? dice.one(["a", "b"]) : String(dice.below(100))),
  );
  const header = row((column) => column === target ? "kind" : `x${column}`);
  return [header, ...rows].join(newline) + dice.one(["", newline]);
}

/** A text's bytes in the encodings that spreadsheets write. */
function encoded(text: string, dice: Dice): Bytes {
  const kind = dice.below(20);
  if (kind > 2) return new TextEncoder().encode(dice.happens(0.05) ? `\ufeff${text}` : text);
  const units = Array.from(text, (character) => character.charCodeAt(0));
  if (kind === 0) return Uint8Array.from(units, (unit) => unit & 0xff);
  const pairs = [0xfeff, ...units].map((unit) => [unit & 0xff, unit >> 8]);
  return Uint8Array.from(pairs.flatMap((pair) => kind === 1 ? pair : pair.toReversed()));
}

/** Bytes of which a few are others, or which are cut off. */
function garbled(bytes: Bytes, dice: Dice): Bytes {
  if (dice.happens(0.7) || bytes.length === 0) return bytes;
  for (let change = dice.below(4); change > 0; change--) {
    bytes[dice.below(bytes.length)] = dice.happens(0.5) ? dice.one(BYTES) : dice.below(256);
  }
  return dice.happens(0.3) ? bytes.slice(0, dice.below(bytes.length)) : bytes;
}
