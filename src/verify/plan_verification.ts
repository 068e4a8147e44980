import { join } from "node:path";
import type { Dataset } from "../dataset/dataset.ts";
import { readDataset } from "../dataset/read_dataset.ts";
import { keepCells } from "../experiment/cells/keep_cells.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { parseExperiment } from "../experiment/parse_experiment.ts";
import { planRuns } from "../sweep/plan_runs.ts";
import { asUserError } from "../files/as_user_error.ts";
import { isThere } from "../files/facts.ts";
import { whereLooked } from "../files/working_folder.ts";
import { trainerVersions } from "../trainers/trainer_named.ts";
import { UserError } from "../user_error.ts";
import type { Check } from "./check.ts";
import { matchStatedRuns, type StatedRuns } from "./stated_runs.ts";
import type { SweepFolder } from "./sweep_folder.ts";

/** The parts of a sweep's folder that can be computed again. */
export interface VerificationPlan extends StatedRuns {
  /** The experiment with only the cells that were trained to the end. */
  readonly experiment: Experiment;
  /** The experiment with all cells. */
  readonly whole: Experiment;
  readonly dataset: Dataset;
  /** A dataset or an experiment that does not belong to the folder, so no run can be computed. */
  readonly misfit?: Check;
}

/**
 * Finds the runs of a sweep's folder in its experiment, on the dataset that the experiment names or
 * on `datasetFile`.
 *
 * @throws {UserError} If the experiment is invalid, the dataset is missing, or another version of
 * the trainer made the folder: its results differ by design.
 */
export async function planVerification(
  folder: SweepFolder,
  datasetFile?: string,
): Promise<VerificationPlan> {
  const file = join(folder.folder, "experiment.yaml");
  const whole = parseExperiment(folder.experimentText, file);
  const experiment = finalistsOf(whole, folder);
  const problem = versionProblem(folder, experiment);
  if (problem !== undefined) throw new UserError(problem);

  const path = datasetFile ?? experiment.dataset.path;
  if (!await isDatasetThere(path)) throw new UserError(missingDataset(folder, path, datasetFile));
  const dataset = await readDataset(path, experiment.dataset.target);
  const { runs } = planRuns(experiment, dataset);
  const { stated, strays } = matchStatedRuns(runs, folder);
  const misfit = datasetMisfit(folder, path, dataset) ??
    (stated.length === 0 ? EXPERIMENT_MISFIT : undefined);
  return { experiment, whole, dataset, stated, strays, misfit };
}

/** The experiment without the cells that were stopped according to halving.csv. */
function finalistsOf(experiment: Experiment, { halving = [] }: SweepFolder): Experiment {
  if (!experiment.halving) return experiment;
  const stopped = new Set(halving.filter(({ isKept }) => !isKept).map(({ cell }) => cell));
  const left = experiment.cells.flatMap(({ name, index }) => {
    return stopped.has(name) && index !== experiment.baseline ? [] : [index];
  });
  return keepCells(experiment, left);
}

const EXPERIMENT_MISFIT: Check = {
  subject: "experiment.yaml",
  findings: [{ what: "It is another sweep's: runs.csv has none of its runs" }],
};

function versionProblem(
  { folder, manifest }: SweepFolder,
  { cells }: Experiment,
): string | undefined {
  const others = Object.entries(trainerVersions(cells)).flatMap(([name, now]) => {
    const then = manifest.trainers?.[name];
    return then === now ? [] : [`version ${then} of the ${name} trainer, and this is ${now}`];
  });
  if (others.length === 0) return undefined;
  const commit = manifest.git?.commit ? ` (commit ${manifest.git.commit})` : "";
  return `Cannot verify ${folder}: it was made by ${
    others.join("; ")
  }. Their numbers are others by ` +
    `design, and no difference in results; verify it with the regsweep that made it${commit}`;
}

async function isDatasetThere(path: string): Promise<boolean> {
  try {
    return await isThere(path);
  } catch (error) {
    throw asUserError(error, `Cannot read dataset ${path}`);
  }
}

function missingDataset({ manifest }: SweepFolder, path: string, given: string | undefined) {
  const message = `Cannot find dataset ${path}`;
  if (given !== undefined) return { message, hint: whereLooked(given) };
  const checksum = manifest.dataset?.checksum;
  return { message, hint: `if it is elsewhere, give --dataset FILE; its SHA-256 is ${checksum}` };
}

function datasetMisfit(
  { manifest }: SweepFolder,
  path: string,
  { checksum }: Dataset,
): Check | undefined {
  const expected = manifest.dataset?.checksum;
  if (expected === checksum) return undefined;
  const what = "It is not the sweep's dataset: its SHA-256 is another";
  return { subject: path, findings: [{ what, expected, actual: checksum }] };
}
