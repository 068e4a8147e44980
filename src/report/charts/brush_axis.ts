import { readTerms, type Term } from "../../experiment/cells/pattern_terms.ts";
import { formatValue } from "../../trainers/format_value.ts";
import { shareOn, valueAt, type ValueScale } from "./_value_scale.ts";

/** One of parallel axes, along which the reader can drag. Heights go from 0, at the bottom, to 1. */
export interface BrushAxis {
  /** What filters call its values. */
  readonly key: string;
  /** Of an axis of numbers; absent on one of words. */
  readonly numbers?: BrushNumbers;
  /** Of an axis of words: how filters write them, and their heights. */
  readonly words?: readonly { readonly text: string; readonly height: number }[];
}

/** How numbers lie on an axis, in the units shown. */
export interface BrushNumbers {
  readonly scale: ValueScale;
  readonly ends: readonly [number, number];
  /** Of the ends; the first is the larger one where a lower number is better. */
  readonly heights: readonly [number, number];
  /** All of them, where they are few: only these are named. */
  readonly few?: readonly number[];
  /** What values are multiplied by to be shown: 100 makes percent. */
  readonly factor?: number;
}

/** A part of an axis. */
export type Span = readonly [low: number, high: number];

const WHOLE: Span = [0, 1];
/** A number is as round as it can be without moving farther than this. */
const NEAR = 0.006;
const MOST_DIGITS = 6;

/** The conditions of a filter that select a part of an axis; empty if all of it, or nothing. */
export function conditionsIn(axis: BrushAxis, span: Span): string {
  return axis.numbers ? rangeIn(axis.key, axis.numbers, span) : wordsIn(axis, span);
}

function wordsIn({ key, words = [] }: BrushAxis, [low, high]: Span): string {
  const inside = words.filter(({ height }) => low <= height && height <= high);
  if (inside.length === 0 || inside.length === words.length) return "";
  return `${key}=${inside.map(({ text }) => text).join("|")}`;
}

function rangeIn(key: string, numbers: BrushNumbers, [low, high]: Span): string {
  const { few, scale, ends, heights } = numbers;
  const heightOf = heightsOn(numbers);
  if (few) {
    const inside = few.filter((value) => low <= heightOf(value) && heightOf(value) <= high);
    const [least, most] = [inside[0], inside[inside.length - 1]];
    if (least === undefined || inside.length === few.length) return "";
    if (least === most) return `${key}=${written(least, numbers)}`;
    return [
      ...least === few[0] ? [] : [`${key}>=${written(least, numbers)}`],
      ...most === few[few.length - 1] ? [] : [`${key}<=${written(most, numbers)}`],
    ].join(" ");
  }
  const [bottom, top] = [Math.min(...heights), Math.max(...heights)];
  if (high <= bottom || low >= top) return "";
  const isUpwards = heights[0] < heights[1];
  const edge = (height: number, isAbove: boolean) => {
    if (height <= bottom || height >= top) return [];
    const share = (height - heights[0]) / (heights[1] - heights[0]);
    const value = roundest(valueAt(scale, ends)(share), height, heightOf);
    return [`${key}${isAbove === isUpwards ? ">=" : "<="}${written(value, numbers)}`];
  };
  const edges = [edge(low, true), edge(high, false)];
  return (isUpwards ? edges : edges.reverse()).flat().join(" ");
}

/** The number with the fewest digits that is nearly at a height. */
function roundest(value: number, height: number, heightOf: (value: number) => number): number {
  for (let digits = 1; digits < MOST_DIGITS; digits++) {
    const round = Number(value.toPrecision(digits));
    if (Math.abs(heightOf(round) - height) <= NEAR) return round;
  }
  return Number(value.toPrecision(MOST_DIGITS));
}

function written(value: number, { factor = 1 }: BrushNumbers): string {
  if (factor === 100) return `${formatValue(value)}%`;
  return formatValue(Number((value / factor).toPrecision(12)));
}

function heightsOn({ scale, ends, heights: [from, to] }: BrushNumbers): (value: number) => number {
  const shareOf = shareOn(scale, ends);
  return (value) => from + shareOf(value) * (to - from);
}

/** The parts of an axis that a filter selects; none if it says nothing of the axis. */
export function spansOf(axis: BrushAxis, filter: string): Span[] {
  const terms = (readTerms(filter) ?? []).filter(({ key }) => key === axis.key);
  if (terms.length === 0) return [];
  return axis.numbers ? rangeOf(axis.numbers, terms) : wordSpans(axis, terms);
}

function wordSpans({ words = [] }: BrushAxis, terms: readonly Term[]): Span[] {
  const half = 0.5 / words.length;
  return words.filter(({ text }) =>
    terms.every(({ operator, operands }) => operands.includes(text) === (operator === "="))
  ).map(({ height }) => [height - half, height + half]);
}

function rangeOf(numbers: BrushNumbers, terms: readonly Term[]): Span[] {
  const heightOf = heightsOn(numbers);
  const [least, most] = numbers.ends;
  let [low, high] = WHOLE;
  for (const { operator, operands } of terms) {
    const heights = operands.map((text) => {
      const value = Number(text.replace(/%$/, "")) * (text.endsWith("%") ? 1 : numbers.factor ?? 1);
      return heightOf(Math.min(Math.max(value, least), most));
    });
    if (operator === "!=" || heights.some(Number.isNaN)) continue;
    const isUpwards = numbers.heights[0] < numbers.heights[1];
    const isFromBelow = operator.startsWith(">") === isUpwards;
    if (operator === "=" || isFromBelow) low = Math.max(low, Math.min(...heights));
    if (operator === "=" || !isFromBelow) high = Math.min(high, Math.max(...heights));
  }
  return low <= high && (low > 0 || high < 1) ? [[low, high]] : [];
}

/** A filter with other conditions on a key; the conditions alone if it is a cell's name, or wrong. */
export function withConditions(filter: string, key: string, conditions: string): string {
  const terms = readTerms(filter) ?? [];
  const others = terms.filter((term) => term.key !== key)
    .map(({ key, operator, text }) => key + operator + text);
  return [...others, conditions].filter((part) => part !== "").join(" ");
}
