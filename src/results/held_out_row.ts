/**
 * Why a cell is scored on the test rows. A cell can have several roles. Cells without a role are not
 * scored, because test rows must not influence the choice between cells.
 */
export const TEST_ROLES = ["best", "simplest", "baseline"] as const;
export type TestRole = typeof TEST_ROLES[number];

/** One line of test.csv. */
export interface HeldOutRow {
  /** The run's key in the store. */
  readonly run: string;
  readonly cell: string;
  /** One or more, in the order of `TEST_ROLES`. */
  readonly roles: readonly TestRole[];
  readonly seed: number;
  /** Absent without folds. */
  readonly fold?: number;
  readonly status: "completed" | "diverged" | "failed";
  /** By the measures' keys, such as `accuracy`; absent if the run did not complete. */
  readonly measures?: Readonly<Record<string, number>>;
}
