import type { RunRow } from "../results/run_row.ts";
import type { Selection } from "./recommend_cells.ts";
import {
  type HeldOutRow,
  TEST_ROLES,
  type TestRole,
  type TestScore,
} from "../results/held_out_row.ts";

/** Which cells are scored on the test rows, and why: the selected two and the baseline. */
export function testRolesOf(
  selection: Pick<Selection, "best" | "simplest">,
  baseline: string,
): Map<string, TestRole[]> {
  const cells = { ...selection, baseline };
  return Map.groupBy(TEST_ROLES, (role) => cells[role]);
}

/**
 * The lines of test.csv: every run of the cells that are scored, in the runs' order.
 *
 * @param scores By run key.
 * @throws {RangeError} If a completed run of these cells has no score.
 */
export function heldOutRows(
  runs: readonly RunRow[],
  roles: ReadonlyMap<string, readonly TestRole[]>,
  scores: ReadonlyMap<string, TestScore>,
): HeldOutRow[] {
  return runs.flatMap(({ run, cell, seed, status }): HeldOutRow[] => {
    const cellRoles = roles.get(cell);
    if (!cellRoles) return [];
    const row = { run, cell, roles: cellRoles, seed, status };
    if (status !== "completed") return [row];
    const score = scores.get(run);
    if (!score) throw new RangeError(`Run ${run} has no test score`);
    const { loss, accuracy } = score;
    return [{ ...row, score: { loss, accuracy } }];
  });
}
