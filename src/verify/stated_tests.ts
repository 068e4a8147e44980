import type { Dataset } from "../dataset/dataset.ts";
import { confusionIn } from "../results/confusion_csv.ts";
import type { TestResult } from "../trainers/run_result.ts";
import type { SweepFolder } from "./sweep_folder.ts";

/**
 * Scores on the test rows by run key, as far as a sweep's folder contains them.
 *
 * @param unpredicted Keys of runs whose trainers score the rows themselves.
 */
export function statedTests(
  { test = [], confusion = [], predictions = [], units = [] }: Pick<
    SweepFolder,
    "test" | "confusion" | "predictions" | "units"
  >,
  dataset: Pick<Dataset, "task" | "classes"> | undefined,
  unpredicted: ReadonlySet<string>,
): Map<string, TestResult> {
  if (!dataset) return new Map();
  const { task, classes } = dataset;
  const confusionOf = Map.groupBy(confusion, ({ run }) => run);
  const predictionsOf = Map.groupBy(predictions, ({ run }) => run);
  const unitsOf = Map.groupBy(units, ({ run }) => run);
  return new Map(test.flatMap(({ run, measures }): [string, TestResult][] => {
    if (!measures) return [];
    const predicted = unpredicted.has(run)
      ? {}
      : task === "classification"
      ? { confusion: confusionIn(confusionOf.get(run) ?? [], classes) }
      : { predictions: (predictionsOf.get(run) ?? []).map(({ predicted }) => predicted) };
    const strongest = (unitsOf.get(run) ?? []).map(({ unit, weights }) => ({ unit, weights }));
    return [[run, { measures, ...predicted, units: strongest }]];
  }));
}
