import { surveyTable } from "../dataset/columns/survey_table.ts";
import { USUAL_MISSING } from "../dataset/columns/missing_words.ts";
import { quoted } from "../dataset/quote.ts";
import type { TableRecords, TableSource } from "../dataset/table_source.ts";
import { countOf } from "../format_number.ts";
import { type Problem, UserError } from "../user_error.ts";
import type { FoundColumns } from "./_find_columns.ts";

/** Problems of each kind that are shown; there can be a million. */
const MOST_SHOWN = 5;
const MISSING = new Set(["", ...USUAL_MISSING]);
const INFINITE = /^[+-]?inf(inity)?$/i;
/** Between the texts of several columns. */
const BETWEEN = "\0";

/** How tools call a run's state, and how many values such a column can have. */
const STATE = /^(state|status)$/i;
const MOST_STATES = 10;

/** A run as a table has it. */
export interface TableRun {
  /** The places of its cell and its seed in their lists. */
  readonly cell: number;
  readonly seed: number;
  /** Absent if it has none. */
  readonly value?: number;
  /** Why not: `NaN`. */
  readonly lack?: string;
  /** Its line in the file, or in Parquet its row; from 1. */
  readonly line: number;
  /** The column of the metric, by its number from 0. */
  readonly field: number;
}

/** What a table has of runs. */
export interface TableRuns {
  /** In the order of the table. */
  readonly runs: readonly TableRun[];
  /** By cell, in order of first appearance, the texts of its columns. */
  readonly cells: readonly (readonly string[])[];
  /** The same of the seeds. */
  readonly seeds: readonly (readonly string[])[];
  /** How many rows became runs, and how many were left out. */
  readonly rows: number;
  readonly leftOut: number;
  /** A column that says how runs ended, if no condition does and it has several values. */
  readonly states?: { readonly column: string; readonly values: readonly string[] };
}

/**
 * Reads the runs of a table.
 *
 * @param problems Takes rows that have no cell or seed, or a word as their metric.
 * @throws {UserError} If a record is not whole, or no row is left.
 */
export function readRuns(
  source: TableSource,
  columns: FoundColumns,
  problems: SomeProblems,
): TableRuns {
  // It throws if a record is not whole.
  surveyTable(source, []);
  const { file, names } = source;
  const records = source.records();
  const [cells, seeds] = [new Texts(), new Texts()];
  const runs: TableRun[] = [];
  const stateField = names.findIndex((name, field) => STATE.test(name) && !isUsed(field, columns));
  const states = new Set<string>();
  let [rows, leftOut] = [0, 0];
  while (records.next()) {
    const isWanted = columns.where.every(({ field, value }) =>
      records.lenientText(field) === value
    );
    if (!isWanted) {
      leftOut++;
      continue;
    }
    rows++;
    const { line } = records;
    if (stateField >= 0 && states.size <= MOST_STATES) states.add(records.lenientText(stateField));
    const refuse = (kind: string, field: number, message: string) => {
      problems.add(kind, () => ({ message, place: records.place(file, field) }));
    };
    const texts = textsOf(records, columns.cell);
    if (texts.every((text) => text === "")) {
      refuse("rows without a cell", columns.cell[0], `The row has no ${names[columns.cell[0]]}`);
      continue;
    }
    const own = textsOf(records, columns.seed);
    const lost = own.findIndex((text) => MISSING.has(text));
    if (lost >= 0) {
      const name = names[columns.seed[lost]];
      refuse("rows without a seed", columns.seed[lost], `The row has no ${name}, its seed`);
      continue;
    }
    const cell = cells.add(texts);
    for (const { field, seed: named } of columns.metric) {
      const seed = seeds.add(named === undefined ? own : [named]);
      const found = valueOf(records, field);
      if (typeof found === "number") runs.push({ cell, seed, value: found, line, field });
      else if ("lack" in found) runs.push({ cell, seed, lack: found.lack, line, field });
      else {
        const message = `Cannot use ${quoted(found.word)} as ${names[field]}: it is not a number`;
        refuse("rows whose metric is not a number", field, message);
      }
    }
  }
  if (rows === 0) {
    const conditions = columns.where.map(({ field, value }) => `${names[field]}=${value}`);
    throw new UserError(`Cannot import ${file}: no row has ${conditions.join(" and ")}`);
  }
  const isTold = states.size > 1 && states.size <= MOST_STATES;
  return {
    ...{ runs, cells: cells.all, seeds: seeds.all, rows, leftOut },
    ...isTold && { states: { column: names[stateField], values: [...states] } },
  };
}

/** Whether a column says something else, or which rows are wanted. */
function isUsed(field: number, { cell, seed, metric, where }: FoundColumns): boolean {
  return [...cell, ...seed].includes(field) ||
    [...metric, ...where].some((column) => column.field === field);
}

function textsOf(records: TableRecords, fields: readonly number[]): string[] {
  return fields.map((field) => records.lenientText(field));
}

/** A run's value, or why it has none; a word is neither. */
function valueOf(
  records: TableRecords,
  field: number,
): number | { readonly lack: string } | { readonly word: string } {
  const number = records.number(field);
  if (Number.isFinite(number)) return number;
  const text = records.lenientText(field);
  if (text === "") return { lack: "empty" };
  if (INFINITE.test(text) || !Number.isNaN(number)) return { lack: text };
  return MISSING.has(text) ? { lack: text } : { word: text };
}

/** Different lists of texts, in order of first appearance. */
class Texts {
  readonly all: (readonly string[])[] = [];
  readonly #places = new Map<string, number>();

  /** Gives the place of a list of texts. */
  add(texts: readonly string[]): number {
    const key = texts.length === 1 ? texts[0] : texts.join(BETWEEN);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.all.push(texts) - 1;
    this.#places.set(key, place);
    return place;
  }
}

/** The first problems of each kind, and how many more there are. */
export class SomeProblems {
  readonly #kinds = new Map<string, { readonly shown: Problem[]; count: number }>();

  add(kind: string, make: () => Problem): void {
    const known = this.#kinds.get(kind) ?? { shown: [], count: 0 };
    if (known.count++ < MOST_SHOWN) known.shown.push(make());
    this.#kinds.set(kind, known);
  }

  list(file: string): Problem[] {
    return [...this.#kinds].flatMap(([kind, { shown, count }]) => {
      const more = count - shown.length;
      const rest = `And ${countOf(more, "more", "more")}: ${kind}`;
      return more > 0 ? [...shown, { message: rest, place: { file } }] : shown;
    });
  }
}
