import { cosOfQuarter } from "../../kernels/exact_math.ts";
import { cycleOf } from "./mlp_cycles.ts";
import type { MlpConfig } from "./mlp_config.ts";

/** Rates are never 0, since proximal methods divide by them. */
const SMALLEST_FACTOR = 2 ** -64;

/**
 * The learning rate of each update, from 0: `learning_rate` times a factor.
 *
 * In the `warm_up` updates it grows linearly, and the last of them has the full rate. Update t after
 * these has the factor
 *
 *   step: step_factor^⌊t/period⌋
 *   cosine: ½(1 + cos(π·t/T)), where T is the number of updates after warm-up
 *   restarts: the same in cycles, where t counts from the beginning of a cycle, the first has T =
 *   period, and each T is cycle_factor times the last one
 *
 * Method: ½(1 + cos π·x) is cos²(½π·x). The factor depends on the update's number alone, so nothing
 * lives from step to step.
 *
 * Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts (2017),
 * equation 5 with η_min = 0; Goyal et al., Accurate, large minibatch SGD (2017), section 2.2, for
 * the warm-up; He et al., Deep residual learning for image recognition (2016), section 3.4, for
 * division by 10 in steps.
 */
export function rateSchedule(config: MlpConfig): (step: number) => number {
  const { learningRate, warmUp } = config;
  return (step) => {
    if (step < warmUp) return learningRate * ((step + 1) / warmUp);
    return learningRate * Math.max(factorOf(config, step - warmUp), SMALLEST_FACTOR);
  };
}

/** The factor of the rate `t` updates after warm-up. */
function factorOf(config: MlpConfig, t: number): number {
  const { schedule, schedulePeriod, stepFactor, steps, warmUp } = config;
  if (schedule === "constant") return 1;
  if (schedule === "step") return power(stepFactor, Math.floor(t / schedulePeriod));
  if (schedule === "cosine") return annealed(t / (steps - warmUp));
  const { begin, length } = cycleOf(config, t);
  return annealed((t - begin) / length);
}

/** ½(1 + cos π·x) for x from 0 to 1. */
function annealed(x: number): number {
  const root = cosOfQuarter(x);
  return root * root;
}

/** base^exponent for a base of at most 1, by multiplications until nothing is left. */
function power(base: number, exponent: number): number {
  let product = 1;
  for (let n = 0; n < exponent && product > SMALLEST_FACTOR && base < 1; n++) product *= base;
  return product;
}
