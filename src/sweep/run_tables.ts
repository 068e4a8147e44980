import { join } from "node:path";
import type { Experiment } from "../experiment/experiment.ts";
import { replicateOf } from "../experiment/replicates.ts";
import { curveRows } from "../results/curves_csv.ts";
import { histogramRows } from "../results/histograms_csv.ts";
import type { ResultColumns } from "../results/result_columns.ts";
import { RESULT_TABLES, type ResultRows, type ResultTable } from "../results/result_files.ts";
import type { KeptOutcome, RunOutcome } from "../results/run_outcome.ts";
import { isWhole } from "../results/run_summary.ts";
import { runRows } from "../results/runs_csv.ts";
import type { RunResult } from "../trainers/run_result.ts";
import { UserError } from "../user_error.ts";
import { NewFile } from "./new_files.ts";

/** Reads the whole results of runs, by their keys. */
export type ResultReader = (keys: readonly string[]) => Promise<(RunResult | undefined)[]>;

/** The tables with lines of each run. */
export type RunTable = "runs" | "curves" | "histograms";
export type RunTableRows = Pick<ResultRows, RunTable>;

export interface RunTablesOptions {
  readonly columns: ResultColumns;
  /** Where the files will be. */
  readonly folder: string;
  /** Required if outcomes have summaries instead of whole results. */
  readonly resultsOf?: ResultReader;
  /** Called with rows as they are written. */
  readonly onRows?: (rows: RunTableRows) => void;
  readonly signal?: AbortSignal;
}

/** How many whole results to hold in memory at once. */
const RUNS_AT_A_TIME = 500;

/**
 * The CSV files with lines of each run, written while results are read, so that whole results of all
 * runs are never in memory at once. They have temporary names until `name()` is called.
 */
export class RunTables implements Disposable {
  readonly #files: readonly RunTableFile[];
  /** SHA-256 of each file, by its name. */
  readonly checksums: Readonly<Record<string, string>>;

  private constructor(files: readonly RunTableFile[], checksums: Record<string, string>) {
    this.#files = files;
    this.checksums = checksums;
  }

  /**
   * Writes the files: the same bytes as `tableTexts()` for the same results.
   *
   * @param outcomes By cell and then by seed, in the experiment's order.
   * @throws {UserError} If a file cannot be written, or a result cannot be read; the exit code is 1.
   * @throws The signal's reason, if it aborted.
   */
  static async write(
    experiment: Experiment,
    outcomes: readonly KeptOutcome[],
    { columns, folder, resultsOf, onRows, signal }: RunTablesOptions,
  ): Promise<RunTables> {
    using stack = new DisposableStack();
    const runs = stack.use(await RunTableFile.create("runs", folder, columns));
    const curves = stack.use(await RunTableFile.create("curves", folder, columns));
    const histograms = stack.use(await RunTableFile.create("histograms", folder, columns));
    for await (const rows of rowsOfRuns(experiment, outcomes, { columns, resultsOf, signal })) {
      await runs.write(rows.runs);
      await curves.write(rows.curves);
      await histograms.write(rows.histograms);
      onRows?.(rows);
    }
    const files = [runs, curves, histograms];
    const checksums: Record<string, string> = {};
    for (const file of files) checksums[file.name] = await file.end();
    stack.move();
    return new RunTables(files, checksums);
  }

  /**
   * Gives the files their names, replacing files that have them.
   *
   * @throws {UserError} If the system refuses; the exit code is 1.
   */
  name(): void {
    for (const file of this.#files) file.giveName();
  }

  [Symbol.dispose](): void {
    for (const file of this.#files) file[Symbol.dispose]();
  }
}

/**
 * Makes the rows of runs while results are read, some at a time; at least once, maybe of no runs.
 *
 * @param outcomes By cell and then by seed, in the experiment's order.
 * @throws {UserError} If a result cannot be read; the exit code is 1.
 * @throws The signal's reason, if it aborted.
 */
export async function* rowsOfRuns(
  experiment: Experiment,
  outcomes: readonly KeptOutcome[],
  { columns, resultsOf, signal }: Pick<RunTablesOptions, "columns" | "resultsOf" | "signal">,
): AsyncGenerator<RunTableRows> {
  for (let first = 0; first === 0 || first < outcomes.length; first += RUNS_AT_A_TIME) {
    signal?.throwIfAborted();
    const batch = await wholeOutcomes(outcomes.slice(first, first + RUNS_AT_A_TIME), resultsOf);
    yield {
      runs: runRows(experiment, batch, columns),
      curves: curveRows(experiment, batch, columns),
      histograms: histogramRows(batch),
    };
  }
}

async function wholeOutcomes(
  outcomes: readonly KeptOutcome[],
  resultsOf: ResultReader | undefined,
): Promise<RunOutcome[]> {
  const short = outcomes.filter(({ result }) => result && !isWhole(result));
  const keys = short.map(({ key }) => key);
  const results = keys.length > 0 && resultsOf ? await resultsOf(keys) : [];
  const whole = new Map(keys.map((key, index) => [key, results[index]]));
  return outcomes.map(({ key, cell, replicate, seed, fold, failure, result }) => {
    const outcome = { key, cell, replicate, ...replicateOf({ seed, fold }) };
    if (!result) return { ...outcome, failure };
    if (isWhole(result)) return { ...outcome, result };
    const read = whole.get(key);
    if (!read) throw new UserError(`Cannot write results: the record of run ${key} is gone`, 1);
    // A record has the status before the sweep judged it.
    return { ...outcome, result: { ...read, status: result.status } };
  });
}

/** One of the files. */
class RunTableFile implements Disposable {
  readonly name: string;
  readonly #table: ResultTable<readonly unknown[]>;
  readonly #file: NewFile;
  readonly #columns: ResultColumns;
  #hasHeader = false;

  private constructor(table: RunTable, file: NewFile, columns: ResultColumns) {
    this.name = RESULT_TABLES[table].name;
    this.#table = RESULT_TABLES[table];
    this.#file = file;
    this.#columns = columns;
  }

  static async create(
    table: RunTable,
    folder: string,
    columns: ResultColumns,
  ): Promise<RunTableFile> {
    const file = await NewFile.create(join(folder, RESULT_TABLES[table].name));
    return new RunTableFile(table, file, columns);
  }

  /** Writes rows, after a header the first time. */
  async write(rows: readonly unknown[]): Promise<void> {
    const text = this.#table.write(rows, this.#columns);
    const lines = this.#hasHeader ? text.slice(text.indexOf("\n") + 1) : text;
    this.#hasHeader = true;
    await this.#file.write(lines);
  }

  async end(): Promise<string> {
    return await this.#file.end();
  }

  giveName(): void {
    this.#file.name();
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }
}
