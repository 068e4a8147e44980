/** What pairs runs: a number for each seed. */
export interface NumberedSeeds {
  /** By the place of a list of texts: `3` and `3.0` are one. */
  readonly seeds: readonly number[];
  /** Of the seeds 1, 2 and so on; absent if the table has numbers. */
  readonly names?: readonly string[];
}

/** A seed as programs write it, or as tables do that have gaps in the column. */
const SEED = /^\d+(\.0*)?$/;

/**
 * Gives seeds their numbers. Where one of them is no integer of at least 0, all are names, numbered as
 * they first appear.
 *
 * @param texts By seed, of one column or several.
 */
export function numberSeeds(texts: readonly (readonly string[])[]): NumberedSeeds {
  const numbers = texts.map((own) => own.length === 1 && SEED.test(own[0]) ? Number(own[0]) : NaN);
  if (numbers.every(Number.isSafeInteger)) return { seeds: numbers };
  return { seeds: texts.map((_, place) => place + 1), names: texts.map((own) => own.join(", ")) };
}
