import { parse, stringify } from "yaml";
import { BLOCK_WORDS } from "../../src/experiment/schema/grid_schema.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import type { Dice } from "../_dice.ts";

/** Pieces of text that have broken parsers before, or might break this one. */
const TOKENS = [
  ..."{ } [ ] , : - ? # & * ! | > ' \" % @ ` \\ \n \t \0 \r \u00a0 \u2028 \ufeff \u{1f600}".split(
    " ",
  ),
  ...["- ", ": ", "  ", "\n  ", "\n---\n", "\n...\n", "%YAML 1.1\n---\n", "|\n", ">-\n", "? "],
  ...[
    "&a ",
    "*a",
    "*b",
    "<<: *a",
    "<<: [*a, *a]",
    "&a [*a]",
    "!!binary x",
    "!!js/function x",
    "! a",
  ],
  ...["0", "-0", "1e9", "1e400", "-1e-400", ".inf", "-.inf", ".nan", "0x10", "0o7", "1_000", "NaN"],
  ...["9007199254740993", "1".repeat(400), "true", "null", "~", "''", "{}", "[]", "[[]]", "[{}]"],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "__proto__: {}"],
  ...["all", "fixed", "zip: ", "sample: ", "conditional: ", "when: ", "exclude: ", "only: "],
  ...["extends: ", "count: 1e9", "count: 1000000", "{ log: [1.0e-5, 1], count: 1000000 }"],
  ...["{ linear: [0, 1], count: 999999 }", "{ uniform: [0, 1] }", "{ log_uniform: [0, 1] }"],
  ...["{ integer: [1, 1e308] }", "{ choice: [] }", "sample: { count: 1e6, method: sobol }"],
  ...["'> 0'", "'!= 0'", "'<= x'", "dropout>0.5", "dropout>=", "=", "trainer: [mlp, notebook]"],
  ...["../../etc/passwd", "/dev/zero", "\x1b[31m", "../".repeat(50), "a\\0b"],
];

/** Values that are right somewhere. */
const VALUES = [
  ...[0, 1, -1, 0.5, 1e9, 1e308, 5e-324, 2 ** 53, NaN, Infinity, 3, 10, 0.1],
  ...[null, true, "", "x", "relu", "all", "none", "mlp", "notebook", "> 0", "!= 1", "<= 0.5"],
  ...["dropout>0", "steps=3 init=he", "fixed", "__proto__", "a: b", "- a", "# a", "*a", "\n"],
  ...[[], {}, [0, 1], [0, 0.5, 0.5], ["relu", "tanh"], [[4], [4, 4]], [{}], [[]], [null]],
  ...[{ from: 5, to: 40, until: "decided" }, {
    from: 2,
    to: 1e6,
    until: "decided",
    first: 2 ** 52,
  }],
  ...[{ log: [1e-5, 1], count: 4 }, { linear: [0, 1], count: 1e6 }, { uniform: [0, 0.5] }],
  ...[{ log_uniform: [1, 9] }, { integer: [1, 4] }, { choice: [1, 2], off: 0.5 }, { count: 3 }],
  ...[{ count: 9, method: "sobol" }, { dropout: [0, 0.5], steps: [1, 2] }, { steps: "> 1" }],
  ...[{ when: { steps: 1 }, dropout: [0.1] }, { when: "steps>0", zip: { momentum: [0, 0.1] } }],
];

const SECTIONS = [
  ...[
    "name",
    "description",
    "tags",
    "notes",
    "trainer",
    "dataset",
    "fixed",
    "grid",
    "exclude",
    "only",
    "seeds",
  ],
  ...["baseline", "metric", "equivalence", "extends", "launcher", "successive_halving"],
];
const KEYS = [
  ...[...SECTIONS, ...BLOCK_WORDS, ...BUILT_IN.rows.map(({ key }) => key)],
  ...["path", "target", "split", "train", "log", "linear", "count", "uniform", "choice", "<<", "x"],
  ...["__proto__", "constructor", "toString", "method", "seed", "integer", "log_uniform"],
];

/** Changes a text at some places, in ways that look like slips of the pen, and in others. */
export function mutate(text: string, dice: Dice): string {
  let result = text;
  for (let change = 1 + dice.below(3); change > 0; change--) {
    const start = dice.below(result.length + 1);
    const end = Math.min(result.length, start + dice.one([0, 0, 1, 1, 3, 20, 200]));
    const lines = result.split("\n");
    const line = dice.below(lines.length);
    const other = dice.below(lines.length);
    const kind = dice.below(8);
    if (kind <= 2) result = result.slice(0, start) + dice.one(TOKENS) + result.slice(end);
    else if (kind === 3) result = result.slice(0, start) + result.slice(end);
    else if (kind === 4) {
      result = result.slice(0, start) + result.slice(start, end).repeat(3) + result.slice(start);
    } else if (kind === 5) result = lines.with(line, lines[other]).join("\n");
    else if (kind === 6) {
      result = lines.with(line, dice.one(["", " ", "  ", "- "]) + lines[line]).join("\n");
    } else result = result.replace(/[\d.]+(e-?\d+)?/, () => dice.one(TOKENS));
  }
  return result;
}

/** Changes what a text says: values, keys and where they stand; it stays YAML. */
export function reshape(text: string, dice: Dice): string {
  const root: Tree = { root: parse(text) };
  for (let change = 1 + dice.below(3); change > 0; change--) {
    const places = [{ owner: root, key: "root" }, ...placesIn(root)];
    const { owner, key } = dice.one(places);
    const other = dice.one(places);
    const kind = dice.below(8);
    const value = structuredClone(dice.one(VALUES));
    if (kind <= 2) put(owner, key, value);
    else if (kind === 3) put(owner, key, structuredClone(other.owner[other.key]));
    else if (kind === 4) delete owner[key];
    else if (kind === 5) put(owner, key, [owner[key], value]);
    else if (kind === 6) put(owner, dice.one(KEYS), structuredClone(owner[key]));
    else put(owner, key, put({}, dice.one(KEYS), owner[key]));
  }
  const written = stringify(root.root, { collectionStyle: dice.happens(0.5) ? "flow" : "any" });
  return written ?? "";
}

type Tree = Record<PropertyKey, unknown>;

/** Sets a property, be it one that JavaScript has plans for. */
function put(owner: Tree, key: string, value: unknown): Tree {
  const options = { value, configurable: true, enumerable: true, writable: true };
  return Object.defineProperty(owner, key, options);
}

/** Every place in a tree that has a value. */
function placesIn(tree: Tree): { owner: Tree; key: string }[] {
  return Object.keys(tree).flatMap((key) => {
    const value = tree[key];
    const inner = typeof value === "object" && value !== null ? placesIn(value as Tree) : [];
    return [{ owner: tree, key }, ...inner];
  });
}

/** Makes up a text that looks like an experiment, with any key and any value anywhere. */
export function makeUp(dice: Dice): string {
  const sections = SECTIONS.filter((section) => {
    return dice.happens(["name", "dataset", "grid"].includes(section) ? 0.9 : 0.3);
  });
  const lines = sections.map((section) => `${section}: ${sectionText(section, dice)}`);
  return lines.join("\n") + "\n";
}

function sectionText(section: string, dice: Dice): string {
  if (dice.happens(0.1)) return valueText(dice, 4);
  if (section === "name") return "e";
  if (section === "dataset") return "{ path: d.csv, target: y }";
  if (section === "seeds") return dice.one(["1", "3", "[1, 2]", "1000000"]);
  if (section === "grid") {
    return dice.happens(0.5) ? blockText(dice, 3) : listText(() => blockText(dice, 2), dice);
  }
  if (section === "exclude" || section === "only") return listText(() => patternText(dice), dice);
  if (section === "fixed" || section === "baseline") return patternText(dice);
  return valueText(dice, 2);
}

/** A block of a grid, most of it right. */
function blockText(dice: Dice, depth: number): string {
  const pairs = Array.from({ length: dice.below(4) }, () => {
    return `${dice.one(BUILT_IN.rows).key}: ${sweepText(dice)}`;
  });
  if (dice.happens(0.3)) {
    pairs.push(`zip: { steps: ${sweepText(dice)}, dropout: ${sweepText(dice)} }`);
  }
  if (dice.happens(0.3)) {
    pairs.push(`sample: { count: ${dice.one(["3", "20", "1e9", "1000000", "x"])} }`);
  }
  if (dice.happens(0.3) && depth > 0) {
    pairs.push(`conditional: { when: ${patternText(dice)}, ${blockText(dice, depth - 1).slice(1)}`);
  }
  return `{ ${pairs.join(", ")} }`;
}

function sweepText(dice: Dice): string {
  return dice.one([
    () => `[${dice.below(5)}, ${dice.below(5)}]`,
    () => "[0, 0.5]",
    () => "[relu, tanh]",
    () => "[[8], [8, 8]]",
    () => `{ linear: [0, ${dice.below(3)}], count: ${dice.one(["2", "30", "1000", "1000000"])} }`,
    () => "{ log: [1.0e-5, 0.1], count: 3 }",
    () => "{ uniform: [0, 0.9] }",
    () => "{ log_uniform: [1, 64] }",
    () => "{ integer: [1, 9] }",
    () => "{ choice: [1, 2] }",
    () => valueText(dice, 2),
  ])();
}

function patternText(dice: Dice): string {
  const pairs = Array.from({ length: 1 + dice.below(3) }, () => {
    const condition = dice.one(["0", "'> 0'", "'<= 3'", "'!= 0.5'", "[0, 1]", "relu", "[8, 8]"]);
    return `${dice.one(BUILT_IN.rows).key}: ${dice.happens(0.9) ? condition : valueText(dice, 1)}`;
  });
  return dice.happens(0.8)
    ? `{ ${pairs.join(", ")} }`
    : dice.one(["fixed", "steps=3", "dropout>0"]);
}

function valueText(dice: Dice, depth: number): string {
  const kind = depth > 0 ? dice.below(4) : 0;
  if (kind === 1) return listText(() => valueText(dice, depth - 1), dice);
  if (kind === 2) {
    const pairs = Array.from({ length: dice.below(4) }, () => {
      return `${dice.one(KEYS)}: ${valueText(dice, depth - 1)}`;
    });
    return `{ ${pairs.join(", ")} }`;
  }
  return dice.one(TOKENS);
}

function listText(itemText: () => string, dice: Dice): string {
  return `[${Array.from({ length: dice.below(4) }, itemText).join(", ")}]`;
}
