/** V8 has no longer strings, so no sweep writes longer texts. */
const LONGEST_TEXT = 2 ** 29 - 24;

/** The most bytes that are read of a file of each kind, so that none can fill the memory. */
export const SIZE_LIMITS = {
  /** Far more than an experiment needs, and small enough to check quickly. */
  experiment: 2 ** 17,
  /** A file of a trainer's source. */
  module: 2 ** 20,
  /** When decompressed, if it is gzipped. */
  dataset: 2 ** 31,
  /** Enough for the times and failures of millions of runs. */
  manifest: 2 ** 26,
  /** CSV files of results, and other texts that sweeps write. */
  result: LONGEST_TEXT,
  record: LONGEST_TEXT,
  /** A file of many records, of which only single records and an index are read. */
  pack: 2 ** 40,
  /** A model or a checkpoint. */
  model: 2 ** 31,
  /** A file that a program consists of: it may have data with it. */
  program: 2 ** 31,
  /** Files of regsweep itself, and of its repository. */
  own: 2 ** 31,
} as const;
