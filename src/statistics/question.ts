import { type PartSizes, partSizes } from "../dataset/part_sizes.ts";
import type { Metric } from "../measures/metrics.ts";
import type { Manifest } from "../results/manifest.ts";
import { trainersNamed } from "../trainers/trainer_named.ts";

/** What a sweep is asked, and what the answer depends on beside its runs. */
export interface Question {
  /** What the cells are compared by. */
  readonly metric: Metric;
  /** Name of the cell that the others are compared with. */
  readonly baseline: string;
  /** Differences of the metric smaller than this are of no practical interest. */
  readonly equivalence: number;
  /** How many rows each part of the split has; none for the test where it is not the same for all. */
  readonly rows: PartSizes;
  /**
   * What the seeds' overlapping rows add to 1/n in the variance of a mean over n seeds: validation
   * rows per training row where each seed draws its own, 0 where all seeds share one split.
   *
   * Source: Nadeau and Bengio, Inference for the Generalization Error (2003).
   */
  readonly overlap: number;
}

/** What a question is made from: a manifest, or what a sweep knows before it has one. */
export interface QuestionSource {
  readonly experiment: Pick<Manifest["experiment"], "metric" | "baseline" | "equivalence">;
  readonly dataset: Pick<Manifest["dataset"], "rows" | "split">;
  /** The trainers that the cells name; their versions do not matter. */
  readonly trainers: Manifest["trainers"];
}

/**
 * The question that a sweep asks of its runs.
 *
 * Where its cells have trainers that split in different ways, the largest overlap counts.
 *
 * @throws {UserError} If the dataset has too few rows for the split, or there is no such trainer.
 */
export function questionOf({ experiment, dataset, trainers }: QuestionSource): Question {
  const { metric, baseline, equivalence } = experiment;
  const splits = trainersNamed(Object.keys(trainers)).map(({ ownSplit }) => {
    const { resplit } = ownSplit ?? dataset.split;
    const sizes = ownSplit?.partSizes(dataset.rows) ?? partSizes(dataset.rows, dataset.split);
    return { rows: sizes, overlap: resplit ? sizes.validation / sizes.train : 0 };
  });
  const [{ rows: { train, validation } }] = splits;
  // Rows that some runs train on cannot test all of them.
  const test = Math.min(...splits.map(({ rows }) => rows.test));
  const overlap = Math.max(...splits.map(({ overlap }) => overlap));
  const rows = { train, validation, test };
  return { metric, baseline, equivalence, rows, overlap };
}
