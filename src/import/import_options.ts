/** What the columns of a table of runs are, and how the runs are compared. */
export interface ImportOptions {
  /** Columns whose values together name a run's cell. */
  readonly cell: readonly string[];
  /** Columns whose values together are a run's seed; none if the metric's columns say it. */
  readonly seed: readonly string[];
  /** The column of the metric, or a pattern of several, in which `*` stands for the seed. */
  readonly metric: string;
  /** The cell that the others are compared with. */
  readonly baseline: string;
  /** Which values are better; larger ones if absent, unless the metric's name casts doubt on that. */
  readonly better?: "larger" | "smaller";
  /** `column=value`: rows that differ are left out. */
  readonly where: readonly string[];
  /** Differences smaller than this are of no practical interest. */
  readonly equivalence?: number;
  /** Validation rows per training row, if each seed drew its own from one dataset. */
  readonly overlap?: number;
}
