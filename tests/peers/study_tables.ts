import { join } from "node:path";
import { formatCount, formatFixed, formatSigned } from "../../src/format_number.ts";
import { sha256 } from "../../src/sha256.ts";
import { meanOf } from "../../src/statistics/mean.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { isOff } from "../../src/wording/describe_cell.ts";
import { csvRows } from "./csv_rows.ts";
import { readKeptBoosting } from "./kept_boosting.ts";
import type { BoostingSearch } from "./search_boosting.ts";

type Rows = ReturnType<typeof csvRows>;

/** Methods by their columns in methods.csv. */
const METHODS: Readonly<Record<string, string>> = {
  none: "no regularization",
  single: "best single",
  cocktail: "best cocktail",
  boosting: "boosting",
};

/** What a study found, as its files have it. */
export interface StudyResults {
  /** Of methods.csv, differences.csv and ranks.csv. */
  readonly methods: Rows;
  readonly differences: Rows;
  readonly ranks: Rows;
  /** Of datasets.csv of the two sweeps. */
  readonly single: Rows;
  readonly cocktail: Rows;
  readonly boosting: readonly BoostingSearch[];
}

/** Rows, the first of which is the head. */
type Table = readonly (readonly string[])[];

/** Reads the files of a study from a folder, as `keepStudy()` leaves them there. */
export async function readStudy(folder: string): Promise<StudyResults> {
  const rows = async (name: string) => csvRows(await Deno.readTextFile(join(folder, name)));
  const boosting = await readKeptBoosting(join(folder, "boosting.json"));
  return {
    methods: await rows("methods.csv"),
    differences: await rows("differences.csv"),
    ranks: await rows("ranks.csv"),
    single: await rows("single/datasets.csv"),
    cocktail: await rows("cocktail/datasets.csv"),
    boosting: Object.values(boosting).map(({ search }) => search),
  };
}

/** Each method's score on the test rows, by table; the best of a line is bold. */
export function scoreTable({ methods, ranks, cocktail }: StudyResults): Table {
  const names = Object.keys(METHODS);
  const lines = methods.map((row) => {
    const { rows, classes } = cocktail.find(({ dataset }) => dataset === row.dataset) ?? {};
    const best = Math.max(...names.map((name) => Number(row[name])));
    const scores = names.map((name) => {
      const text = percent(Number(row[name]));
      return Number(row[name]) === best ? `**${text}**` : text;
    });
    return [row.dataset, formatCount(Number(rows)), classes ?? "", ...scores];
  });
  const means = names.map((name) => percent(meanOf(methods.map((row) => Number(row[name])))));
  const meanRanks = names.map((name) => formatFixed(Number(rankOf(ranks, name).mean_rank), 2));
  return [
    ["table", "rows", "classes", ...Object.values(METHODS)],
    ...lines,
    ["mean", "", "", ...means],
    ["mean rank", "", "", ...meanRanks],
  ];
}

/** What one method adds to another, over the tables. */
export function differenceTable({ methods, differences, ranks }: StudyResults): Table {
  const lines = differences.map((row) => {
    const { method, compared_with: other } = row;
    const gains = methods.map((scores) => Number(scores[method]) - Number(scores[other]));
    const [won, tied, lost] = [1, 0, -1].map((sign) =>
      gains.filter((gain) => Math.sign(gain) === sign).length
    );
    const test = method === "cocktail" ? rankOf(ranks, other) : undefined;
    return [
      `${METHODS[method]} − ${METHODS[other]}`,
      points(row.mean_difference),
      `${points(row.ci_low)} to ${points(row.ci_high)}`,
      `${won}, ${tied}, ${lost}`,
      test ? probability(test.p_value) : "",
      test ? probability(test.p_holm) : "",
    ];
  });
  const head = ["difference", "points", "95% interval", "won, tied, lost", "p", "p after Holm"];
  return [head, ...lines];
}

/**
 * How much worse what was selected is on the test rows than on those that selected it, beside what was
 * not selected.
 */
export function choosingTable({ single, cocktail, boosting }: StudyResults): Table {
  const means = (rows: Rows, column: string) => meanOf(rows.map((row) => Number(row[column])));
  const line = (name: string, validation: number, test: number) => {
    return [name, percent(validation), percent(test), points(test - validation)];
  };
  return [
    ["method", "validation rows", "test rows", "difference in points"],
    line(METHODS.none, means(single, "baseline_mean"), means(single, "test_baseline")),
    line(METHODS.single, means(single, "best_mean"), means(single, "test_best")),
    line(METHODS.cocktail, means(cocktail, "best_mean"), means(cocktail, "test_best")),
    line(
      METHODS.boosting,
      meanOf(boosting.map(({ points, best }) => meanOf(points[best].validation))),
      meanOf(boosting.map(({ test }) => meanOf(test))),
    ),
  ];
}

/** On how many tables the selected cells have each regularizer, the most in cocktails first. */
export function regularizerTable({ methods }: StudyResults): Table {
  const has = (cell: string, key: string) =>
    cell.split(" ").some((part) => {
      const [name, value] = part.split("=");
      return name === key && !isOff(Number.isNaN(Number(value)) ? value : Number(value));
    });
  const count = (column: string, key: string) =>
    methods.filter((row) => has(row[column], key)).length;
  const lines = BUILT_IN.named("mlp").hyperparameters.filter(({ regularizer }) => regularizer)
    .map(({ key, label }) => ({
      label,
      single: count("single_cell", key),
      cocktail: count("cocktail_cell", key),
    }))
    .filter(({ single, cocktail }) => single + cocktail > 0)
    .sort((a, b) => b.cocktail - a.cocktail || b.single - a.single);
  return [
    ["regularizer", "in selected cocktails", "in selected singles"],
    ...lines.map(({ label, single, cocktail }) => [label, `${cocktail}`, `${single}`]),
  ];
}

/** SHA-256 of the files by which a repetition can be compared. */
export async function checksumTable(folder: string): Promise<Table> {
  const names = [
    ...["methods.csv", "differences.csv", "ranks.csv", "boosting.json"],
    ...["single/datasets.csv", "single/ranks.csv"],
    ...["cocktail/datasets.csv", "cocktail/ranks.csv"],
  ];
  const lines = names.map(async (name) => {
    return [name, `\`${await sha256(await Deno.readFile(join(folder, name)))}\``];
  });
  return [["file", "SHA-256"], ...await Promise.all(lines)];
}

function rankOf(ranks: Rows, method: string): Rows[number] {
  const row = ranks.find(({ cell }) => cell === method);
  if (row === undefined) throw new Error(`ranks.csv has no line of ${method}`);
  return row;
}

function percent(share: number): string {
  return `${formatFixed(100 * share, 1)}%`;
}

function points(difference: string | number): string {
  return formatSigned(100 * Number(difference), 1);
}

function probability(field: string): string {
  return Number(field) < 0.001 ? "< 0.001" : formatFixed(Number(field), 3);
}
