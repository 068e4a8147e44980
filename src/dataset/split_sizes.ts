import { type PartSizes, partSizes } from "./part_sizes.ts";
import type { SplitOptions } from "./split_options.ts";
import { splitRows, type SplitSource } from "./split_rows.ts";

/** How many seeds are drawn to see how large parts of whole groups are. */
const MOST_SEEDS = 5;

/** How many rows the parts of several runs have. */
export interface SplitSizes {
  /** The mean over the runs, rounded. */
  readonly mean: PartSizes;
  /** The most that a run has. */
  readonly most: PartSizes;
}

/**
 * The number of rows in each part of a dataset: of every run if all have as many, else of every fold of
 * the first seeds.
 *
 * @throws {UserError} If the dataset cannot be split so.
 */
export function splitSizes(
  dataset: SplitSource,
  split: SplitOptions,
  seeds: readonly number[],
): SplitSizes {
  const { group, time, folds: count } = split;
  const drawn = group === undefined ? seeds.slice(0, 1) : seeds.slice(0, MOST_SEEDS);
  // Of folds of rows, the first has the most, and leaves the last the most to train on.
  const isDealt = group === undefined && time === undefined;
  const folds = count === undefined
    ? [undefined]
    : isDealt
    ? [1, count]
    : Array.from({ length: count }, (_, index) => index + 1);
  const splits = drawn.flatMap((seed) =>
    folds.map((fold) => splitRows(dataset, split, seed, fold))
  );
  const of = (combine: (sizes: number[]) => number): PartSizes => ({
    train: combine(splits.map(({ train }) => train.length)),
    validation: combine(splits.map(({ validation }) => validation.length)),
    test: combine(splits.map(({ test }) => test.length)),
  });
  const mean = (sizes: number[]) =>
    Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length);
  const most = of((sizes) => Math.max(...sizes));
  if (count === undefined || time !== undefined) return { mean: of(mean), most };
  const [{ train, validation, test }] = splits;
  const rest = train.length + validation.length;
  const fold = Math.round(rest / count);
  return { mean: { train: rest - fold, validation: fold, test: test.length }, most };
}

/**
 * The number of rows in each part where it does not follow from the fractions: whole groups, equal
 * times, a column that says the parts, or a file of test rows.
 */
export function ownSizes(
  dataset: SplitSource,
  split: SplitOptions,
  seeds: readonly number[],
): PartSizes | undefined {
  const { group, time, column } = split;
  const isFree = group === undefined && time === undefined && column === undefined &&
    dataset.splitting?.parts === undefined;
  return isFree ? undefined : splitSizes(dataset, split, seeds).mean;
}

/** The same for any split: `own` or what the fractions make of a number of rows. */
export function sizesOf(
  { rows, split }: { rows: number; split: SplitOptions & { readonly rows?: PartSizes } },
): PartSizes {
  return split.rows ?? partSizes(rows, split);
}
