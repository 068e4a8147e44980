import type { Config, Hyperparameter } from "../hyperparameter.ts";

/** The step whose update is followed by the first average; infinite if the run ends before it. */
function firstAverage({ averaging_start: start, steps }: Config): number {
  return start === "none" || Number(start) > Number(steps) ? Infinity : Number(start) - 1;
}

/** The hyperparameters of what follows the trained parameters. */
export const MLP_AVERAGING_ROWS = [
  {
    key: "lookahead_steps",
    type: "integer",
    shape: "scalar",
    words: ["none"],
    minimum: 1,
    default: "none",
    sobolDimension: 34,
    unit: "steps",
    label: "Lookahead steps",
    help:
      "updates of the fast weights between those of the slow weights, which evaluations and the result are of; 5 in the paper",
    regularizer: true,
  },
  {
    key: "lookahead_rate",
    type: "number",
    shape: "scalar",
    exclusiveMinimum: 0,
    maximum: 1,
    default: 0.5,
    sobolDimension: 35,
    label: "Lookahead rate",
    help: "share of the way to the fast weights that lookahead moves the slow weights",
  },
  {
    key: "averaging_start",
    type: "integer",
    shape: "scalar",
    words: ["none"],
    minimum: 1,
    default: "none",
    sobolDimension: 36,
    unit: "steps",
    label: "Averaging start",
    help:
      "the step from which on evaluations and the result are of the mean of the weights; ¾ of the steps in the paper",
    regularizer: true,
    actsFrom: firstAverage,
  },
  {
    key: "averaging_period",
    type: "integer",
    shape: "scalar",
    minimum: 1,
    default: 10,
    sobolDimension: 37,
    unit: "steps",
    label: "Averaging period",
    help:
      "steps between the weights that are averaged; an epoch or a cycle of restarts in the paper",
    actsFrom: (config) => firstAverage(config) + Number(config.averaging_period),
  },
] as const satisfies readonly Hyperparameter[];
