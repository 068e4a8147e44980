/** How a table is read and used: what an experiment's `dataset:` block says beside the file. */
export interface TableOptions {
  /** The column to predict. */
  readonly target: string;
}
