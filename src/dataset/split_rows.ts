import { countOf } from "../format_number.ts";
import { listWords } from "../list_words.ts";
import { UserError } from "../user_error.ts";
import { cutTimes } from "./_cut_times.ts";
import { dealRows, drawRows } from "./_draw_rows.ts";
import {
  checkStrata,
  countClasses,
  type NeededParts,
  oneStratum,
  type SplitSource,
  type Strata,
  strataOf,
} from "./_strata.ts";
import { dealGroups, drawGroups, type Groups, groupsOf } from "./_whole_groups.ts";
import { type PartSizes, partSizes } from "./part_sizes.ts";
import { ROW_PARTS } from "./row_parts.ts";
import type { SplitOptions } from "./split_options.ts";

export type { SplitSource };

/** Row numbers of a dataset, from 0, ascending in each part; no row is in two parts. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/**
 * Splits a dataset's rows.
 *
 * Test rows depend only on the dataset, so that all runs of an experiment have the same ones. The
 * rest is split into training and validation rows by the seed if `resplit` is set, else by the
 * dataset. Every row is in one part, except the latest ones for folds in order of time.
 *
 * - `stratify`: parts have as many rows as without, and validation and test have each class's share
 *   of them, by the largest remainder: at most one row more or less than the share, and at least one
 *   row, which makes a class with a share below one row more frequent there.
 * - `folds`: each seed deals the rest to that many folds, which differ by at most one row, and so does
 *   each class in them with `stratify`. A run validates on one fold and trains on the others.
 * - `group`: parts and folds consist of whole groups, as near to their sizes, or with `stratify` to
 *   their rows of each class, as a random order of the groups brings them: see `drawGroups()` and
 *   `dealGroups()`. A part can lack a class.
 * - `time`: the first rows are for training, then come validation and test rows. Rows of equal times
 *   stay together, so that parts can have more or fewer rows. With `folds`, the rest is cut into
 *   one block more than there are folds; the run of fold i trains on the first i blocks and
 *   validates on the next one.
 * - `column`: each row is in the part that its column says.
 *
 * Rows of a test file, whose part is given, are the test rows; the others are split as if they were
 * alone.
 *
 * @param fold From 1 to `folds`; only with folds.
 * @throws {UserError} If a part would have no rows, other than a test part of 0, or too few groups,
 * times, or rows of a class.
 */
export function splitRows(
  dataset: SplitSource,
  split: SplitOptions,
  seed: number,
  fold?: number,
): Split {
  const { folds } = split;
  const isFold = fold !== undefined && fold >= 1 && folds !== undefined && fold <= folds;
  if (folds === undefined ? fold !== undefined : !isFold) {
    throw new RangeError(`Cannot split for fold ${fold} of ${folds}`);
  }
  if (split.column !== undefined) return splitByColumn(dataset, split.column);
  const { splitting = {}, rows } = dataset;
  const all = new Int32Array(rows);
  for (let row = 0; row < rows; row++) all[row] = row;
  const { parts } = splitting;
  // Rows that come from a file of test rows.
  const given = parts ? all.filter((row) => parts[row] === ROW_PARTS.test) : new Int32Array();
  const free = parts ? all.filter((row) => parts[row] === ROW_PARTS.free) : all;
  const drawn = split.time === undefined
    ? splitAtRandom(dataset, free, split, seed, fold)
    : splitByTime(dataset, free, split, fold);
  if (given.length === 0) return drawn;
  checkGiven(given, free, dataset, split);
  return { ...drawn, test: given };
}

/** Checks that test rows from a file of their own are of other groups, or later, than the others. */
function checkGiven(
  given: Int32Array,
  free: Int32Array,
  { splitting: { groups, times } = {} }: SplitSource,
  { group, time }: SplitOptions,
): void {
  if (group !== undefined && groups) {
    const known = new Set(Array.from(free, (row) => groups[row]));
    const both = new Set(Array.from(given, (row) => groups[row])).intersection(known).size;
    if (both > 0) {
      throw new UserError(
        `Cannot use group ${group}: ${countOf(both, "group")} of the test file ` +
          `${both === 1 ? "is" : "are"} among the other rows, too`,
      );
    }
  }
  if (time !== undefined && times) {
    const last = free.reduce((last, row) => Math.max(last, times[row]), -Infinity);
    const early = given.filter((row) => times[row] <= last).length;
    if (early > 0) {
      throw new UserError(
        `Cannot use time ${time}: ${countOf(early, "row")} of the test file ` +
          `${early === 1 ? "is" : "are"} not later than all other rows`,
      );
    }
  }
}

/** Test rows that were drawn, and the rest. */
interface DrawnTest {
  /** What determines them, beside the dataset. */
  readonly draw: string;
  readonly parts: readonly [test: Int32Array, rest: Int32Array];
}

/** By dataset, the last draw of test rows: all runs of an experiment have the same. */
const drawnTests = new WeakMap<SplitSource, DrawnTest>();

/** The test rows, a copy, and the rest; only drawn if they are not those of the last call. */
function testAndRest(
  dataset: SplitSource,
  draw: string,
  drawParts: () => DrawnTest["parts"],
): DrawnTest["parts"] {
  const last = drawnTests.get(dataset);
  const parts = last?.draw === draw ? last.parts : drawParts();
  drawnTests.set(dataset, { draw, parts });
  return [parts[0].slice(), parts[1]];
}

function splitAtRandom(
  dataset: SplitSource,
  rows: Int32Array,
  split: SplitOptions,
  seed: number,
  fold?: number,
): Split {
  const { checksum } = dataset;
  const { folds } = split;
  const sizes = partSizes(rows.length, split);
  const strata = split.stratify ? strataOf(dataset) : undefined;
  const names = { test: `${checksum}/test`, rest: `${split.resplit ? seed : checksum}/split` };
  if (split.group !== undefined) {
    return splitGroups(dataset, rows, { split, sizes, strata, names, fold });
  }
  const totals = strata ? countClasses(rows, strata) : [];
  if (strata) checkStrata(totals, strata, neededParts(sizes, folds));
  const shares = (others: number) => strata && { of: strata, totals, others };
  const draw = JSON.stringify([sizes.test, folds, split.stratify === true]);
  const [test, rest] = testAndRest(dataset, draw, () => {
    return drawRows(rows, sizes.test, names.test, shares(folds ?? 2));
  });
  if (fold === undefined || folds === undefined) {
    const [validation, train] = drawRows(rest, sizes.validation, names.rest, shares(1));
    return { train, validation, test };
  }
  return { ...partsOf(dealRows(rest, folds, names.rest, strata), fold), test };
}

function neededParts({ train, validation, test }: PartSizes, folds?: number): NeededParts {
  if (folds === undefined) {
    const all = Object.entries({ train, validation, test }).filter(([, size]) => size > 0);
    return { count: all.length, noun: "parts", sizes: Object.fromEntries(all) };
  }
  const size = Math.floor((train + validation) / folds);
  return {
    count: folds + (test > 0 ? 1 : 0),
    noun: test > 0 ? "parts, folds and test," : "folds",
    sizes: { ...test > 0 && { test }, "a fold": size },
  };
}

/** The training and validation rows of a fold, from 1. */
function partsOf(folds: readonly Int32Array[], fold: number): Omit<Split, "test"> {
  const validation = folds[fold - 1];
  const others = folds.filter((rows) => rows !== validation);
  const train = new Int32Array(others.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const rows of others) train.set(rows, (end += rows.length) - rows.length);
  return { train: train.sort(), validation };
}

/** How the rows of groups are split. */
interface GroupSplit {
  readonly split: SplitOptions;
  readonly sizes: PartSizes;
  readonly strata?: Strata;
  /** Random streams of the draws. */
  readonly names: { readonly test: string; readonly rest: string };
  readonly fold?: number;
}

function splitGroups(
  dataset: SplitSource,
  rows: Int32Array,
  { split: { group = "", folds = 2 }, sizes, strata = oneStratum(dataset), names, fold }:
    GroupSplit,
): Split {
  const of = dataset.splitting?.groups;
  if (!of) throw new RangeError(`Cannot split by group ${group}: it was not read`);
  const groups = groupsOf(rows, of, strata);
  const needed = folds + (sizes.test > 0 ? 1 : 0);
  if (groups.counts.size < needed) {
    const parts = fold === undefined ? ["training", "validation"] : [`${folds} folds`];
    throw tooFew(`group ${group}`, groups.counts.size, "group", needed, parts, sizes);
  }
  const totals = countClasses(rows, strata);
  const draw = (from: Groups, size: number, others: number, stream: string) => {
    const wanted = totals.map((total) => size * total / rows.length);
    return drawGroups(from, wanted, { stream, others });
  };
  const inTest = sizes.test > 0 ? draw(groups, sizes.test, folds, names.test) : new Set<number>();
  const test = rows.filter((row) => inTest.has(of[row]));
  const rest = rows.filter((row) => !inTest.has(of[row]));
  const left = groupsOf(rest, of, strata);
  if (fold === undefined) {
    const inValidation = draw(left, sizes.validation, 1, names.rest);
    const validation = rest.filter((row) => inValidation.has(of[row]));
    return { train: rest.filter((row) => !inValidation.has(of[row])), validation, test };
  }
  const foldOf = dealGroups(left, folds, names.rest);
  const isIn = (row: number) => foldOf.get(of[row]) === fold - 1;
  return { train: rest.filter((row) => !isIn(row)), validation: rest.filter(isIn), test };
}

function splitByTime(
  { splitting }: SplitSource,
  rows: Int32Array,
  split: SplitOptions,
  fold?: number,
): Split {
  const { time = "", folds = 1 } = split;
  const times = splitting?.times;
  if (!times) throw new RangeError(`Cannot split by time ${time}: it was not read`);
  const { validation, test } = partSizes(rows.length, split);
  const ordered = rows.toSorted((a, b) => times[a] - times[b] || a - b);
  const rest = rows.length - test;
  const wanted = fold === undefined
    ? [rest - validation]
    : Array.from({ length: folds }, (_, index) => Math.round(rest * (index + 1) / (folds + 1)));
  if (test > 0) wanted.push(rest);
  const cuts = cutTimes(Float64Array.from(ordered, (row) => times[row]), wanted);
  if (!cuts) {
    const count = new Set(Array.from(rows, (row) => times[row])).size;
    const parts = fold === undefined
      ? ["training", "validation"]
      : ["the first training rows", `${folds} folds`];
    throw tooFew(`time ${time}`, count, "different time", wanted.length + 1, parts, { test });
  }
  const end = test > 0 ? cuts[cuts.length - 1] : rows.length;
  const blocks = test > 0 ? cuts.slice(0, -1) : cuts;
  const from = blocks[(fold ?? 1) - 1];
  const to = blocks[fold ?? 1] ?? end;
  return {
    train: ordered.slice(0, from).sort(),
    validation: ordered.slice(from, to).sort(),
    test: ordered.slice(end).sort(),
  };
}

function splitByColumn({ rows, splitting }: SplitSource, column: string): Split {
  const parts = splitting?.parts;
  if (!parts) throw new RangeError(`Cannot split by column ${column}: it was not read`);
  const rowsIn = (part: keyof typeof ROW_PARTS) => {
    const all = Int32Array.from({ length: rows }, (_, row) => row);
    return all.filter((row) => parts[row] === ROW_PARTS[part]);
  };
  const free = rowsIn("free");
  if (free.length > 0) {
    const message = `Cannot use column ${column}: ${countOf(free.length, "row")} ` +
      `${free.length === 1 ? "has" : "have"} no part`;
    throw new UserError(message);
  }
  const split = { train: rowsIn("train"), validation: rowsIn("validation"), test: rowsIn("test") };
  const empty = (["train", "validation"] as const).filter((part) => split[part].length === 0);
  if (empty.length > 0) {
    const problems = empty.map((part) => ({
      message: `Cannot use column ${column}: no row is in ${part}, at least one is required`,
    }));
    throw new UserError(problems);
  }
  return split;
}

/** `Cannot use group patient with 2 groups: at least 3 are required, for training and validation`. */
function tooFew(
  option: string,
  found: number,
  noun: string,
  needed: number,
  parts: readonly string[],
  { test }: Pick<PartSizes, "test">,
): UserError {
  const list = listWords(test > 0 ? [...parts, "test"] : parts, "and");
  const count = countOf(found, noun);
  return new UserError(
    `Cannot use ${option} with ${count}: at least ${needed} are required, for ${list}`,
  );
}
