import type { Problem } from "../user_error.ts";
import type { Experiment, Halving } from "./experiment.ts";
import { longestRun } from "./halving.ts";
import type { YamlSource } from "./source/yaml_source.ts";

/** Finds why an experiment's runs cannot be stopped where its `successive_halving` would. */
export function halvingProblems(
  { cells, trainers }: Pick<Experiment, "cells" | "trainers">,
  { minSteps }: Pick<Halving, "minSteps">,
  source: YamlSource,
): Problem[] {
  const section = "successive_halving";
  const other = cells.find(({ trainer }) => !trainers.named(trainer).steps?.canStop);
  if (other) {
    const message = `Cannot use ${section}: runs of trainer ${other.trainer} cannot be stopped`;
    return [{ message, place: source.placeOfKey([section]) }];
  }
  const reject = (reason: string): Problem[] => {
    const path = [section, "min_steps"];
    const message = `Cannot use ${source.named(path)}: ${reason}`;
    return [{ message, place: source.place(path) }];
  };
  const longest = longestRun({ cells, trainers });
  if (minSteps >= longest) return reject(`no cell has more than ${longest} steps`);
  // A run that is stopped evaluates where the whole run does.
  for (const { trainer, config } of cells) {
    const key = trainers.named(trainer).steps?.evaluationKey;
    if (key === undefined || minSteps % Number(config[key]) === 0) continue;
    return reject(`it must be a multiple of ${key}, which is ${config[key]}`);
  }
  return [];
}
