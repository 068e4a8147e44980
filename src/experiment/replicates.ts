import type { DatasetOptions, Experiment } from "./experiment.ts";

/** What the runs of a replicate have in common: one run of each cell. */
export interface Replicate {
  readonly seed: number;
  /** The fold that it validates on, from 1; absent without folds. */
  readonly fold?: number;
}

/** The parts of an experiment that its replicates follow from. */
export interface ReplicateSource extends Pick<Experiment, "seeds"> {
  readonly dataset?: { readonly split: Pick<DatasetOptions["split"], "folds"> };
}

/** The replicate of what is one run's. */
export function replicateOf({ seed, fold }: Replicate): Replicate {
  return fold === undefined ? { seed } : { seed, fold };
}

/** `seed 3`, or with folds `seed 3, fold 2`. */
export function replicateName({ seed, fold }: Replicate): string {
  return fold === undefined ? `seed ${seed}` : `seed ${seed}, fold ${fold}`;
}

/** A run's name in messages: `dropout=0.5, seed 3`. */
export function runName(cell: string, replicate: Replicate): string {
  return `${cell}, ${replicateName(replicate)}`;
}

/** How many runs each cell has: one per seed, or per seed and fold. */
export function replicateCount({ seeds, dataset }: ReplicateSource): number {
  return seeds.length * (dataset?.split.folds ?? 1);
}

/** The replicate at an index from 0: by seed, and then by fold. */
export function replicateAt({ seeds, dataset }: ReplicateSource, index: number): Replicate {
  const folds = dataset?.split.folds;
  if (folds === undefined) return { seed: seeds[index] };
  return { seed: seeds[Math.floor(index / folds)], fold: index % folds + 1 };
}

/** The index of a replicate; -1 if there is none. */
export function indexOfReplicate(
  { seeds, dataset }: ReplicateSource,
  { seed, fold }: Replicate,
): number {
  const folds = dataset?.split.folds;
  const place = seeds.indexOf(seed);
  if (folds === undefined) return fold === undefined ? place : -1;
  const isFold = fold !== undefined && fold >= 1 && fold <= folds;
  return place >= 0 && isFold ? place * folds + fold - 1 : -1;
}

/** The indexes of all replicates. */
export function replicateIndexes(experiment: ReplicateSource): number[] {
  return Array.from({ length: replicateCount(experiment) }, (_, index) => index);
}
