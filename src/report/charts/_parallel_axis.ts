import { formatFixed } from "../../format_number.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { Hyperparameter } from "../../trainers/hyperparameter.ts";
import type { MetricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import { axisTicks } from "./axis_ticks.ts";
import { focusDomain } from "./_focus_domain.ts";
import { axisTitle, shortValue, type SweptAxis } from "./_swept_axis.ts";
import type { BrushAxis } from "./brush_axis.ts";
import { isRate, scaleNote, shareOn, valueScale } from "./_value_scale.ts";
import type { ChartContext } from "./chart.ts";

/** One of parallel axes. Heights go from 0, at the bottom, to 1. */
export interface ParallelAxis {
  readonly title: string;
  heightOf(cell: ReportCell): number;
  readonly ticks: readonly { readonly height: number; readonly text: string }[];
  /** Over how much of the height lines through a cell's value are fanned out around it. */
  spreadOf(cell: ReportCell): number;
  /** True if its ticks are words, none of which may be left out. */
  readonly isWords?: true;
  /** How the reader filters by it. */
  readonly brush: BrushAxis;
}

/** Where axes end, and the place below them of what is on no scale. */
const [LOW, HIGH] = [0.07, 0.95];
const RAISED_LOW = 0.16;
const BELOW = 0.03;
/** With more values than this, an axis has round ticks. */
const MOST_VALUES = 8;
const TICKS = 6;
/** Ticks nearer than this would run into one another. */
const LEAST_DISTANCE = 0.045;
/** How far from the better half a mean may be to stand on the axis, as a share of what that takes. */
const REACH = 1.5;
/** Lines through a word spread over this share of its distance from the next. */
const WORD_SPREAD = 0.55;
/** Those through a number stay near it. */
const NUMBER_SPREAD = 0.3;
const MOST_SPREAD = 0.05;
/** Words and lists that a filter can name. */
const WRITABLE = /^(\[[^\]]*\]|[^\s=<>!|]+)$/;

/** The axis of a swept hyperparameter: numbers at their values, words evenly spaced. */
export function valueAxis(axis: SweptAxis, rows: readonly Hyperparameter[]): ParallelAxis {
  const numbers = axis.values.filter((value) => typeof value === "number");
  const isNumeric = numbers.length > 1 &&
    axis.values.every((value) => typeof value === "number" || value === "");
  return isNumeric ? numberAxis(axis, numbers, rows) : wordAxis(axis);
}

function numberAxis(
  { key, values, valueOf }: SweptAxis,
  numbers: readonly number[],
  rows: readonly Hyperparameter[],
): ParallelAxis {
  const scale = valueScale(numbers, isRate(key.key, rows));
  const ends = [numbers[0], numbers[numbers.length - 1]] as const;
  // Cells that go without this key stand below the scale.
  const hasEmpty = values.includes("");
  const low = hasEmpty ? RAISED_LOW : LOW;
  const shareOf = shareOn(scale, ends);
  const heightAt = (value: number) => low + shareOf(value) * (HIGH - low);
  const marked = numbers.length > MOST_VALUES ? axisTicks(scale, ends, TICKS) : numbers;
  const gaps = numbers.slice(1).map((value, index) => heightAt(value) - heightAt(numbers[index]));
  const spread = Math.min(MOST_SPREAD, NUMBER_SPREAD * Math.min(...gaps));
  return {
    title: axisTitle(key, scaleNote(scale)),
    heightOf: (cell) => {
      const value = valueOf(cell);
      return typeof value === "number" ? heightAt(value) : BELOW;
    },
    ticks: [
      ...(hasEmpty ? [{ height: BELOW, text: shortValue("") }] : []),
      ...apart(marked.map((value) => ({ height: heightAt(value), text: shortValue(value) }))),
    ],
    spreadOf: (cell) => valueOf(cell) === "" ? MOST_SPREAD : spread,
    brush: {
      key: key.key,
      numbers: {
        ...{ scale, ends, heights: [low, HIGH] },
        ...numbers.length <= MOST_VALUES && { few: numbers },
      },
    },
  };
}

function wordAxis({ key, values, labels, placeOf }: SweptAxis): ParallelAxis {
  const heightAt = (place: number) => (place + 0.5) / labels.length;
  return {
    title: axisTitle(key),
    heightOf: (cell) => heightAt(placeOf(cell)),
    ticks: labels.map((text, place) => ({ height: heightAt(place), text })),
    spreadOf: () => WORD_SPREAD / labels.length,
    isWords: true,
    brush: {
      key: key.key,
      words: values.flatMap((value, place) => {
        const text = formatValue(value);
        return WRITABLE.test(text) ? [{ text, height: heightAt(place) }] : [];
      }),
    },
  };
}

/** The metric's axis, better means higher. Means far from the better half stand below it, marked. */
export function meanAxis(
  cells: readonly ReportCell[],
  { scale, largerIsBetter }: Pick<ChartContext, "scale" | "largerIsBetter">,
): ParallelAxis & { readonly hasBeyond: boolean } {
  const means = cells.flatMap(({ metric }) => metric ? [metric.mean] : []);
  const seen = cells.flatMap(({ isBaseline, metric }) => isBaseline && metric ? [metric.mean] : []);
  const [least, most] = meansDomain(means, scale.bounds, seen);
  const isInside = (mean: number) => least <= mean && mean <= most;
  const beyond = means.filter((mean) => !isInside(mean));
  const low = beyond.length > 0 ? RAISED_LOW : LOW;
  const heightAt = (mean: number) => {
    const share = (mean - least) / (most - least);
    return low + (largerIsBetter ? share : 1 - share) * (HIGH - low);
  };
  const round = axisTicks({ type: "linear" }, [least, most], TICKS);
  const decimals = Math.max(...round.map(decimalsIn));
  const ticks = round.map((mean) => ({
    height: heightAt(mean),
    text: formatFixed(mean, decimals),
  }));
  return {
    title: scale.axisTitle,
    heightOf: ({ metric }) => metric && isInside(metric.mean) ? heightAt(metric.mean) : BELOW,
    ticks: [
      ...(beyond.length > 0 ? [{ height: BELOW, text: beyondText(beyond, scale) }] : []),
      ...ticks,
    ],
    spreadOf: () => 0,
    brush: {
      key: "mean",
      numbers: {
        scale: { type: "linear" },
        ends: [least, most],
        heights: [heightAt(least), heightAt(most)],
        factor: scale.factor,
      },
    },
    hasBeyond: beyond.length > 0,
  };
}

/**
 * Ends of an axis that covers all means but those that would squeeze the others together.
 *
 * @param means Best first.
 * @param seen The baseline's, if it has one.
 */
export function meansDomain(
  means: readonly number[],
  bounds: MetricScale["bounds"],
  seen: readonly number[] = [],
): [number, number] {
  const [low, high] = focusDomain(means.map((mean) => [mean]), bounds, seen);
  const reach = REACH * (high - low);
  const near = means.filter((mean) => low - reach <= mean && mean <= high + reach);
  return [Math.min(low, ...near), Math.max(high, ...near)];
}

function decimalsIn(value: number): number {
  return (String(value).split(".")[1] ?? "").length;
}

/** `▾ 7.71`, or `▾ 7.71 to 40.2`. */
function beyondText(means: readonly number[], { decimals }: MetricScale): string {
  const ends = [...new Set([Math.min(...means), Math.max(...means)])];
  return `▾ ${ends.map((end) => formatFixed(end, decimals)).join(" to ")}`;
}

/** Leaves out ticks that are too near to the one before, but keeps the last. */
function apart<Tick extends { readonly height: number }>(ticks: readonly Tick[]): Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks.toReversed()) {
    const next = kept[kept.length - 1];
    if (!next || next.height - tick.height >= LEAST_DISTANCE) kept.push(tick);
  }
  return kept.reverse();
}
