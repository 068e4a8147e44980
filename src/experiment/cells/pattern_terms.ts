import type { Hyperparameter, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import { type Operator, OPERATORS } from "./pattern.ts";

/** One comparison of a pattern in one line: `dropout>0.5`, or `init=he|glorot` for either. */
export interface Term {
  readonly key: string;
  readonly operator: Operator;
  /** What stands behind the operator, and the values in it. */
  readonly text: string;
  readonly operands: readonly string[];
}

/** A list, a mapping or a word. */
const OPERAND = String.raw`(?:\[[^\]]*\]|{(?:"(?:[^"\\]|\\.)*"|[^"}])*}|[^\s=<>!|]+)`;
const TERM = new RegExp(
  String.raw`\s*([A-Za-z0-9_]+)\s*(${
    OPERATORS.join("|")
  })\s*(${OPERAND}(?:\s*\|\s*${OPERAND})*)(?:\s+|$)`,
  "y",
);

/** The comparisons of a text such as `dropout>0.5 init=he`; undefined if it is anything else. */
export function readTerms(text: string): readonly Term[] | undefined {
  const terms: Term[] = [];
  let end = 0;
  while (end < text.length) {
    TERM.lastIndex = end;
    const match = TERM.exec(text);
    if (!match) return undefined;
    const [, key, operator, operand] = match;
    const operands = operand.match(new RegExp(OPERAND, "g")) ?? [];
    terms.push({ key, operator: operator as Operator, text: operand, operands });
    end = TERM.lastIndex;
  }
  return terms;
}

/** Reads a value in a cell's name or after an operator: `0.1`, `relu`, `[64, 64]`. */
export function readValue(
  text: string,
  { type }: Pick<Hyperparameter, "type">,
): HyperparameterValue {
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  const scalars = scalarsIn(text).map(readScalar);
  return isList(text) ? scalars : scalars[0];
}

/** The items of a list as texts, or the text itself. */
export function scalarsIn(text: string): string[] {
  if (!isList(text)) return [text];
  const items = text.slice(1, -1).trim();
  return items === "" ? [] : items.split(",").map((item) => item.trim());
}

function isList(text: string): boolean {
  return text.startsWith("[") && text.endsWith("]");
}

function readScalar(text: string): number | string {
  return text === "" || Number.isNaN(Number(text)) ? text : Number(text);
}
