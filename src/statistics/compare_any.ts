import type { Verdict } from "../results/comparison.ts";
import {
  type ComparedCell,
  comparePair,
  type PairComparison,
  type PairCriteria,
  pairRuns,
} from "./compare_pair.ts";
import type { Interval } from "./interval.ts";

/** All that it takes to compare any two cells of a sweep. */
export interface PairTable {
  readonly cells: ReadonlyMap<string, ComparedCell>;
  readonly criteria: PairCriteria;
  /** The experiment's. */
  readonly baseline: string;
  /** The experiment's comparisons, by cell: each with the baseline. */
  readonly planned: ReadonlyMap<string, PlannedResult>;
  /** Cells that are the same run as another: see `sameRuns()`. */
  readonly repeats: ReadonlyMap<string, string>;
}

/** What comparisons.csv says of a cell. */
export interface PlannedResult {
  readonly interval?: Interval;
  readonly verdict: Verdict;
}

/** How a cell compares with any other, and why it is so. */
export interface AnyComparison extends PairComparison {
  /**
   * `planned`: one of them is the baseline, so that interval and verdict are those of comparisons.csv.
   * `chosen`: they hold whichever pair a reader picks. `same`: both cells are the same run.
   */
  readonly kind: "planned" | "chosen" | "same";
}

const MIRRORED = {
  better: "worse",
  worse: "better",
  equivalent: "equivalent",
  undecided: "undecided",
} as const satisfies Record<Verdict, Verdict>;

/**
 * Compares a cell with any other. A pair that the experiment compares keeps the interval and the
 * verdict that it has there; of cells that are the same run, the one that is kept counts.
 */
export function compareAny(name: string, reference: string, table: PairTable): AnyComparison {
  const { cells, criteria, baseline, planned, repeats } = table;
  const [kept, keptReference] = [name, reference].map((cell) => repeats.get(cell) ?? cell);
  const own = cells.get(kept) ?? NO_RUNS;
  const other = cells.get(keptReference) ?? NO_RUNS;
  if (kept === keptReference) {
    return { ...pairRuns(own.values, other.values), verdict: "undecided", kind: "same" };
  }
  if (keptReference === baseline) {
    const pairs = pairRuns(own.values, other.values);
    const { interval, verdict = "undecided" } = planned.get(kept) ?? {};
    return { ...pairs, ...interval && { interval }, verdict, kind: "planned" };
  }
  if (kept === baseline) {
    const pairs = pairRuns(own.values, other.values);
    const { interval, verdict = "undecided" } = planned.get(keptReference) ?? {};
    const mirrored = interval && { interval: { low: -interval.high, high: -interval.low } };
    return { ...pairs, ...mirrored, verdict: MIRRORED[verdict], kind: "planned" };
  }
  return { ...comparePair(own, other, criteria), kind: "chosen" };
}

const NO_RUNS: ComparedCell = { runs: 0, values: new Map() };

/** True if the pair's interval leaves out 0, or a sign test says as much. */
export function isClearlyDifferent({ verdict }: Pick<AnyComparison, "verdict">): boolean {
  return verdict === "better" || verdict === "worse";
}

/**
 * Groups of which no two members are clearly different. Any two that are not clearly different are
 * together in some group; a member that differs from all others is in none.
 *
 * Each group is as large as can be: it grows from the best pair that is in no group yet, first by
 * members between the two.
 *
 * Source: Piepho, An Algorithm for a Letter-Based Representation of All-Pairwise Comparisons (2004),
 * for what the groups have to show.
 *
 * @returns Members in the order given, groups by their first member.
 */
export function indistinctGroups<Member>(
  members: readonly Member[],
  isDifferent: (a: Member, b: Member) => boolean,
): Member[][] {
  const count = members.length;
  const differs = members.map((a) => members.map((b) => a !== b && isDifferent(a, b)));
  const isTogether = members.map(() => new Set<number>());
  const groups: number[][] = [];
  for (let first = 0; first < count; first++) {
    for (let last = count - 1; last > first; last--) {
      if (differs[first][last] || isTogether[first].has(last)) continue;
      const group = [first, last];
      const between = members.keys().filter((place) => place > first && place < last);
      const outside = members.keys().filter((place) => place < first || place > last);
      for (const place of [...between, ...outside]) {
        if (group.every((other) => !differs[place][other])) group.push(place);
      }
      group.sort((a, b) => a - b);
      for (const place of group) group.forEach((other) => isTogether[place].add(other));
      groups.push(group);
    }
  }
  groups.sort((a, b) => a[0] - b[0] || a[a.length - 1] - b[b.length - 1]);
  return groups.map((group) => group.map((place) => members[place]));
}
