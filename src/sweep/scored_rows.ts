import type { Dataset } from "../dataset/dataset.ts";
import type { SplitOptions } from "../dataset/split_options.ts";
import { splitRows } from "../dataset/split_rows.ts";
import { confusionRows } from "../results/confusion_csv.ts";
import type { HeldOutRow } from "../results/held_out_row.ts";
import { predictionRows } from "../results/predictions_csv.ts";
import type { ResultRows } from "../results/result_files.ts";
import type { TestResult } from "../trainers/run_result.ts";

/** What scores on the test rows need to know of a dataset. */
export type ScoredDataset =
  & Parameters<typeof splitRows>[0]
  & Pick<Dataset, "task" | "classes" | "targets">;

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
  { dataset, split, tests, lacksRecall = false }: {
    dataset: ScoredDataset;
    split: SplitOptions;
    tests: ReadonlyMap<string, TestResult>;
    lacksRecall?: boolean;
  },
): Pick<ResultRows, "test" | "confusion" | "predictions" | "units"> {
  if (test.length === 0) return {};
  const completed = test.flatMap((row) => {
    const result = row.measures && tests.get(row.run);
    return result ? [{ row, result }] : [];
  });
  // A program may leave its test rows alone.
  const isScored = ({ result }: typeof completed[number]) => {
    return Object.keys(result.measures).length > 0;
  };
  if (completed.length > 0 && !completed.some(isScored)) return {};
  const best = completed.filter(({ row }) => row.roles.includes("best"));
  const firstOfCell = [...Map.groupBy(completed, ({ row }) => row.cell).values()]
    .map(([first]) => first);
  const units = firstOfCell.flatMap(({ row: { run, cell, seed }, result }) =>
    result.units.map((unit) => ({ run, cell, seed, ...unit }))
  );
  return {
    test,
    ...predictedRows(best, { dataset, split, lacksRecall }),
    ...units.length > 0 ? { units } : {},
  };
}

/**
 * What the best cell's runs predict: counts of classes, or each test row's quantity. Programs score test rows
 * themselves, and give neither.
 */
function predictedRows(
  best: readonly { row: HeldOutRow; result: TestResult }[],
  { dataset, split, lacksRecall }: {
    dataset: ScoredDataset;
    split: SplitOptions;
    lacksRecall: boolean;
  },
): Pick<ResultRows, "confusion" | "predictions"> {
  const { task, classes, targets } = dataset;
  const predict = ({ result: { confusion, predictions } }: typeof best[number]) =>
    confusion !== undefined || predictions !== undefined;
  if (best.length > 0 && !best.some(predict)) return {};
  if (task === "classification") {
    const confusion = best
      .flatMap(({ row, result: { confusion = [] } }) => confusionRows(row, confusion, classes))
      .map(({ recall, ...row }) => recall === undefined || lacksRecall ? row : { ...row, recall });
    return { confusion };
  }
  if (best.length === 0) return { predictions: [] };
  // All runs have the same test rows.
  const [{ row: { seed, fold } }] = best;
  const { test: rows } = splitRows(dataset, split, seed, fold);
  return {
    predictions: best.flatMap(({ row, result: { predictions = [] } }) =>
      predictionRows(row, predictions, { rows, targets })
    ),
  };
}
