import { replicateOf } from "../experiment/replicates.ts";
import { type HeldOutRow, TEST_ROLES, type TestRole } from "../results/held_out_row.ts";
import { pickColumns } from "../results/run_measures.ts";
import type { RunRow } from "../results/run_row.ts";
import type { TestResult } from "../trainers/run_result.ts";
import type { Selection } from "./recommend_cells.ts";

/** Which cells are scored on the test rows, and why: the selected two and the baseline. */
export function testRolesOf(
  selection: Pick<Selection, "best" | "simplest">,
  baseline: string,
): Map<string, TestRole[]> {
  const cells = { ...selection, baseline };
  return Map.groupBy(TEST_ROLES, (role) => cells[role]);
}

/**
 * The lines of test.csv: every run of the scored cells, in the order of the runs.
 *
 * @param options.scores By run key.
 * @param options.columns Keys of the measures in the file.
 * @throws {RangeError} If a completed run of these cells has no score.
 */
export function heldOutRows(
  runs: readonly RunRow[],
  roles: ReadonlyMap<string, readonly TestRole[]>,
  { scores, columns }: {
    readonly scores: ReadonlyMap<string, Pick<TestResult, "measures">>;
    readonly columns: readonly string[];
  },
): HeldOutRow[] {
  return runs.flatMap(({ run, cell, status, ...replicate }): HeldOutRow[] => {
    const cellRoles = roles.get(cell);
    if (!cellRoles) return [];
    const row = { run, cell, roles: cellRoles, ...replicateOf(replicate), status };
    if (status !== "completed") return [row];
    const score = scores.get(run);
    if (!score) throw new RangeError(`Run ${run} has no test score`);
    return [{ ...row, measures: pickColumns(score.measures, columns) }];
  });
}
