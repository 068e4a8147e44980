import { UserError } from "../user_error.ts";
import { buildExperiment } from "./_build_experiment.ts";
import type { Experiment } from "./experiment.ts";
import type { Overrides } from "./overrides.ts";

/**
 * Builds an experiment from its text, without checking that its dataset exists.
 *
 * @param file What the user calls it; its folder is what the dataset's path is relative to.
 * @throws {UserError} If anything is wrong: every problem at once, each with its place.
 */
export function parseExperiment(text: string, file: string, overrides?: Overrides): Experiment {
  const { experiment, problems } = buildExperiment(text, file, overrides);
  if (!experiment) throw new UserError(problems);
  return experiment;
}
