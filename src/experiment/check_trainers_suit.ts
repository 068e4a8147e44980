import type { Dataset, FeatureSource } from "../dataset/dataset.ts";
import { hasGaps } from "../dataset/has_gaps.ts";
import { listWords } from "../list_words.ts";
import { TARGETS } from "../measures/measure.ts";
import type { Trainer } from "../trainers/trainer.ts";
import { type Problem, UserError } from "../user_error.ts";
import type { DatasetExperiment } from "./experiment.ts";

/** The most columns that a message names. */
const MOST_NAMED = 3;

/**
 * Checks that an experiment's trainers can learn what its dataset holds, and that it sweeps nothing which
 * changes nothing on that dataset.
 *
 * @throws {UserError} If not, with places in the experiment's file.
 */
export function checkTrainersSuit(
  experiment: DatasetExperiment,
  dataset: Pick<Dataset, "task" | "sources">,
): void {
  const trainers = experiment.trainers.select(experiment.outline.trainers);
  const misfits = trainers.flatMap((trainer) => misfitProblem(experiment, trainer, dataset) ?? []);
  const problems = [...misfits, ...idleImputation(experiment, dataset)];
  if (problems.length > 0) throw new UserError(problems);
}

function misfitProblem(
  { cells, places, dataset: { path, target } }: DatasetExperiment,
  { name, tasks, takes }: Trainer,
  { task, sources }: Pick<Dataset, "task" | "sources">,
): Problem | undefined {
  const cell = cells.find(({ trainer }) => trainer === name);
  if (!cell) return undefined;
  const place = places.ofValue(cell, "trainer");
  // One without tasks takes any table, or none.
  if (tasks.length > 0 && !tasks.includes(task)) {
    const taken = listWords(tasks.map((task) => TARGETS[task]), "and");
    const reason = `it predicts ${taken}, and target ${target} holds ${TARGETS[task]}`;
    return { message: `Cannot use trainer ${name} on ${path}: ${reason}`, place };
  }
  if (!takes) return undefined;
  const others = sources.flatMap(({ name: column, kind, hasGaps }) => {
    const lacks = [
      ...isTaken(kind, takes) ? [] : [kind],
      ...hasGaps && !takes.gaps ? ["missing cells"] : [],
    ];
    return lacks.length > 0 ? [`${column} (${lacks.join(", ")})`] : [];
  });
  if (others.length === 0) return undefined;
  const more = others.length - MOST_NAMED;
  const named = more > 0 ? [...others.slice(0, MOST_NAMED), `${more} more`] : others;
  const reason = `it takes numbers without missing cells, not ${listWords(named, "and")}`;
  return { message: `Cannot use trainer ${name} on ${path}: ${reason}`, place };
}

function isTaken(kind: FeatureSource["kind"], takes: NonNullable<Trainer["takes"]>): boolean {
  if (kind === "category") return takes.categories;
  return kind === "boolean" ? takes.booleans : true;
}

/** Cells that differ in how gaps are filled are the same runs where there are none. */
function idleImputation(
  { cells, sweptKeys, places, dataset: { path } }: DatasetExperiment,
  { sources }: Pick<Dataset, "sources">,
): Problem[] {
  if (!sweptKeys.includes("impute") || hasGaps(sources)) return [];
  const cell = cells.find(({ preparation }) => preparation?.impute !== undefined);
  const message = `Cannot sweep impute: no cell of ${path} is missing in the columns that are used`;
  return [{ message, place: cell && places.ofValue(cell, "impute") }];
}
