import { comparisonWithAny, type Condition, isOrder } from "../../experiment/cells/pattern.ts";
import { readTerms, readValue, type Term } from "../../experiment/cells/pattern_terms.ts";
import { listSome, listWords } from "../../list_words.ts";
import { nearest } from "../../nearest.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import { type CellTable, columnsOf, isText, type TableColumn } from "./cell_table.ts";

/** Why a text keeps no row: its end of a sentence, and what would be right. */
export interface FilterProblem {
  readonly reason: string;
  readonly hint?: string;
}

/** What a filter keeps. */
export interface Filtered {
  /** Ascending; undefined if the text is no filter. */
  readonly rows?: readonly number[];
  /** Absent if some row is left. */
  readonly problem?: FilterProblem;
}

/** Values and names that a hint lists at most. */
const [MOST_VALUES, MOST_NAMES] = [8, 12];

/**
 * The rows of the cells that a text means: a cell's name, or a pattern as in `only:`, such as
 * `dropout>0.2 activation=relu`. A pattern can name every column: `verdict=better`, `mean>=97%`.
 */
export function filterRows(text: string, table: CellTable): Filtered {
  const wanted = text.trim();
  const all = Array.from({ length: table.rows }, (_, row) => row);
  if (wanted === "") return { rows: all };
  const named = all.filter((row) =>
    columnsOf(table, "name").some(({ fields }) => fields[row] === wanted)
  );
  if (named.length > 0) return { rows: named };
  const terms = readTerms(wanted);
  if (!terms) {
    const reason = "it is neither a cell's name nor a pattern, such as dropout>0.5 init=he";
    return { problem: { reason } };
  }
  const conditions: TableCondition[] = [];
  for (const term of terms) {
    const condition = conditionOf(term, table);
    if ("reason" in condition) return { problem: condition };
    conditions.push(condition);
  }
  const rows = all.filter((row) => conditions.every((condition) => holdsIn(row, condition)));
  if (rows.length > 0) return { rows };
  const never = conditions.find((condition) => !all.some((row) => holdsIn(row, condition)));
  return { rows, problem: { reason: "no cell matches", hint: never && valuesOf(never.column) } };
}

/** A condition on a column's fields. */
interface TableCondition {
  readonly column: TableColumn;
  readonly holds: Condition;
}

function holdsIn(row: number, { column: { fields }, holds }: TableCondition): boolean {
  const field = fields[row];
  return field !== null && holds(field);
}

function conditionOf(term: Term, table: CellTable): TableCondition | FilterProblem {
  const { key, operator, text } = term;
  const column = table.columns.find(({ name }) => name === key);
  if (!column) return { reason: `there is no column "${key}"`, hint: columnHint(key, table) };
  const operands = term.operands.map((operand) => operandOf(operand, column));
  if (isOrder(operator)) {
    const hint = text.endsWith(",") ? "leave out the comma" : valuesOf(column);
    if (operands.some((operand) => typeof operand !== "number") || isText(column)) {
      return { reason: `${operator} compares numbers, not words`, hint };
    }
    if (operands.length > 1) {
      return { reason: `${operator} compares with one number, not with one of several`, hint };
    }
  }
  const row = { shape: column.shape ?? "scalar" } as const;
  return { column, holds: comparisonWithAny(row, operator, operands) };
}

/** A term's operand; `97%` is 0.97. */
function operandOf(text: string, { isBoolean }: TableColumn): HyperparameterValue {
  const [, percent] = text.match(/^([\d.]+)%$/) ?? [];
  if (percent !== undefined) return Number(percent) / 100;
  return readValue(text, { type: isBoolean ? "boolean" : "word" });
}

/** What a column's name probably means, or the names that there are. */
export function columnHint(name: string, { columns }: CellTable): string {
  const names = columns.map((column) => column.name);
  const near = nearest(name, names);
  return near ? `did you mean "${near}"?` : `there are ${listSome(names, MOST_NAMES)}`;
}

/** A column's values, as far as a hint lists them. */
function valuesOf({ name, fields }: TableColumn): string | undefined {
  const values = [...new Set(fields)].filter((field) => field !== null);
  const numbers = values.filter((field) => typeof field === "number").sort((a, b) => a - b);
  const isNumeric = numbers.length === values.length;
  const texts = isNumeric ? numbers.map(formatValue) : values.map(formatValue).sort();
  if (texts.length === 0) return undefined;
  if (texts.length <= MOST_VALUES) return `${name} is ${listWords(texts)}`;
  return isNumeric ? `${name} is ${texts[0]} to ${texts[texts.length - 1]}` : undefined;
}
