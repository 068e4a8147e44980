import { replicateName } from "../experiment/replicates.ts";
import type { RunRow } from "../results/run_row.ts";
import { runsByCell } from "./_runs_by_cell.ts";

/**
 * Finds cells whose runs are the same to the bit, because they differ in settings without effect:
 * every seed completed in both, with equal digests. The baseline can have more seeds: it goes on as long
 * as any cell does.
 *
 * @returns For each cell that repeats another, that other cell: the baseline if it is one of them,
 *   otherwise the first of them to appear.
 */
export function sameRuns(
  runs: readonly RunRow[],
  { baseline }: { readonly baseline: string },
): Map<string, string> {
  const cells = runsByCell(runs);
  const reference = cells.get(baseline) ?? [];
  const groups = Map.groupBy(cells, ([cell, rows]) => {
    const identity = identityOf(rows);
    return cell !== baseline && identity === identityOf(reference.slice(0, rows.length))
      ? identityOf(reference)
      : identity;
  });
  groups.delete(undefined);
  return new Map([...groups.values()].flatMap((members) => {
    const cells = members.map(([cell]) => cell);
    const kept = cells.includes(baseline) ? baseline : cells[0];
    return cells.filter((cell) => cell !== kept).map((cell) => [cell, kept] as const);
  }));
}

/** The cells that are the same run, in groups of two or more; the repeated cell comes first. */
export function sameRunGroups(repeats: ReadonlyMap<string, string>): string[][] {
  return [...Map.groupBy(repeats.keys(), (cell) => repeats.get(cell) ?? cell)]
    .map(([kept, cells]) => [kept, ...cells]);
}

/** Undefined if a run has no result, or diverged: weights that are all NaN are not the same run. */
function identityOf(rows: readonly RunRow[]): string | undefined {
  const isComplete = rows.every(({ status, digest }) => status === "completed" && digest);
  return isComplete
    ? rows.map((row) => `${replicateName(row)} ${row.digest}`).join("\n")
    : undefined;
}
