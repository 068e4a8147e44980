import type { LookRow, RunRow } from "../results/run_row.ts";
import type { Question } from "./question.ts";
import { type RaceQuestion, replayLooks, type Standing } from "./race.ts";

/** The parts of a question that looks.csv depends on. */
type LooksQuestion = RaceQuestion & Pick<Question, "looks">;

/**
 * What each look of a sweep found and decided: by look, and then by cell in the order in which cells
 * first appear. Undefined if the sweep does not look before its end.
 */
export function lookRows(runs: readonly RunRow[], question: LooksQuestion): LookRow[] | undefined {
  const { looks } = question;
  if (!looks) return undefined;
  const cells = [...new Set(runs.map(({ cell }) => cell))];
  const replayed = replayLooks(runs, question, { cells, looks }).looks;
  return replayed.flatMap(({ seeds, standings, paired }) =>
    [...standings].map(([cell, standing]): LookRow => {
      const { differences = [], interval } = paired.get(cell) ?? {};
      return {
        seeds,
        cell,
        n: differences.length,
        meanDifference: interval?.mean,
        ciLow: standing.result?.interval?.low,
        ciHigh: standing.result?.interval?.high,
        pAdjusted: standing.result?.pAdjusted,
        verdict: standing.verdict,
        outcome: outcomeOf(standing, seeds === looks.at(-1)),
      };
    })
  );
}

function outcomeOf({ verdict, reason }: Standing, isLast: boolean): LookRow["outcome"] {
  if (verdict !== "undecided") return "decided";
  if (reason) return REASONS[reason];
  return isLast ? "last_look" : "continued";
}

const REASONS = {
  seeds: "few_seeds",
  rows: "few_rows",
  same: "same_run",
  pairs: "few_pairs",
} as const satisfies Record<NonNullable<Standing["reason"]>, LookRow["outcome"]>;
