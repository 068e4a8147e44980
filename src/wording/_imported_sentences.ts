/** What pairs runs that another tool made. */
export function importedSeedsSentence(cells: number | undefined): string {
  const seeds = "Each run has the cell and the seed that the imported table says.";
  return cells === 1
    ? seeds
    : `${seeds} Cells are compared seed by seed, which takes as given that ` +
      "runs of the same seed share what the seed stands for, such as rows, folds or initial weights.";
}

/** Which variance their intervals and tests assume, and what that means. */
export function importedVarianceSentence(overlap: number): string {
  const where = "as the variance of a mean over n seeds, where s² is the variance between seeds";
  return overlap === 0
    ? `Intervals and tests use s²/n ${where}: they take seeds as independent. If each seed drew its ` +
      "own rows from one dataset, or is a fold of it, its rows overlap with those of others, and these " +
      "intervals are too narrow: import the table with --overlap then."
    : `Intervals and tests use s²·(1/n + ${
      Number(overlap.toPrecision(4))
    }) ${where}, instead of s²/n (Nadeau and Bengio 2003): whoever imported the runs says that their ` +
      "rows overlap, with so many validation rows per training row.";
}
