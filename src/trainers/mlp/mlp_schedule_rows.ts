import type { Config, Hyperparameter } from "../hyperparameter.ts";

/** The first step whose learning rate the schedule lowers; infinite if it is constant. */
export function firstLowered(
  { schedule, warm_up: warmUp, schedule_period: period }: Config,
): number {
  if (schedule === "constant") return Infinity;
  return Number(warmUp) + (schedule === "step" ? Number(period) : 1);
}

/** The number of updates after which the first cycle of restarts ends; infinite if there are none. */
export function firstCycleEnd(
  { schedule, warm_up: warmUp, schedule_period: period }: Config,
): number {
  return schedule === "restarts" ? Number(warmUp) + Number(period) : Infinity;
}

/** The hyperparameters of the learning rate's schedule. */
export const MLP_SCHEDULE_ROWS = [
  {
    key: "schedule",
    type: "word",
    shape: "scalar",
    words: ["constant", "step", "cosine", "restarts"],
    default: "constant",
    sobolDimension: 29,
    label: "Schedule",
    help:
      "the learning rate after warm-up: constant; divided in steps; lowered to 0 by a cosine over the rest of the run; or by cosines that begin again",
    actsFrom: firstLowered,
  },
  {
    key: "warm_up",
    type: "integer",
    shape: "scalar",
    minimum: 0,
    default: 0,
    sobolDimension: 30,
    unit: "steps",
    label: "Warm-up",
    help: "first steps, in which the learning rate grows linearly to its full value",
  },
  {
    key: "schedule_period",
    type: "integer",
    shape: "scalar",
    minimum: 1,
    default: 250,
    sobolDimension: 31,
    unit: "steps",
    label: "Schedule period",
    help: "step: steps between drops of the rate; restarts: length of the first cosine",
    actsFrom: (config) =>
      config.schedule === "step" || config.schedule === "restarts"
        ? firstLowered(config)
        : Infinity,
  },
  {
    key: "step_factor",
    type: "number",
    shape: "scalar",
    exclusiveMinimum: 0,
    maximum: 1,
    default: 0.1,
    sobolDimension: 32,
    label: "Step factor",
    help: "step: what each drop multiplies the rate by",
    actsFrom: (config) => config.schedule === "step" ? firstLowered(config) : Infinity,
  },
  {
    key: "cycle_factor",
    type: "integer",
    shape: "scalar",
    minimum: 1,
    default: 1,
    sobolDimension: 33,
    label: "Cycle factor",
    help: "restarts: how many times as long as the last cosine the next one is",
    actsFrom: (config) =>
      config.schedule === "restarts"
        ? firstLowered(config) + Number(config.schedule_period)
        : Infinity,
  },
] as const satisfies readonly Hyperparameter[];

/** The first step that depends on how many there are: those of a cosine over the whole run do. */
export function stepsActFrom(config: Config): number {
  return config.schedule === "cosine" ? firstLowered(config) : Infinity;
}
