import { BESIDE_SWEPT, MEAN_PREFIX } from "../measures/fixed_columns.ts";
import { MEASURES } from "../measures/measures.ts";
import { bestColumnOf, columnOf, EVALUATED_PARTS } from "../measures/metrics.ts";
import { ownMeasuresOf } from "./own_measures.ts";
import { TRAINERS } from "./registry.ts";

/** Columns of runs.csv that measures of regsweep's have; cells.csv has their means. */
const MEASURED: readonly string[] = [
  ...MEASURES.flatMap((measure) => [
    ...EVALUATED_PARTS.map((part) => columnOf(part, measure)),
    bestColumnOf(measure),
  ]),
  ...ownMeasuresOf(TRAINERS).filter(({ files }) => files.includes("runs")).map(({ key }) => key),
];

/** Columns of the CSV files that stand beside those of hyperparameters. */
const COLUMNS: ReadonlySet<string> = new Set(
  [...BESIDE_SWEPT, ...MEASURED].flatMap((column) => [column, MEAN_PREFIX + column]),
);

/** Words that a block of the grid has beside hyperparameters. */
const BLOCK_WORDS = ["zip", "sample", "conditional", "when"];
const PREPARATION = ["standardize", "impute", "split"];

/** Why no hyperparameter can be called so; undefined if one can. */
export function reservedReason(key: string): string | undefined {
  if (key === "trainer") return "it says which trainer a cell has";
  if (BLOCK_WORDS.includes(key)) return "it is a word of the grid";
  if (PREPARATION.includes(key)) return "it says how rows are prepared, with every trainer";
  return COLUMNS.has(key) ? "a column of the result files has this name" : undefined;
}
