/** Names that no measure of one's own can have: result files have other columns of these names. */
export const TAKEN_COLUMNS: readonly string[] = [
  "run",
  "cell",
  "replicate",
  "seed",
  "fold",
  "status",
  "step",
  "steps",
  "best_step",
  "digest",
];
