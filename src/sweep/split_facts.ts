import type { SplitSource } from "../dataset/split_rows.ts";
import { ownSizes, sizesOf } from "../dataset/split_sizes.ts";
import type { DatasetExperiment, Experiment } from "../experiment/experiment.ts";
import type { ManifestDataset } from "../results/manifest.ts";

/** How an experiment splits its dataset, as its manifest says it. */
export function splitFacts(
  { dataset: { split }, seeds }: Pick<DatasetExperiment, "dataset" | "seeds">,
  dataset: SplitSource,
): Pick<ManifestDataset, "rows" | "split"> {
  const rows = ownSizes(dataset, split, seeds);
  return { rows: dataset.rows, split: { ...split, ...rows && { rows } } };
}

/** The same of an experiment that may have no dataset. */
export function splitFactsIfAny(
  { dataset: options, seeds }: Pick<Experiment, "dataset" | "seeds">,
  dataset: SplitSource | undefined,
): ReturnType<typeof splitFacts> | undefined {
  return options && dataset && splitFacts({ dataset: options, seeds }, dataset);
}

/** How many rows no run is trained or validated on. */
export function testRowCount(
  experiment: Pick<Experiment, "dataset" | "seeds">,
  dataset: SplitSource | undefined,
): number {
  const facts = splitFactsIfAny(experiment, dataset);
  return facts ? sizesOf(facts).test : 0;
}
