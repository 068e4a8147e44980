import { isLargerBetter } from "../measures/metrics.ts";
import type { Verdict } from "../results/comparison.ts";
import type { RunRow } from "../results/run_row.ts";
import { isConstant } from "./_difference_sample.ts";
import { type PairedCell, pairedCells } from "./_paired_samples.ts";
import { tCdf, tQuantile } from "./_student_t.ts";
import { verdictOf } from "./_verdict.ts";
import type { PairedSample } from "./compare_pair.ts";
import { levelsOf } from "./looks.ts";
import type { Question } from "./question.ts";
import { sameRuns } from "./same_runs.ts";
import { simultaneous, type SimultaneousResult } from "./simultaneous.ts";

/** A cell that is unlikely to be decided with all seeds gets no more: below this probability. */
const LEAST_PROSPECT = 0.1;
/** Degrees of freedom of a t-distribution that is as good as normal. */
const UNLIMITED = 1e9;

/** The parts of a question that looks depend on. */
export type RaceQuestion = Pick<
  Question,
  "metric" | "baseline" | "equivalence" | "overlap" | "folds"
>;

/** What is raced, and when. */
export interface RaceDesign {
  /** Names of all cells. */
  readonly cells: readonly string[];
  /** Numbers of seeds, ascending; with folds, all folds of a seed count at once. */
  readonly looks: readonly number[];
}

/** What the last look at a cell says of it. */
export interface Standing {
  /** Seeds at that look. */
  readonly seeds: number;
  readonly verdict: Verdict;
  /**
   * Why an undecided cell gets no more seeds before the last look: more of them would probably not
   * decide it (`seeds`), not even any number of them on these rows (`rows`), it is the baseline's run
   * (`same`), or fewer than two pairs completed (`pairs`).
   */
  readonly reason?: "seeds" | "rows" | "same" | "pairs";
  /** Holds together with those of all other cells at their looks; absent for fewer than two pairs. */
  readonly result?: SimultaneousResult;
}

/** One look at a sweep's results. */
export interface Look {
  /** Seeds at that look. */
  readonly seeds: number;
  /** Of the cells that it looks at, in the order of all cells. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** Their pairs by then. */
  readonly paired: ReadonlyMap<string, PairedCell>;
}

/** What a sweep that looks at its results has to train next. */
interface NextLook {
  /** Seeds that the next look needs; absent if there is none. */
  readonly next?: number;
  /** Cells that are to have runs of so many seeds: the baseline, and all that are not decided. */
  readonly active: readonly string[];
}

/** Where a sweep that looks at its results stands. */
export interface Race extends NextLook {
  /** Of all cells but the baseline that were looked at. */
  readonly standings: ReadonlyMap<string, Standing>;
}

/** What the last look at each cell says of it: see `replayLooks()`. */
export function raceCells(
  runs: readonly RunRow[],
  question: RaceQuestion,
  design: RaceDesign,
): Race {
  const { looks, ...rest } = replayLooks(runs, question, design);
  return { standings: new Map(looks.flatMap(({ standings }) => [...standings])), ...rest };
}

/**
 * Replays all looks at a sweep's runs. What a look decides depends on the runs of the seeds up to it
 * alone, and on nothing else: a cell that is better, worse or equivalent, or that more seeds would
 * probably not decide, keeps its verdict and interval, and is not looked at again.
 *
 * The probability that any interval, of any cell at any look, leaves out its true difference is at most
 * 5%. Each look spends a part of it, which its cells share equally. As long as all cells are there,
 * rotations credit how they depend on each other; after that, Bonferroni's inequality holds whatever
 * made cells drop out.
 *
 * @param runs In any order; those of decided cells beyond their look are ignored.
 */
export function replayLooks(
  runs: readonly RunRow[],
  question: RaceQuestion,
  { cells, looks }: RaceDesign,
): NextLook & { readonly looks: readonly Look[] } {
  const { baseline, folds = 1 } = question;
  const levels = levelsOf(looks);
  const replayed: Look[] = [];
  const active = new Set(cells.filter((cell) => cell !== baseline));
  /** Decided cells that were tested, those that are the same run counted once. */
  let decided = 0;
  let isWhole = true;
  for (const [look, seeds] of looks.entries()) {
    if (active.size === 0) break;
    const replicates = seeds * folds;
    const rows = runs.filter(({ cell, replicate }) =>
      replicate < replicates && (cell === baseline || active.has(cell))
    );
    if (rows.length < (active.size + 1) * replicates) {
      return { looks: replayed, next: seeds, active: [baseline, ...active] };
    }
    const repeats = sameRuns(rows, question);
    const paired = new Map(pairedCells(rows, question).map((cell) => [cell.cell, cell]));
    const tested = [...paired.values()].flatMap(({ cell, sample }) =>
      sample && !repeats.has(cell) ? [{ cell, sample }] : []
    );
    const options = { overlap: question.overlap, tests: decided + tested.length };
    const results = simultaneous(tested.map(({ sample }) => sample), {
      ...options,
      level: levels[look],
      isBonferroni: !isWhole,
    });
    const resultOf = new Map(tested.map(({ cell }, index) => [cell, results[index]]));
    const last = lastLook(looks, levels, { folds, tests: options.tests });
    const standings = new Map<string, Standing>();
    for (const cell of [...active]) {
      const kept = repeats.get(cell) ?? cell;
      const standing = standingOf(paired.get(cell), resultOf.get(kept), {
        ...question,
        seeds,
        isSame: kept === baseline,
        last: look < looks.length - 1 ? last : undefined,
      });
      standings.set(cell, standing);
      if (standing.verdict === "undecided" && standing.reason === undefined) continue;
      active.delete(cell);
      if (!resultOf.has(cell)) continue;
      decided++;
      isWhole = false;
    }
    replayed.push({ seeds, standings, paired });
  }
  return { looks: replayed, active: [] };
}

/** The last look as an earlier one foresees it. */
interface LastLook {
  readonly runs: number;
  /** The critical t there, and with any number of runs. */
  readonly critical: number;
  readonly unlimited: number;
}

function lastLook(
  looks: readonly number[],
  levels: readonly number[],
  { folds, tests }: { readonly folds: number; readonly tests: number },
): LastLook {
  const runs = looks[looks.length - 1] * folds;
  const probability = 1 - levels[levels.length - 1] / 2 / Math.max(1, tests);
  return {
    runs,
    critical: tQuantile(probability, runs - 1),
    unlimited: tQuantile(probability, UNLIMITED),
  };
}

function standingOf(
  paired: PairedCell | undefined,
  result: SimultaneousResult | undefined,
  { seeds, isSame, last, ...question }: RaceQuestion & {
    readonly seeds: number;
    readonly isSame: boolean;
    /** Absent at the last look itself. */
    readonly last?: LastLook;
  },
): Standing {
  const sample = paired?.sample;
  if (!sample) return { seeds, verdict: "undecided", reason: "pairs" };
  const own = isSame ? { pAdjusted: 1 } : result;
  if (!own) return { seeds, verdict: "undecided" };
  const verdict = verdictOf(sample, own, {
    ...question,
    largerIsBetter: isLargerBetter(question.metric),
  });
  const standing = { seeds, verdict, result: own };
  if (verdict !== "undecided") return standing;
  if (isSame) return { ...standing, reason: "same" };
  if (!last || prospect(sample, last.runs, last.critical, question) >= LEAST_PROSPECT) {
    return standing;
  }
  const isHopeless = prospect(sample, Infinity, last.unlimited, question) < LEAST_PROSPECT;
  return { ...standing, reason: isHopeless ? "rows" : "seeds" };
}

/**
 * The probability that so many runs decide a comparison, foreseen from those that there are: the mean
 * of all of them differs from the mean of these by chance, and the spread stays as it is.
 *
 * Source: Spiegelhalter, Freedman and Blackburn, Monitoring Clinical Trials: Conditional or
 * Predictive Power? (1986).
 *
 * @param critical The t that decides with so many runs.
 */
export function prospect(
  sample: Pick<PairedSample, "n" | "mean" | "sd">,
  runs: number,
  critical: number,
  { equivalence = 0, overlap }: Pick<Question, "equivalence" | "overlap">,
): number {
  const { n, mean, sd } = sample;
  // Signs decide in time, but not between a difference of 0 and none.
  if (isConstant(sample)) return mean !== 0 || equivalence > 0 ? 1 : 0;
  if (runs <= n) return 1;
  const spread = sd * Math.sqrt(1 / n - 1 / runs);
  const margin = critical * sd * Math.sqrt(1 / runs + overlap);
  const below = (value: number) => tCdf((value - mean) / spread, n - 1);
  const room = Math.max(0, equivalence - margin);
  return 1 - below(margin) + below(-margin) + below(room) - below(-room);
}
