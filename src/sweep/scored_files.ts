import type { Dataset } from "../dataset/dataset.ts";
import type { ReportInput } from "../report/report_input.ts";
import { confusionCsv, confusionRows } from "../results/confusion_csv.ts";
import { unitsCsv } from "../results/units_csv.ts";
import { heldOutCsv } from "../results/held_out_csv.ts";
import type { HeldOutRow } from "../results/held_out_row.ts";
import type { TestResult } from "../trainers/run_result.ts";

/** The CSV files of the cells that were scored, by their names, with what they say. */
export interface ScoredFiles extends Pick<ReportInput, "test" | "confusion" | "units"> {
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * Makes the CSV files of the cells that were scored on the test rows: no file where there is nothing
 * to write into it.
 *
 * @param test The lines of test.csv.
 * @param content.tests By key, of the completed runs among them.
 */
export function scoredFiles(
  test: readonly HeldOutRow[],
  { dataset, tests }: {
    dataset: Pick<Dataset, "classes">;
    tests: ReadonlyMap<string, TestResult>;
  },
): ScoredFiles {
  if (test.length === 0) return { texts: {} };
  const completed = test.flatMap((row) => {
    const result = row.score && tests.get(row.run);
    return result ? [{ row, result }] : [];
  });
  const confusion = completed.filter(({ row }) => row.roles.includes("best"))
    .flatMap(({ row, result }) => confusionRows(row, result.confusion, dataset.classes));
  const firstOfCell = [...Map.groupBy(completed, ({ row }) => row.cell).values()]
    .map(([first]) => first);
  const units = firstOfCell.flatMap(({ row: { run, cell, seed }, result }) =>
    result.units.map((unit) => ({ run, cell, seed, ...unit }))
  );
  const texts = { "test.csv": heldOutCsv(test), "confusion.csv": confusionCsv(confusion) };
  if (units.length === 0) return { texts, test, confusion };
  return { texts: { ...texts, "units.csv": unitsCsv(units) }, test, confusion, units };
}
