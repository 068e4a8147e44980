import type { Dataset } from "../dataset/dataset.ts";
import { listWords } from "../list_words.ts";
import { TARGETS } from "../measures/measure.ts";
import { nearest } from "../nearest.ts";
import { formatValue } from "../trainers/format_value.ts";
import type { Hyperparameter, HyperparameterValue } from "../trainers/hyperparameter.ts";
import type { TrainerName } from "../trainers/trainer.ts";
import type { Trainers } from "../trainers/trainers.ts";
import { parseMapping } from "../trainers/value_mapping.ts";
import { type Problem, UserError } from "../user_error.ts";
import { distinctCells } from "./cells/distinct_cells.ts";
import type { Cell, DatasetExperiment } from "./experiment.ts";

/** What values are compared with. */
type Target = Pick<Dataset, "task" | "classes">;

/** The most classes that a message lists. */
const MOST_LISTED = 20;

/**
 * Checks an experiment's hyperparameters against the dataset's target: whether they are for such a
 * task, and whether classes that they name exist.
 *
 * @throws {UserError} If some are not: each wrong value once, with its place.
 */
export function checkValues(experiment: DatasetExperiment, target: Target): void {
  const rowsOf = (trainer: TrainerName) => rowsAboutTarget(experiment.trainers, trainer);
  const rows = experiment.outline.trainers.flatMap(rowsOf);
  const keys = rows.map(({ key }) => key);
  const problems = new Map<string, Problem>();
  for (const cell of distinctCells(experiment, keys)) {
    for (const row of rowsOf(cell.trainer)) {
      const value = cell.config[row.key];
      const typed = `${row.key} ${formatValue(value)}`;
      if (problems.has(typed)) continue;
      const problem = valueProblem(row, value, { ...target, column: experiment.dataset.target });
      if (!problem) continue;
      const message = `Cannot use ${typed}: ${problem.reason}`;
      const place = experiment.places.ofValue(cell, row.key);
      problems.set(typed, { message, hint: problem.hint, place });
    }
  }
  if (problems.size > 0) throw new UserError([...problems.values()]);
}

/** Whether a cell's values are for the dataset's target: what `checkValues()` would not refuse. */
export function suitsTarget(
  { trainer, config }: Pick<Cell, "trainer" | "config">,
  trainers: Pick<Trainers, "named">,
  target: Target,
): boolean {
  return rowsAboutTarget(trainers, trainer)
    .every((row) => !valueProblem(row, config[row.key], { ...target, column: "" }));
}

function rowsAboutTarget(trainers: Pick<Trainers, "named">, trainer: TrainerName) {
  return trainers.named(trainer).hyperparameters
    .filter(({ tasks, shape }) => tasks !== undefined || shape === "mapping");
}

function valueProblem(
  { tasks, shape, default: unset }: Hyperparameter,
  value: HyperparameterValue,
  { task, classes, column }: Target & { column: string },
): { reason: string; hint?: string } | undefined {
  if (unset !== undefined && formatValue(value) === formatValue(unset)) return undefined;
  if (tasks && !tasks.includes(task)) {
    const suited = listWords(tasks.map((task) => TARGETS[task]));
    return { reason: `it is for ${suited}, and target ${column} holds ${TARGETS[task]}` };
  }
  const names = shape === "mapping" ? [...parseMapping(String(value))?.keys() ?? []] : [];
  const unknown = names.find((name) => !classes.includes(name));
  if (unknown === undefined) return undefined;
  const near = nearest(unknown, classes);
  return {
    reason: `target ${column} has no class ${unknown}, only ${classList(classes)}`,
    hint: near && `did you mean ${near}?`,
  };
}

function classList(classes: readonly string[]): string {
  const others = classes.length - MOST_LISTED;
  return others > 1
    ? listWords([...classes.slice(0, MOST_LISTED), `${others} others`], "and")
    : listWords(classes, "and");
}
