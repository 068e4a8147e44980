import type { Dataset } from "../dataset/dataset.ts";
import { confusionRows } from "../results/confusion_csv.ts";
import type { HeldOutRow } from "../results/held_out_row.ts";
import type { ResultRows } from "../results/result_files.ts";
import type { TestResult } from "../trainers/run_result.ts";

/**
 * The rows of the files about the cells that were scored on the test rows: none of a file where
 * there is nothing to write into it.
 *
 * @param test The lines of test.csv.
 * @param content.tests By key, of the completed runs among them.
 * @param content.lacksRecall True: confusion.csv is as the first version wrote it.
 */
export function scoredRows(
  test: readonly HeldOutRow[],
  { dataset, tests, lacksRecall = false }: {
    dataset: Pick<Dataset, "classes">;
    tests: ReadonlyMap<string, TestResult>;
    lacksRecall?: boolean;
  },
): Pick<ResultRows, "test" | "confusion" | "units"> {
  if (test.length === 0) return {};
  const completed = test.flatMap((row) => {
    const result = row.measures && tests.get(row.run);
    return result ? [{ row, result }] : [];
  });
  const confusion = completed.filter(({ row }) => row.roles.includes("best"))
    .flatMap(({ row, result }) => confusionRows(row, result.confusion, dataset.classes))
    .map(({ recall, ...row }) => recall === undefined || lacksRecall ? row : { ...row, recall });
  const firstOfCell = [...Map.groupBy(completed, ({ row }) => row.cell).values()]
    .map(([first]) => first);
  const units = firstOfCell.flatMap(({ row: { run, cell, seed }, result }) =>
    result.units.map((unit) => ({ run, cell, seed, ...unit }))
  );
  return { test, confusion, ...units.length > 0 ? { units } : {} };
}
