import { countOf, formatCount } from "../format_number.ts";
import { listWords } from "../list_words.ts";
import type { CellSummary } from "../results/cell_summary.ts";
import type { LookRow } from "../results/run_row.ts";
import type { Analysis } from "../statistics/analyze.ts";

/** Cells that are named; more are only counted. */
const MOST_NAMES = 3;

/** How many seeds cells took, as `12`, or `5 to 40` if they took different numbers. */
export function seedsTaken(
  cells: readonly Pick<CellSummary, "n" | "diverged" | "failed">[],
  { folds = 1 }: { readonly folds?: number },
): string {
  const seeds = cells.map(({ n, diverged, failed }) => (n + diverged + failed) / folds);
  const [least, most] = [Math.min(...seeds), Math.max(...seeds)];
  return least === most ? formatCount(most) : `${least} to ${most}`;
}

/** Numbers of seeds after which a sweep looks at its results: `5, 10, 20 and 40 seeds`. */
export function looksText(looks: readonly number[]): string {
  return `${listWords(looks.map(String), "and")} seeds`;
}

/**
 * How many seeds it took to decide cells, and which got no more without a decision, and why: sentences
 * that start in lower case; none if every cell got all seeds.
 *
 * @param name A cell in words.
 */
export function looksSentences(
  { looks = [], cells, question }: Pick<Analysis, "looks" | "cells" | "question">,
  name: (cell: string) => string,
): string[] {
  const { looks: planned = [], folds = 1 } = question;
  const all = planned.at(-1) ?? 0;
  if (looks.length === 0) return [];
  const last = new Map(looks.map((row) => [row.cell, row]));
  const groups = Map.groupBy(last.values(), ({ outcome }) => outcome);
  const runs = cells.reduce((sum, { n, diverged, failed }) => sum + n + diverged + failed, 0);
  const most = cells.length * all * folds;
  const used = `with looks after ${looksText(planned)}, ${formatCount(runs)} of ${
    countOf(most, "run")
  } were enough`;
  const decided = bySeeds(groups.get("decided") ?? []);
  return [
    // Cells that would have got more seeds are those of an unfinished sweep.
    ...groups.has("continued") ? [] : [`${used}.`],
    ...decided.length > 0 ? [decidedSentence(decided, last.size)] : [],
    ...bySeeds(groups.get("few_seeds") ?? []).map(([seeds, rows]) => {
      const [who, them] = wordsOf(rows, name);
      return `${who} got no more than ${seeds} seeds: ${all} would probably not decide ${them} either.`;
    }),
    ...bySeeds(groups.get("few_rows") ?? []).map(([seeds, rows]) => {
      const [who, them] = wordsOf(rows, name);
      const reason = `these rows would probably not decide ${them} with any number of seeds`;
      return `${who} got no more than ${seeds} seeds: ${reason}.`;
    }),
    ...bySeeds(groups.get("last_look") ?? []).map(([seeds, rows]) =>
      `${wordsOf(rows, name)[0]} took all ${seeds} seeds and ${
        rows.length === 1 ? "is" : "are"
      } undecided.`
    ),
  ];
}

/**
 * What a look decided, or why its cell got no more seeds: `40 seeds would probably not decide it`.
 *
 * @param all The most seeds that a cell can get.
 */
export function lookOutcome({ verdict, outcome }: LookRow, all: number): string {
  return {
    decided: verdict,
    continued: "got more seeds",
    few_seeds: `stopped: ${all} seeds would probably not decide it`,
    few_rows: "stopped: these rows would probably not decide it with any number of seeds",
    same_run: "the same run as the baseline",
    few_pairs: "stopped: fewer than two pairs completed",
    last_look: "undecided with all seeds",
  }[outcome];
}

/** Rows by their number of seeds, fewest first. */
function bySeeds(rows: readonly LookRow[]): [seeds: number, rows: readonly LookRow[]][] {
  return [...Map.groupBy(rows, ({ seeds }) => seeds)].sort(([a], [b]) => a - b);
}

/** `3 of 5 cells were decided: 2 after 5 seeds and 1 after 20.` */
function decidedSentence(
  decided: readonly (readonly [seeds: number, rows: readonly LookRow[]])[],
  cells: number,
): string {
  const count = decided.reduce((sum, [, rows]) => sum + rows.length, 0);
  const [[first]] = decided;
  if (decided.length === 1) {
    const all = count === cells ? `all ${cells} other` : `${formatCount(count)} of ${cells} other`;
    return cells === 1
      ? `the other cell was decided after ${first} seeds.`
      : `${all} cells ${count === 1 ? "was" : "were"} decided after ${first} seeds.`;
  }
  const parts = decided.map(([seeds, rows], index) =>
    `${formatCount(rows.length)} after ${seeds}${index === 0 ? " seeds" : ""}`
  );
  return `${formatCount(count)} of ${cells} other cells were decided: ${listWords(parts, "and")}.`;
}

/** What cells are called, and their pronoun. */
function wordsOf(
  rows: readonly LookRow[],
  name: (cell: string) => string,
): [who: string, them: string] {
  const who = rows.length > MOST_NAMES
    ? countOf(rows.length, "cell")
    : listWords(rows.map(({ cell }) => name(cell)), "and");
  return [who, rows.length === 1 ? "it" : "them"];
}
