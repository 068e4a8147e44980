import { quoted } from "../dataset/quote.ts";
import type { TableSource } from "../dataset/table_source.ts";
import { listSome } from "../list_words.ts";
import { nearest } from "../nearest.ts";
import { type Problem, UserError } from "../user_error.ts";
import type { ImportOptions } from "./import_options.ts";

/** Columns that a message lists. */
const MOST_LISTED = 20;
/** What columns that tell runs of a cell apart are usually called. */
const LIKE_A_SEED = /seed|fold|split|repeat|replicate|random_state/i;
/** Names of metrics of which smaller values are better, and those of which nobody can tell. */
const LIKE_A_LOSS = /(^|[^a-z])(loss|error|err|rmse|mse|mae|nll|perplexity)([^a-z]|$)/i;
const NEGATED = /(^|[^a-z])neg([^a-z]|$)/i;
const UNCLEAR = /^(value|values_\d+|objective)$/i;

/** The columns that options name, by their numbers from 0. */
export interface FoundColumns {
  readonly cell: readonly number[];
  readonly seed: readonly number[];
  readonly metric: readonly MetricColumn[];
  readonly where: readonly Condition[];
}

/** A column of the metric. */
export interface MetricColumn {
  readonly field: number;
  /** The seed of its runs; absent if other columns say it. */
  readonly seed?: string;
}

/** What a row must have to become a run. */
export interface Condition {
  readonly field: number;
  readonly value: string;
}

/**
 * Finds the columns that options name.
 *
 * @throws {UserError} If there is no such column, or the options contradict each other or leave something
 * open; every problem at once.
 */
export function findColumns(source: TableSource, options: ImportOptions): FoundColumns {
  const { names, file } = source;
  const problems: Problem[] = [];
  const fieldOf = new Map(names.map((name, field) => [name, field]));
  const refuse = (message: string, hint?: string) => {
    problems.push({ message, hint, place: { file, line: source.line } });
  };
  const find = (name: string, use: string): number[] => {
    const field = fieldOf.get(name);
    if (field !== undefined) return [field];
    refuse(
      `Cannot find the ${use} column ${quoted(name)}: ${columnsOf(names)}`,
      likely(name, names),
    );
    return [];
  };
  const cell = options.cell.flatMap((name) => find(name, "cell"));
  const seed = options.seed.flatMap((name) => find(name, "seed"));
  const metric = metricColumns(options, names, { find, refuse });
  const where = options.where.flatMap((text) => {
    const [, name, value] = text.match(/^(.+?)=(.*)$/s) ?? [];
    if (name !== undefined) return find(name, "where").map((field) => ({ field, value }));
    refuse(`Cannot use where ${quoted(text)}: it must be COLUMN=VALUE`);
    return [];
  });
  const uses = [
    ...cell.map((field) => [field, "cell"] as const),
    ...seed.map((field) => [field, "seed"] as const),
    ...metric.map(({ field }) => [field, "metric"] as const),
  ];
  const used = new Map<number, string>();
  for (const [field, use] of uses) {
    const before = used.get(field);
    if (before === undefined) used.set(field, use);
    else refuse(`Cannot use ${quoted(names[field])} as ${use}: it is a ${before} column already`);
  }
  const isNumbered = metric.some(({ seed }) => seed !== undefined);
  if (isNumbered && seed.length > 0) {
    refuse(`Cannot use a seed column with metric ${quoted(options.metric)}: * stands for the seed`);
  }
  if (!isNumbered && options.seed.length === 0) refuseWithoutSeed(names, refuse);
  if (options.better === undefined && metric.length > 0) refuseUnclear(options.metric, refuse);
  if (problems.length > 0) throw new UserError(problems);
  return { cell, seed, metric, where };
}

type Refuse = (message: string, hint?: string) => void;

function metricColumns(
  { metric }: Pick<ImportOptions, "metric">,
  names: readonly string[],
  { find, refuse }: {
    readonly find: (name: string, use: string) => number[];
    readonly refuse: Refuse;
  },
): MetricColumn[] {
  const [start, end, ...rest] = metric.split("*");
  if (names.includes(metric) || end === undefined) {
    return find(metric, "metric").map((field) => ({ field }));
  }
  if (rest.length > 0) {
    refuse(`Cannot use metric ${quoted(metric)}: it must have one *, which stands for the seed`);
    return [];
  }
  const found = names.flatMap((name, field) => {
    const isLong = name.length > start.length + end.length;
    if (!isLong || !name.startsWith(start) || !name.endsWith(end)) return [];
    return [{ field, seed: name.slice(start.length, name.length - end.length) }];
  });
  if (found.length === 0) {
    refuse(`Cannot find columns like ${quoted(metric)}: ${columnsOf(names)}`);
  }
  return found;
}

function refuseWithoutSeed(names: readonly string[], refuse: Refuse): void {
  const like = names.filter((name) => LIKE_A_SEED.test(name)).map(quoted);
  refuse(
    "Cannot import without a seed column: cells are compared in pairs of runs, and the table has to " +
      "say which runs belong together",
    like.length > 0
      ? `is it ${listSome(like, 3)}?`
      : "a seed, a fold or a repetition that every cell was run with; add the column if there is none",
  );
}

/** The wrong direction would turn every verdict around. */
function refuseUnclear(metric: string, refuse: Refuse): void {
  const isLikeLoss = LIKE_A_LOSS.test(metric) && !NEGATED.test(metric);
  if (!isLikeLoss && !UNCLEAR.test(metric)) return;
  refuse(
    `Cannot tell whether larger or smaller values of ${quoted(metric)} are better`,
    "say which with --better larger or --better smaller",
  );
}

/** A mistyped name, or one without the prefix of the tool that wrote the table. */
function likely(name: string, names: readonly string[]): string | undefined {
  const near = nearest(name, names) ??
    names.find((other) => other.toLowerCase().endsWith(name.toLowerCase()));
  return near === undefined ? undefined : `did you mean ${quoted(near)}?`;
}

function columnsOf(names: readonly string[]): string {
  return `the columns are ${listSome(names.map(quoted), MOST_LISTED)}`;
}
