import type { Config, Hyperparameter } from "../hyperparameter.ts";
import { firstCycleEnd } from "./mlp_schedule_rows.ts";

/** The step whose update is followed by the first average; infinite if the run ends before it. */
function firstAverage({ averaging_start: start, steps }: Config): number {
  return start === "none" || Number(start) > Number(steps) ? Infinity : Number(start) - 1;
}

/** The first step before which a snapshot is taken; infinite if there is none. */
function firstSnapshot(config: Config): number {
  const end = firstCycleEnd(config);
  return end < Number(config.steps) ? end : Infinity;
}

/** The hyperparameters of what is averaged: parameters that follow the trained ones, and outputs. */
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
  {
    key: "snapshots",
    type: "integer",
    shape: "scalar",
    words: ["none"],
    minimum: 2,
    maximum: 100,
    default: "none",
    sobolDimension: 38,
    unit: "models",
    label: "Snapshots",
    help:
      "restarts: how many models are averaged at most, by what they predict: the current one, and those at the ends of the cycles before",
    regularizer: true,
    actsFrom: firstSnapshot,
  },
] as const satisfies readonly Hyperparameter[];
