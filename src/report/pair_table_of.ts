import type { RunRow } from "../results/run_row.ts";
import { pairTable } from "../statistics/all_pairs.ts";
import type { Analysis } from "../statistics/analyze.ts";
import type { PairTable } from "../statistics/compare_any.ts";

const known = new WeakMap<Analysis, PairTable>();

/** What any two cells of a report are compared by: found once, although several parts need it. */
export function pairTableOf(runs: readonly RunRow[], analysis: Analysis): PairTable {
  const table = known.get(analysis) ?? pairTable(runs, analysis);
  known.set(analysis, table);
  return table;
}
