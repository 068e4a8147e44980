import { callText } from "../../called_as.ts";
import { quoted } from "../../dataset/quote.ts";
import type { Task } from "../../measures/measure.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { Starter } from "../../trainers/starter.ts";
import { annotatedLines, Block, commentLines, type Entry } from "./annotated_yaml.ts";

/** What a first experiment says. */
export interface StarterExperiment {
  readonly name: string;
  /** The name of the table's file. */
  readonly table: string;
  /** The column to predict, as the table calls it. */
  readonly target: string;
  readonly task: Task;
  readonly isSkewed: boolean;
  /** The `dataset:` block. */
  readonly dataset: readonly Entry[];
  readonly settings: Starter;
  /** The value that means off, of each key that is swept. */
  readonly off: Readonly<Record<string, HyperparameterValue>>;
  readonly seeds: Entry;
}

/** The text of a first experiment, in which a comment explains each choice. */
export function starterText(experiment: StarterExperiment): string {
  const { name, table, target, settings, off, seeds, dataset } = experiment;
  const shown = /^[\p{L}\p{N}_ .-]+$/u.test(target) ? target : quoted(target);
  const about =
    `A first experiment with ${table}, as \`${callText(["init"])}\` wrote it. Comments say ` +
    `what was detected in the table, and why. You can change everything; what you leave out is ` +
    `detected again. \`${callText(["plan"])}\` shows what a sweep of this file would do.`;
  const fixed = settings.fixed.map(({ key, value, reason }) => ({ key, value, comment: reason }));
  const grid = settings.swept.map(({ key, values, reason }, index) => ({
    value: { [key]: index === 0 ? [off[key], ...values] : values },
    comment: reason,
  }));
  return [
    ...commentLines(about),
    "",
    ...annotatedLines([
      { key: "name", value: name },
      {
        key: "description",
        value: `Which regularization helps to predict ${shown}, and how much?`,
      },
      { key: "dataset", value: new Block(dataset) },
      { key: "fixed", value: new Block(fixed), comment: "what all cells have in common" },
      {
        key: "grid",
        value: new Block(grid),
        comment: "what differs between cells: each regularizer alone, over its strength",
      },
      seeds,
      {
        key: "baseline",
        value: off,
        comment: "no regularization: what the cells are compared with",
      },
      ...judging(experiment),
    ]),
    "",
  ].join("\n");
}

/** What cells are compared by. */
function judging({ task, isSkewed }: StarterExperiment): Entry[] {
  if (task === "regression") {
    return [
      {
        key: "metric",
        value: "validation_rmse",
        comment: "the root of the mean squared error, in the target's unit; smaller is better",
      },
      {
        key: "measures",
        value: ["r2"],
        comment: "shown beside it: the share of variance explained",
      },
    ];
  }
  const equivalence = {
    key: "equivalence",
    value: 0.005,
    comment: "smaller differences of the metric do not matter",
  };
  if (!isSkewed) {
    const comment = "the share of validation rows predicted right";
    return [{ key: "metric", value: "validation_accuracy", comment }, equivalence];
  }
  return [
    {
      key: "metric",
      value: "validation_balanced_accuracy",
      comment:
        "the mean of the classes' shares predicted right: always the commonest gains nothing",
    },
    equivalence,
  ];
}
