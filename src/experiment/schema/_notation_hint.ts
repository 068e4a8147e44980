/** What a value is expected to be. */
interface Expected {
  readonly isNumber: boolean;
  readonly isInteger: boolean;
  readonly isBoolean: boolean;
  /** The words that are allowed. */
  readonly words: readonly string[];
}

const NOTHING = /^(null|~|off|no|false|nil|nan|\.nan|-)$/i;
const ENDLESS = /^\+?(\.?inf(inity)?|∞)$/i;
const YES = /^(yes|on|y)$/i;
const NO = /^(no|off|n)$/i;
/** Digits in groups: `1_000`, `1,000.5`, `1'000`. */
const GROUPED = /^[-+]?\d{1,3}([_,'’]\d{3})+(\.\d+)?$|^[-+]?\d+(_\d+)+(\.\d+)?$/;
/** Signs that look like a minus, and are none. */
const MINUS = /^[−–—]/;
const SHARE = /^([-+]?\d+(?:\.\d+)?)\s*(%|\/\s*(\d+(?:\.\d+)?))$/;

/** How to write what was typed in a notation of other languages; undefined if it is none. */
export function notationHint(typed: string, expected: Expected): string | undefined {
  const { words, isNumber, isInteger, isBoolean } = expected;
  if (words.includes("none") && (NOTHING.test(typed) || ENDLESS.test(typed))) return "write none";
  if (words.includes("all") && ENDLESS.test(typed)) return "write all";
  if (isBoolean && YES.test(typed)) return "write true";
  if (isBoolean && NO.test(typed)) return "write false";
  const number = isNumber ? numberMeant(typed) : undefined;
  if (number === undefined || isInteger && !Number.isInteger(number)) return undefined;
  return `write ${number}`;
}

function numberMeant(typed: string): number | undefined {
  const plain = typed.replace(MINUS, "-");
  if (GROUPED.test(plain)) return Number(plain.replace(/[_,'’]/g, ""));
  const [, share, sign, whole] = SHARE.exec(plain) ?? [];
  const value = share === undefined
    ? Number(plain === typed ? NaN : plain)
    : Number(share) / (sign === "%" ? 100 : Number(whole));
  return Number.isFinite(value) ? value : undefined;
}
