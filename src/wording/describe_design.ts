import { countOf } from "../format_number.ts";
import { SIGNIFICANCE } from "../results/comparison.ts";
import type { Analysis } from "../statistics/analyze.ts";
import { levelsOf } from "../statistics/looks.ts";
import {
  comparisonsToShow,
  type Design,
  seedsToShow,
  smallestDifference,
  smallestSignFlipP,
} from "../statistics/design_power.ts";
import type { Spread } from "../statistics/spread_of_differences.ts";
import { describeSize } from "./describe_difference.ts";
import type { MetricScale } from "./metric_scale.ts";

/** In standard deviations: only settings that ruin a model differ by more. */
const LARGE_DIFFERENCE = 3;
const HUGE_DIFFERENCE = 5;

/** What runs that are done say of the differences between runs. */
export interface KnownSpread {
  readonly spread: Spread;
  readonly scale: MetricScale;
}

/**
 * What a design can show at best, in lines that follow "can show"; empty if it compares nothing. The
 * last of them say what to do if that is almost nothing.
 *
 * @param known Absent if no runs are: then sizes are in standard deviations only.
 */
export function describeDesign(design: Design, known?: KnownSpread): string[] {
  const { seeds, folds, comparisons, level } = design;
  if (comparisons === 0) return [];
  if (seeds * (folds ?? 1) < 2) {
    return ["nothing: a single seed cannot tell any difference from chance"];
  }
  const size = smallestDifference(design);
  const deviations = `${twoDigits(size)} standard deviations between ${
    folds === undefined ? "seeds" : "runs"
  }`;
  const shown = known && describeSize(known.spread.sd * size, known.scale, 2);
  return [
    `differences of at least ${shown ?? deviations}, with 80% power (${countOf(seeds, "seed")}${
      folds === undefined ? "" : ` × ${countOf(folds, "fold")}`
    }${level === undefined ? "" : " at the last look"}, ${countOf(comparisons, "comparison")})`,
    ...known ? [spreadLine(known, deviations)] : [],
    ...size > HUGE_DIFFERENCE ? [adviceFor(design)] : [],
    ...signFlipLines(design),
  ];
}

/** Where a size in the metric's unit comes from. */
function spreadLine({ spread: { sd, cells }, scale }: KnownSpread, deviations: string): string {
  const typical = cells === 1
    ? "as in the one cell with results"
    : `the median of the ${cells} cells with results`;
  return `that is ${deviations}, where one is ${describeSize(sd, scale, 2)}, ${typical}`;
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
  if (seeds === undefined) {
    return "few settings differ that much; no number of seeds would show " +
      `${LARGE_DIFFERENCE} on these rows; fewer cells or more rows could`;
  }
  const fewer = comparisonsToShow(LARGE_DIFFERENCE, design);
  const cells = fewer === 0
    ? "fewer cells alone would not"
    : `so would ${countOf(fewer, "comparison")} with ${countOf(design.seeds, "seed")}`;
  return `few settings differ that much; ${seeds} seeds would show differences of ` +
    `${LARGE_DIFFERENCE} standard deviations, ${cells}`;
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
    ? ` (${twoDigits(Math.min(1, least(seeds)))} after correction)`
    : "";
  return [`sign-flip tests cannot go below ${p}${corrected}; ${enough} seeds can reach 0.05`];
}

function twoDigits(value: number): string {
  return String(Number(value.toPrecision(2)));
}
