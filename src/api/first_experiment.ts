import type { DroppedRowCounts } from "../dataset/table_facts.ts";
import type { InitOptions } from "../experiment/init/init_experiment.ts";

/** A first experiment that was written. */
export interface FirstExperiment {
  /** Its file. */
  readonly path: string;
  /** Its name. */
  readonly name: string;
  /** How many cells it has. */
  readonly cells: number;
  /** Its seeds. */
  readonly seeds: readonly number[];
  /** Rows of the table that it leaves out. */
  readonly droppedRows: DroppedRowCounts;
}

/**
 * Writes an experiment to begin with for a table, in which a comment explains each choice.
 *
 * @example
 * ```ts
 * import { readExperiment, writeFirstExperiment } from "@regsweep/regsweep";
 *
 * const { path } = await writeFirstExperiment("data/penguins.csv", { target: "species" });
 * console.log((await readExperiment(path)).cells);
 * ```
 *
 * @throws {UserError} If the table cannot be read, nobody can know which column to predict, or the file
 * is there already.
 */
export async function writeFirstExperiment(
  table: string,
  options: InitOptions = {},
): Promise<FirstExperiment> {
  const { initExperiment } = await import("../experiment/init/init_experiment.ts");
  const { path, experiment, droppedRows } = await initExperiment(table, options);
  const { name, cells, seeds } = experiment;
  return { path, name, cells: cells.length, seeds, droppedRows };
}
