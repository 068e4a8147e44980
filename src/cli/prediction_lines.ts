import { quoted } from "../dataset/quote.ts";
import { countOf } from "../format_number.ts";
import { listSome, listWords } from "../list_words.ts";
import { measureOf } from "../measures/metrics.ts";
import type { PredictionScore, TablePredictions, UsedModel } from "../predict/predict_table.ts";
import { fullValue } from "../wording/full_value.ts";

/** Names, values and seeds that a line has. */
const MOST_LISTED = 10;

/** What to say about predictions: what they are of, how good they are, and what is to be known of them. */
export function predictionLines(
  { models, target, rows, score, unknown, ignored, isByPlace, isTrainingTable }: Omit<
    TablePredictions,
    "classes" | "task"
  >,
  { table, output }: { readonly table: string; readonly output?: string },
): string[] {
  const to = output === undefined ? "" : `${output}: `;
  const by = models.length === 1 ? "a model" : `the mean of ${models.length} models`;
  return [
    `${to}${quoted(target)} of ${countOf(rows.length, "row")} of ${table}, predicted by ${by} ` +
    `of ${cellsText(models)}`,
    ...score ? [scoreText(score, rows.length, target)] : [],
    ...isTrainingTable && score
      ? ["The model has learned from rows of this very file: this is no test of it"]
      : [],
    ...unknown.map(({ column, cells, values }) =>
      `${quoted(column)} has values that no training row had, in ${countOf(cells, "cell")}: ` +
      listSome(values.map(quoted), MOST_LISTED)
    ),
    ...ignored.length > 0
      ? [
        `Ignored, since the model has no such column: ${
          listSome(ignored.map(quoted), MOST_LISTED)
        }`,
      ]
      : [],
    ...isByPlace
      ? ["The first line names no columns, so that they were found by their places"]
      : [],
  ];
}

/** `l2_penalty=0.01, seeds 1, 2 and 3`. */
function cellsText(models: readonly UsedModel[]): string {
  const cells = Map.groupBy(models, ({ cell }) => cell);
  return listSome(
    Array.from(cells, ([cell, runs]) => {
      const seeds = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b).map(String);
      const shown = seeds.length > MOST_LISTED
        ? listSome(seeds, MOST_LISTED)
        : listWords(seeds, "and");
      return `${cell}, ${seeds.length === 1 ? "seed" : "seeds"} ${shown}`;
    }),
    MOST_LISTED,
  );
}

function scoreText({ rows, measures }: PredictionScore, all: number, target: string): string {
  const values = Object.entries(measures).filter(([, value]) => !Number.isNaN(value))
    .map(([key, value]) => `${measureOf(key).label} ${fullValue(value, measureOf(key))}`);
  const which = rows === all ? "" : ` on the ${countOf(rows, "row")} with a ${quoted(target)}`;
  return `Score${which}: ${values.join(", ")}`;
}
