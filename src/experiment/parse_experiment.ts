import type { Standardization } from "../dataset/preparation_options.ts";
import type { Trainers } from "../trainers/trainers.ts";
import { UserError } from "../user_error.ts";
import { buildExperiment } from "./_build_experiment.ts";
import { BUILT_IN_ONLY, nameOwnTrainers } from "./_own_trainers.ts";
import type { Experiment, WrittenExperiment } from "./experiment.ts";
import type { ExperimentChanges } from "./overrides.ts";
import { settleAsFirstVersion } from "./settle_experiment.ts";
import { loadSource } from "./source/load_source.ts";

/**
 * Builds an experiment from its text, without its dataset: what it leaves open is decided as the first
 * version did.
 *
 * @param file What the user calls it; its folder is what the dataset's path is relative to.
 * @throws {UserError} If anything is wrong: every problem at once, each with its place.
 */
export function parseExperiment(
  text: string,
  file: string,
  overrides?: ExperimentChanges,
  trainers?: Trainers,
): Experiment {
  return settleAsFirstVersion(parseWritten(text, file, overrides, "global", trainers));
}

/**
 * The same for an experiment that may have trainers of its own, whose files are read.
 *
 * @throws {UserError} If anything is wrong: every problem at once, each with its place.
 */
export async function parseWithTrainers(text: string, file: string): Promise<Experiment> {
  const loaded = loadSource(text, file, readNothing, [file]);
  const named = loaded.source && await nameOwnTrainers(loaded.source);
  const { experiment, problems } = buildExperiment(loaded, file, {}, "global", named);
  if (!experiment) throw new UserError(problems);
  return settleAsFirstVersion(experiment);
}

/**
 * Builds an experiment from its text as far as that is possible without its dataset.
 *
 * @param assumed How features are standardized if the text does not say.
 * @throws {UserError} If anything is wrong: every problem at once, each with its place.
 */
export function parseWritten(
  text: string,
  file: string,
  overrides?: ExperimentChanges,
  assumed?: Standardization,
  trainers?: Trainers,
): WrittenExperiment {
  const loaded = loadSource(text, file, readNothing, [file]);
  const named = { ...BUILT_IN_ONLY, ...trainers && { trainers } };
  const { experiment, problems } = buildExperiment(loaded, file, overrides, assumed, named);
  if (!experiment) throw new UserError(problems);
  return experiment;
}

function readNothing(file: string): never {
  throw new UserError(
    `Cannot read ${file}: an experiment that is not a file cannot extend another`,
  );
}
