import type { PartSizes } from "../dataset/part_sizes.ts";
import { sizesOf } from "../dataset/split_sizes.ts";
import type { Metric } from "../measures/metrics.ts";
import type { Manifest, ManifestDataset, ManifestImport } from "../results/manifest.ts";
import { trainersOf } from "../results/trainers_of.ts";

/** The question that a sweep answers, with everything but the runs that the answer depends on. */
export interface Question {
  /** The metric that compares the cells. */
  readonly metric: Metric;
  /** Name of the cell that the others are compared with. */
  readonly baseline: string;
  /** Differences of the metric smaller than this are of no practical interest; absent if any can be. */
  readonly equivalence?: number;
  /**
   * Number of rows in each part of the split; 0 for the test if runs do not share test rows. Absent
   * without a dataset.
   */
  readonly rows?: PartSizes;
  /**
   * Added to 1/n in the variance of a mean over n runs, because the runs' rows overlap: validation
   * rows per training row if each seed draws its own split, with k folds 1/(k − 1), and 0 if all
   * seeds share one split, there is no dataset, or only these rows are asked about.
   *
   * Source: Nadeau and Bengio, Inference for the Generalization Error (2003); for repeated folds,
   * Bouckaert and Frank, Evaluating the Replicability of Significance Tests for Comparing Learning
   * Algorithms (2004).
   */
  readonly overlap: number;
  /** Present if only these rows are asked about although the runs' rows overlap: see `overlap`. */
  readonly scope?: "this_data";
  /** Present if a trainer is a user's own: what its runs draw is not known. */
  readonly isOwn?: true;
  /** Present if the runs are another tool's: nothing is known of them but their seeds. */
  readonly isImported?: true;
  /**
   * Numbers of seeds after which a sweep looked at its results, ascending; absent if it looks once,
   * when all runs are done.
   */
  readonly looks?: readonly number[];
  /** Runs of a seed, each of which validates on another part of its rows; absent without folds. */
  readonly folds?: number;
}

/** The source of a question: a manifest, or the same data before there is a manifest. */
export interface QuestionSource extends Pick<Manifest, "trainers" | "own"> {
  readonly imported?: Pick<ManifestImport, "overlap">;
  readonly experiment: Pick<
    Manifest["experiment"],
    "metric" | "baseline" | "equivalence" | "scope" | "looks"
  >;
  readonly dataset?: Pick<ManifestDataset, "rows" | "split">;
}

/**
 * The question that a sweep asks of its runs.
 *
 * If the cells' trainers split in different ways, it uses the largest overlap.
 *
 * @throws {UserError} If the dataset has too few rows for the split, or there is no such trainer.
 */
export function questionOf({ experiment, dataset, imported, ...source }: QuestionSource): Question {
  const { metric, baseline, equivalence, scope, looks } = experiment;
  const asked = {
    ...{ metric, baseline, equivalence },
    ...looks && { looks },
    ...source.own && { isOwn: true as const },
  };
  if (imported) return { ...asked, isImported: true, overlap: imported.overlap ?? 0 };
  if (!dataset) return { ...asked, overlap: 0 };
  const { folds } = dataset.split;
  const splits = trainersOf(source).all.map(({ ownSplit }) => {
    const { resplit } = ownSplit ?? dataset.split;
    const rows = ownSplit?.partSizes(dataset.rows) ?? sizesOf(dataset);
    if (!resplit) return { rows, overlap: 0 };
    const isFold = folds !== undefined && !ownSplit;
    return { rows, overlap: isFold ? 1 / (folds - 1) : rows.validation / rows.train };
  });
  const [{ rows: { train, validation } }] = splits;
  // Rows that some runs train on cannot be test rows for all.
  const test = Math.min(...splits.map(({ rows }) => rows.test));
  const overlap = Math.max(...splits.map(({ overlap }) => overlap));
  const rows = { train, validation, test };
  const isNarrow = scope === "this_data" && overlap > 0;
  return {
    ...asked,
    rows,
    ...isNarrow ? { overlap: 0, scope } : { overlap },
    ...folds !== undefined && { folds },
  };
}
