import { ownSizes } from "../dataset/split_sizes.ts";
import type { SplitSource } from "../dataset/split_rows.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Manifest } from "../results/manifest.ts";

/** How an experiment splits its dataset, as its manifest says it. */
export function splitFacts(
  { dataset: { split }, seeds }: Pick<Experiment, "dataset" | "seeds">,
  dataset: SplitSource,
): Pick<Manifest["dataset"], "rows" | "split"> {
  const rows = ownSizes(dataset, split, seeds);
  return { rows: dataset.rows, split: { ...split, ...rows && { rows } } };
}
