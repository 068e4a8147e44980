import { hash } from "node:crypto";
import { canonicalJson } from "../../canonical_json.ts";
import type { RunIdentity } from "../../store/run_key.ts";
import { configWithoutDefaults } from "../../trainers/config.ts";
import type { Config, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { RunShape, Trainer } from "../../trainers/trainer.ts";

/** Hyperparameters that states depend on, from one step on. */
interface Acting {
  readonly from: number;
  readonly keys: readonly string[];
}

/** The hyperparameters that a run's states depend on, by ascending steps; plain data. */
export type RunStates = readonly Acting[];

/**
 * Finds from which steps on a run's states depend on which of its hyperparameters. Those that have their
 * default, change nothing or change only when the run is evaluated and ends, are left out.
 *
 * @returns Undefined if the trainer's runs cannot go on from a state.
 */
export function statesOf(
  trainer: Trainer,
  config: Config,
  shape: Pick<RunShape, "trainRows">,
): RunStates | undefined {
  if (!trainer.steps?.canGoOn) return undefined;
  const idle = (trainer.idle ?? []).filter(({ isIdle }) => isIdle(config, shape))
    .flatMap(({ keys }) => keys);
  const given = configWithoutDefaults(trainer, config);
  const keysFrom = new Map<number, string[]>();
  for (const { key, actsFrom } of trainer.hyperparameters) {
    if (!(key in given) || idle.includes(key)) continue;
    const from = actsFrom?.(config) ?? 0;
    if (from < Infinity) keysFrom.set(from, [...keysFrom.get(from) ?? [], key]);
  }
  return [...keysFrom].map(([from, keys]) => ({ from, keys })).sort((a, b) => a.from - b.from);
}

/** The part of a run that says what its states depend on. */
export interface Stateful {
  readonly identity: RunIdentity;
  /** Absent if its trainer's runs cannot go on from a state. */
  readonly states?: RunStates;
}

/** The text of all that a run's state before a step depends on, but for the step. */
export function stateIdentity({ identity, states = [] }: Stateful, step: number): string {
  const { stopAt: _, config, ...others } = identity;
  return canonicalJson({ ...others, config: actingBefore(config, states, step) });
}

/** The name of a run's state before a step, but for the step: SHA-256 of its identity, in hex. */
export function stateKey(run: Stateful, step: number): string {
  return hash("sha256", stateIdentity(run, step), "hex");
}

/** The values of a config that states before a step depend on. */
function actingBefore(config: Config, states: RunStates, step: number): Config {
  const values: Record<string, HyperparameterValue> = {};
  for (const { from, keys } of states) {
    if (from >= step) break;
    for (const key of keys) values[key] = config[key];
  }
  return values;
}
