import { metricColumn, METRICS } from "../measures/metrics.ts";
import { UserError } from "../user_error.ts";
import type { Manifest } from "./manifest.ts";
import { RESULT_TABLES, type ResultRows, type TableName } from "./result_files.ts";

/** The tables whose rows name a run, besides runs.csv. */
const RUN_TABLES = [
  "curves",
  "histograms",
  "test",
  "confusion",
  "predictions",
  "units",
] as const satisfies readonly TableName[];

/**
 * Checks that the rows of a sweep's CSV files belong together, and to its manifest: they have its
 * runs, its cells and its columns.
 *
 * @throws {UserError} If they do not. It names the first row that is wrong.
 */
export function checkRows(manifest: Manifest, rows: ResultRows): void {
  const { swept, cells } = manifest.experiment;
  const metric = metricColumn(manifest.experiment.metric);
  const keys = swept.map(({ key }) => key).join();
  const names = new Set(cells.map(({ name }) => name));
  const runs = new Set(rows.runs.map(({ run }) => run));

  const refuse = (table: TableName, message: string, row?: number) => {
    const place = {
      file: RESULT_TABLES[table].name,
      line: row === undefined ? undefined : row + 2,
    };
    throw new UserError({ message, place });
  };
  const checkCell = (table: TableName, cell: string, row: number) => {
    if (!names.has(cell)) refuse(table, `manifest.json has no cell ${JSON.stringify(cell)}`, row);
  };
  const checkValues = (table: TableName, values: object, row: number) => {
    const columns = Object.keys(values).join();
    if (columns === keys) return;
    refuse(table, `It sweeps ${columns || "nothing"}, manifest.json ${keys || "nothing"}`, row);
  };

  // Only users' own trainers can leave out some of the table's measures.
  const common = manifest.own ? [metric] : commonColumns(rows.runs);
  const checkMeasures = (
    table: TableName,
    measures: Readonly<Record<string, number>>,
    { columns, row }: { readonly columns: readonly string[]; readonly row: number },
  ) => {
    const missing = columns.find((column) => !Object.hasOwn(measures, column));
    if (missing !== undefined) refuse(table, `It has no ${missing}`, row);
  };
  rows.runs.forEach(({ cell, values, measures, digest }, row) => {
    checkCell("runs", cell, row);
    if (measures && (digest === undefined) !== (manifest.imported !== undefined)) {
      refuse("runs", manifest.imported ? "Imported runs have no digest" : "It has no digest", row);
    }
    checkValues("runs", values, row);
    if (measures) checkMeasures("runs", measures, { columns: [metric, ...common], row });
  });
  const evaluated = manifest.own ? [] : commonColumns(rows.curves);
  rows.curves.forEach(({ measures }, row) => {
    checkMeasures("curves", measures, { columns: evaluated, row });
  });
  if (rows.runs.length !== manifest.runs.total) {
    refuse("runs", `It has ${rows.runs.length} runs, manifest.json ${manifest.runs.total}`);
  }
  if (runs.size < rows.runs.length) refuse("runs", "Two of its runs have the same key");

  rows.cells.forEach(({ cell, values }, row) => {
    checkCell("cells", cell, row);
    checkValues("cells", values, row);
  });
  // An unfinished sweep may have no run of some.
  const begun = manifest.unfinished ? new Set(rows.runs.map(({ cell }) => cell)) : names;
  if (new Set(rows.cells.map(({ cell }) => cell)).size < Math.max(rows.cells.length, begun.size)) {
    const where = manifest.unfinished ? "runs.csv" : "manifest.json";
    refuse("cells", `It does not have each cell of ${where} once`);
  }
  rows.comparisons.forEach(({ cell, baseline }, row) => {
    checkCell("comparisons", cell, row);
    checkCell("comparisons", baseline, row);
  });
  rows.halving?.forEach(({ values }, row) => checkValues("halving", values, row));
  rows.looks?.forEach(({ cell }, row) => checkCell("looks", cell, row));
  rows.test?.forEach(({ cell }, row) => checkCell("test", cell, row));
  rows.units?.forEach(({ cell }, row) => checkCell("units", cell, row));

  for (const table of RUN_TABLES) {
    rows[table]?.forEach(({ run }, row) => {
      if (!runs.has(run)) refuse(table, `runs.csv has no run ${JSON.stringify(run)}`, row);
    });
  }
}

/** The columns of the table's measures that some row has. */
function commonColumns(
  rows: readonly { readonly measures?: Readonly<Record<string, number>> }[],
): string[] {
  return METRICS.filter((column) =>
    rows.some(({ measures }) => measures && Object.hasOwn(measures, column))
  );
}
