import { countOf } from "../format_number.ts";
import { SIGNIFICANCE } from "../results/comparison.ts";
import type { Analysis } from "../statistics/analyze.ts";
import { levelsOf } from "../statistics/looks.ts";
import {
  type Design,
  seedsToShow,
  smallestDifference,
  smallestSignFlipP,
} from "../statistics/design_power.ts";

/** In standard deviations: only settings that ruin a model differ by more. */
const LARGE_DIFFERENCE = 3;
const HUGE_DIFFERENCE = 5;

/**
 * What a design can show at best, in lines that follow "can show"; empty if it compares nothing. The
 * last of them say what to do if that is almost nothing.
 */
export function describeDesign(design: Design): string[] {
  const { seeds, folds, comparisons, level } = design;
  if (comparisons === 0) return [];
  if (seeds * (folds ?? 1) < 2) {
    return ["nothing: a single seed cannot tell any difference from chance"];
  }
  const size = smallestDifference(design);
  return [
    `differences of at least ${twoDigits(size)} standard deviations between ${
      folds === undefined ? "seeds" : "runs"
    }, with 80% power (${countOf(seeds, "seed")}${
      folds === undefined ? "" : ` × ${countOf(folds, "fold")}`
    }${level === undefined ? "" : " at the last look"}, ${countOf(comparisons, "comparison")})`,
    ...size > HUGE_DIFFERENCE ? [adviceFor(design)] : [],
    ...signFlipLines(design),
  ];
}

/** The design of a sweep that is done; runs that were lost are not allowed for. */
export function designOf(
  { cells, comparisons, repeats, question }: Pick<
    Analysis,
    "cells" | "comparisons" | "repeats" | "question"
  >,
): Design {
  const { folds, looks } = question;
  const runs = cells.map(({ n, diverged, failed }) => n + diverged + failed);
  const compared = comparisons.filter(({ cell }) => !repeats.has(cell));
  return {
    // An unfinished sweep may lack folds of its last seed.
    seeds: Math.ceil(Math.max(0, ...runs) / (folds ?? 1)),
    ...folds !== undefined && { folds },
    comparisons: compared.length,
    overlap: question.overlap,
    ...looks && lastLookOf(looks),
  };
}

/** What is left of the level for the last of several looks, where there are most seeds. */
export function lastLookOf(looks: readonly number[]): Pick<Design, "seeds" | "level"> {
  return { seeds: looks[looks.length - 1], level: levelsOf(looks).at(-1) };
}

/** True if the design can show only differences that are unusually large. */
export function isWeak(design: Design): boolean {
  return design.comparisons > 0 && smallestDifference(design) > HUGE_DIFFERENCE;
}

function adviceFor(design: Design): string {
  const seeds = seedsToShow(LARGE_DIFFERENCE, design);
  const advice = seeds === undefined
    ? `no number of seeds would show ${LARGE_DIFFERENCE} on these rows; fewer cells or more rows could`
    : `${seeds} seeds would show differences of ${LARGE_DIFFERENCE}`;
  return `few settings differ that much; ${advice}`;
}

/** Where even equal signs on every seed give no small p-value. */
function signFlipLines({ seeds, folds = 1, comparisons }: Design): string[] {
  const smallest = (seeds: number) => smallestSignFlipP(seeds * folds);
  const least = (seeds: number) => smallest(seeds) * comparisons;
  if (least(seeds) < SIGNIFICANCE) return [];
  let enough = seeds;
  while (least(enough) >= SIGNIFICANCE) enough++;
  const p = `p = ${twoDigits(smallest(seeds))}`;
  const corrected = comparisons > 1
    ? `, ${twoDigits(Math.min(1, least(seeds)))} after correction`
    : "";
  return [`sign-flip tests cannot go below ${p}${corrected}; ${enough} seeds can reach 0.05`];
}

function twoDigits(value: number): string {
  return String(Number(value.toPrecision(2)));
}
