import type { RunResult } from "../trainers/run_result.ts";
import { finalEvaluation } from "./run_measures.ts";
import type { RunSummary } from "./run_summary.ts";

/** Rows that share a piece of memory. */
const ROWS_AT_A_TIME = 4096;
const DIGEST_BYTES = 32;
const DIGEST = /^[0-9a-f]{64}$/;

/** Keeps summaries of many runs in typed arrays: about 150 bytes a run. */
export class RunSummaries {
  /** By their columns: nearly all runs of an experiment have the same. */
  readonly #tables = new Map<string, SummaryTable>();

  add(result: RunResult): RunSummary {
    const columns = new Set<string>();
    for (const { measures } of result.evaluations) {
      for (const column in measures) columns.add(column);
    }
    const final = finalEvaluation(result).measures;
    const groups = [final, result.measures, result.best].map((group) => Object.keys(group));
    const name = JSON.stringify([groups, [...columns]]);
    const table = this.#tables.get(name) ?? new SummaryTable(groups, [...columns]);
    this.#tables.set(name, table);
    return table.add(result, final);
  }
}

/** Summaries of runs whose results have the same columns. */
class SummaryTable {
  readonly columns: readonly string[];
  readonly #groups: readonly (readonly string[])[];
  readonly #width: number;
  readonly #numbers: Float64Array[] = [];
  readonly #digests: Uint8Array[] = [];
  /** Those that are no SHA-256, by row. */
  readonly #otherDigests = new Map<number, string>();
  #rows = 0;

  /** @param groups The columns of the final evaluation, of the other measures, and of the best values. */
  constructor(groups: readonly (readonly string[])[], columns: readonly string[]) {
    this.#groups = groups;
    this.columns = columns;
    this.#width = NUMBERS.length + groups.reduce((sum, { length }) => sum + length, 0);
  }

  add(result: RunResult, final: RunSummary["final"]): RunSummary {
    const row = this.#rows++;
    const [block, place] = [Math.floor(row / ROWS_AT_A_TIME), row % ROWS_AT_A_TIME];
    const numbers = this.#numbers[block] ??= new Float64Array(ROWS_AT_A_TIME * this.#width);
    const digests = this.#digests[block] ??= new Uint8Array(ROWS_AT_A_TIME * DIGEST_BYTES);
    let at = place * this.#width;
    numbers[at++] = result.status === "diverged" ? 1 : 0;
    for (const name of ["steps", "bestStep", "trainSeconds"] as const) numbers[at++] = result[name];
    for (const [index, group] of [final, result.measures, result.best].entries()) {
      for (const column of this.#groups[index]) numbers[at++] = group[column];
    }
    if (DIGEST.test(result.digest)) {
      digests.set(Uint8Array.fromHex(result.digest), place * DIGEST_BYTES);
    } else this.#otherDigests.set(row, result.digest);
    return new SummaryRow(this, row);
  }

  /** One of `NUMBERS`. */
  number(row: number, index: number): number {
    const numbers = this.#numbers[Math.floor(row / ROWS_AT_A_TIME)];
    return numbers[(row % ROWS_AT_A_TIME) * this.#width + index];
  }

  group(row: number, group: number): Record<string, number> {
    const before = this.#groups.slice(0, group).reduce((sum, { length }) => sum + length, 0);
    const values: Record<string, number> = {};
    for (const [index, column] of this.#groups[group].entries()) {
      values[column] = this.number(row, NUMBERS.length + before + index);
    }
    return values;
  }

  digest(row: number): string {
    const other = this.#otherDigests.get(row);
    if (other !== undefined) return other;
    const place = (row % ROWS_AT_A_TIME) * DIGEST_BYTES;
    const digests = this.#digests[Math.floor(row / ROWS_AT_A_TIME)];
    return digests.subarray(place, place + DIGEST_BYTES).toHex();
  }
}

/** What each row begins with. */
const NUMBERS = ["diverged", "steps", "bestStep", "trainSeconds"] as const;

class SummaryRow implements RunSummary {
  readonly #table: SummaryTable;
  readonly #row: number;

  constructor(table: SummaryTable, row: number) {
    this.#table = table;
    this.#row = row;
  }

  get status(): RunSummary["status"] {
    return this.#table.number(this.#row, 0) === 1 ? "diverged" : "completed";
  }

  get steps(): number {
    return this.#table.number(this.#row, 1);
  }

  get bestStep(): number {
    return this.#table.number(this.#row, 2);
  }

  get trainSeconds(): number {
    return this.#table.number(this.#row, 3);
  }

  get final(): Record<string, number> {
    return this.#table.group(this.#row, 0);
  }

  get measures(): Record<string, number> {
    return this.#table.group(this.#row, 1);
  }

  get best(): Record<string, number> {
    return this.#table.group(this.#row, 2);
  }

  get columns(): readonly string[] {
    return this.#table.columns;
  }

  get digest(): string {
    return this.#table.digest(this.#row);
  }
}
