import type { TableChoice } from "../report/table/table_text.ts";
import type { HyperparameterValue } from "../trainers/hyperparameter.ts";

/**
 * A sweep's table of cells: means, intervals, differences and verdicts, the best cell first. Of a sweep of
 * several datasets, the table of these.
 */
export interface CellTable {
  /** What its rows are. */
  readonly of: "cells" | "datasets";
  /** The experiment's name. */
  readonly experiment: string;
  /** `unfinished`: runs are missing. */
  readonly state: "complete" | "unfinished";
  /** The column that compares its cells, such as `validation_accuracy`. */
  readonly metric: string;
  /** Whether larger values of it are better. */
  readonly largerIsBetter: boolean;
  /** The name of the cell that the others are compared with. */
  readonly baseline: string;
  /** What is missing, in words; absent if the results are complete. */
  readonly unfinished?: string;
  /**
   * The table for a terminal, for Markdown, for LaTeX with booktabs, or as CSV.
   *
   * @throws {UserError} If there is no such column, or no such cell.
   */
  readonly text: (format: "text" | "markdown" | "latex" | "csv", choice?: TableChoice) => string;
  /**
   * Its rows, by column; null where there is no value.
   *
   * @throws {UserError} As `text()`.
   */
  readonly rows: (choice?: TableChoice) => Record<string, HyperparameterValue | null>[];
}

/**
 * Reads the table of cells of a folder of results; of several datasets, the table of these.
 *
 * @example
 * ```ts
 * import { readTable } from "@regsweep/regsweep";
 *
 * const table = await readTable("reports/sample");
 * console.log(table.text("markdown", { columns: "name,mean,verdict" }));
 * ```
 *
 * @param folder Relative to the process's folder, or absolute.
 * @throws {UserError} If a file is missing, is not what a sweep writes, or was changed since.
 */
export async function readTable(folder: string): Promise<CellTable> {
  return await readDatasetsTable(folder) ?? await readCellsTable(folder);
}

/** The table of a folder of several datasets; undefined if the folder is not one. */
async function readDatasetsTable(folder: string): Promise<CellTable | undefined> {
  const { readCollectionManifest } = await import("../results/collection_manifest.ts");
  const manifest = await readCollectionManifest(folder);
  if (!manifest) return undefined;
  const [{ collectionResults }, { datasetsTable }, { tableRows, writeTable }, { metricColumn }] =
    await Promise.all([
      import("../report/collection/collection_results.ts"),
      import("../report/collection/datasets_table.ts"),
      import("../report/table/table_text.ts"),
      import("../measures/metrics.ts"),
    ]);
  const { collection, state, answer } = manifest;
  const table = datasetsTable(await collectionResults(folder, collection));
  const unfinished = state === "unfinished" ? answer.limit : undefined;
  const caption =
    `The datasets of ${collection.name}, with differences from ${collection.baseline}.`;
  return {
    ...{ of: "datasets", experiment: collection.name, state },
    metric: metricColumn(collection.metric),
    ...{ largerIsBetter: collection.largerIsBetter, baseline: collection.baseline },
    ...unfinished !== undefined && { unfinished },
    text: (format, choice) => writeTable(table, { format, choice, caption, unfinished }),
    rows: (choice) => tableRows(table, choice),
  };
}

async function readCellsTable(folder: string): Promise<CellTable> {
  const [{ readCellTable }, { tableRows, tableText }, { metricColumn }, { unfinishedSentence }] =
    await Promise.all([
      import("../report/table/read_cell_table.ts"),
      import("../report/table/table_text.ts"),
      import("../measures/metrics.ts"),
      import("../wording/unfinished_sentence.ts"),
    ]);
  const sweep = await readCellTable(folder);
  const { experiment, state = "complete" } = sweep.manifest;
  const unfinished = unfinishedSentence(sweep.manifest);
  return {
    ...{ of: "cells", experiment: experiment.name, state },
    metric: metricColumn(experiment.metric),
    ...{ largerIsBetter: experiment.largerIsBetter, baseline: experiment.baseline },
    ...unfinished !== undefined && { unfinished },
    text: (format, choice) => tableText(sweep, format, choice),
    rows: (choice) => tableRows(sweep.table, choice),
  };
}
