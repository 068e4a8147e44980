import type { Dataset } from "./dataset.ts";

/** The number of a model's outputs: one for each class, or one where it predicts quantities. */
export function outputCount({ task, classes }: Pick<Dataset, "task" | "classes">): number {
  return task === "regression" ? 1 : classes.length;
}
