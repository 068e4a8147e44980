import { join } from "node:path";
import type { Dataset } from "../dataset/dataset.ts";
import { parseDataset } from "../dataset/parse_dataset.ts";
import { readDatasetBytes, readTestFile } from "../dataset/read_dataset.ts";
import { keepCells } from "../experiment/cells/keep_cells.ts";
import type { DatasetOptions, Experiment } from "../experiment/experiment.ts";
import { parseWithTrainers } from "../experiment/parse_experiment.ts";
import { replicateCount } from "../experiment/replicates.ts";
import { parseYaml } from "../experiment/source/parse_yaml.ts";
import { asUserError } from "../files/as_user_error.ts";
import { isThere } from "../files/facts.ts";
import { whereLooked } from "../files/working_folder.ts";
import { countOf, formatCount } from "../format_number.ts";
import { listWords } from "../list_words.ts";
import type { Manifest } from "../results/manifest.ts";
import { isCopyName } from "../results/own_copies.ts";
import { OTHER_FILES } from "../results/result_files.ts";
import { sha256 } from "../sha256.ts";
import { checkMemory } from "../sweep/check_memory.ts";
import { planRuns } from "../sweep/plan_runs.ts";
import { runShape } from "../sweep/run_shape.ts";
import { runsOfLooks } from "../sweep/train_looks.ts";
import { trainableOn } from "../sweep/trainable_on.ts";
import type { Trainer } from "../trainers/trainer.ts";
import { UserError } from "../user_error.ts";
import { type Check, passes } from "./check.ts";
import { checkFile } from "./check_files.ts";
import { checkKeptTrainers } from "./check_kept_trainers.ts";
import { replaySearch } from "./replay_search.ts";
import { hasResult, matchStatedRuns, type StatedRuns } from "./stated_runs.ts";
import type { SweepFolder } from "./sweep_folder.ts";

/** The most runs that are listed as missing in runs.csv. */
const MOST_MISSING = 10_000;

/** The parts of a sweep's folder that can be computed again. */
export interface VerificationPlan extends StatedRuns {
  /** The experiment with only the cells that were trained to the end. */
  readonly experiment: Experiment;
  /** The experiment with all cells. */
  readonly whole: Experiment;
  /** Absent if the experiment has none. */
  readonly dataset?: Dataset;
}

/** Where a dataset's files are, if not where the experiment says. */
export interface GivenFiles {
  readonly dataset?: string;
  /** The file of its test rows. */
  readonly test?: string;
}

/** A dataset or an experiment that does not belong to a folder, so that no run can be computed. */
export interface Misfit {
  readonly misfit: Check;
}

/**
 * Finds the runs of a sweep's folder in its experiment, on the files that the experiment names or on
 * those given.
 *
 * Nothing of a file with another checksum than the sweep's dataset is parsed, because messages can
 * quote what is wrong with it, and whoever made the folder chose its path.
 *
 * @param verb What is done with the folder, for messages.
 * @throws {UserError} If the experiment is invalid or extends another file, the dataset is missing,
 * another version of the trainer made the folder (its results differ by design), or a run needs more
 * memory than kernels can have.
 */
export async function planVerification(
  folder: SweepFolder,
  given: GivenFiles = {},
  verb = "verify",
): Promise<VerificationPlan | Misfit> {
  const changed = await changedCopy(folder);
  if (changed) return { misfit: changed };
  const kept = await parseKeptExperiment(folder);
  const finalists = finalistsOf(kept, folder);
  const otherVersion = versionMisfit(folder, finalists, verb);
  if (otherVersion) return { misfit: otherVersion };

  if (!kept.dataset) checkNoneGiven(given);
  else if (!folder.manifest.dataset) return { misfit: UNSTATED_DATASET };
  const read = kept.dataset && await rightDataset(folder, kept.dataset, given);
  if (read && "misfit" in read) return read;
  const dataset = read?.dataset;
  const whole = kept.search ? replaySearch(kept, folder, await trainableOn(kept, dataset)) : kept;
  const experiment = whole === kept ? finalists : finalistsOf(whole, folder);
  const laterVersion = whole === kept ? undefined : versionMisfit(folder, experiment, verb);
  if (laterVersion) return { misfit: laterVersion };
  const tooMany = excessOfRuns(experiment, folder);
  if (tooMany) return { misfit: tooMany };
  const { unfinished } = folder.manifest;
  const { runs: all } = planRuns(experiment, dataset, unfinished?.rung);
  // A cell that was decided early has fewer seeds: the looks at what the folder has say how many.
  const { runs } = experiment.looks
    ? await runsOfLooks(all, folder.runs, { experiment, dataset })
    : { runs: all };
  const isUnfinished = unfinished !== undefined;
  const { stated, strays } = matchStatedRuns(runs, folder, { isUnfinished });
  if (stated.length === 0) return { misfit: EXPERIMENT_MISFIT };
  // With successive halving, runs of every cell are trained again.
  const trained = whole.halving ? whole.cells : stated.filter(hasResult).map(({ run }) => run.cell);
  await checkMemory(whole, runShape(whole, dataset), [...new Set(trained)]);
  return { experiment, whole, dataset, stated, strays };
}

/** The first copy of an own trainer's file that is not what the manifest says. */
async function changedCopy(folder: SweepFolder): Promise<Check | undefined> {
  for (const name of Object.keys(folder.manifest.files).filter(isCopyName)) {
    const check = await checkFile(folder, name);
    if (!passes(check)) return check;
  }
  return undefined;
}

/** @throws {UserError} If files of a dataset are given for an experiment that has none. */
function checkNoneGiven({ dataset, test }: GivenFiles): void {
  const [option, file] = dataset === undefined ? ["test", test] : ["dataset", dataset];
  if (file === undefined) return;
  throw new UserError(`Cannot use --${option} ${file}: the sweep has no dataset`);
}

const UNSTATED_DATASET: Check = {
  subject: OTHER_FILES.experiment.name,
  findings: [{ what: "It has a dataset, manifest.json does not" }],
};

/** Reads the dataset of a sweep, if the files are those that it was made with. */
async function rightDataset(
  folder: SweepFolder,
  options: DatasetOptions,
  given: GivenFiles,
): Promise<{ readonly dataset: Dataset } | Misfit> {
  const { path, testPath } = filesOf(options, given);
  await checkIsThere(folder, path, given);
  if (testPath !== undefined) await checkIsThere(folder, testPath, given, "test");
  const bytes = await readDatasetBytes(path);
  const misfit = datasetMisfit(folder, path, await sha256(bytes));
  if (misfit) return { misfit };
  const { test } = await readTestFile({ testPath });
  const testMisfit = test && datasetMisfit(folder, test.file, await sha256(test.bytes), "test");
  if (testMisfit) return { misfit: testMisfit };
  return { dataset: await parseDataset(bytes, path, options, { test }) };
}

/**
 * Parses the experiment in a sweep's folder. Sweeps keep it whole, without `extends`: that could
 * name any file, which messages would quote.
 */
async function parseKeptExperiment(
  { folder, experimentText, manifest }: SweepFolder,
): Promise<Experiment> {
  const file = join(folder, OTHER_FILES.experiment.name);
  const { source } = parseYaml(experimentText, file);
  if (source?.document.has("extends")) {
    const message = "Cannot verify an experiment that extends another file";
    throw new UserError({ message, place: source.place(["extends"]) }, 1);
  }
  if (source) checkKeptTrainers(source, { manifest });
  return await parseWithTrainers(experimentText, file);
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

/** Finds that an experiment has so many more runs than runs.csv that listing them takes long. */
function excessOfRuns(
  experiment: Experiment,
  { runs, manifest: { unfinished } }: Pick<SweepFolder, "runs" | "manifest">,
): Check | undefined {
  const count = experiment.cells.length * replicatesOfAll(experiment);
  if (count <= (unfinished?.planned ?? runs.length) + MOST_MISSING) return undefined;
  const what = `It has ${countOf(count, "run")}, runs.csv has ${formatCount(runs.length)}`;
  return { subject: OTHER_FILES.experiment.name, findings: [{ what }] };
}

/** How many runs every cell has at least. */
function replicatesOfAll(experiment: Experiment): number {
  const { seeds, looks = [seeds.length] } = experiment;
  return replicateCount(experiment) / seeds.length * looks[0];
}

const EXPERIMENT_MISFIT: Check = {
  subject: "experiment.yaml",
  findings: [{ what: "It is another sweep's: runs.csv has none of its runs" }],
};

/** @throws {UserError} If another version of a trainer made the folder. */
function versionMisfit(
  folder: SweepFolder,
  experiment: Experiment,
  verb: string,
): Check | undefined {
  const problem = versionProblem(folder, experiment, verb);
  if (problem !== undefined) throw new UserError(problem);
  return ownVersionMisfit(folder, experiment);
}

function versionProblem(
  { folder, manifest }: SweepFolder,
  { cells, trainers }: Experiment,
  verb: string,
): string | undefined {
  const others = Object.entries(trainers.versionsOf(cells)).flatMap(([name, now]) => {
    const then = manifest.trainers[name];
    const packages = otherPackages(trainers.named(name), manifest);
    if (packages) return [packages];
    if (then === now || trainers.named(name).own) return [];
    return [
      `${then ? `version ${then}` : "no version"} of trainer ${name}; this is version ${now}`,
    ];
  });
  if (others.length === 0) return undefined;
  const commit = manifest.git.commit ? ` (commit ${manifest.git.commit})` : "";
  return `Cannot ${verb} ${folder}: it was made by ${
    others.join(", and by ")
  }. Versions differ in ` +
    `their results by design; ${verb} it with the regsweep that made it${commit}`;
}

/** The packages of a module that the sweep had in other versions, in words. */
function otherPackages({ name, own }: Trainer, manifest: Manifest): string | undefined {
  if (own?.kind !== "module") return undefined;
  const { packages = [] } = manifest.own?.find((trainer) => trainer.name === name) ?? {};
  const others = packages.filter((specifier) => !own.packages.includes(specifier));
  if (others.length === 0) return undefined;
  const now = own.packages.filter((specifier) => !packages.includes(specifier));
  return `trainer ${name} with ${listWords(others, "and")}; here it has ${listWords(now, "and")}`;
}

/** Finds that the code of an own trainer, or what the experiment says of it, was changed. */
function ownVersionMisfit(
  { manifest }: SweepFolder,
  { cells, trainers }: Experiment,
): Check | undefined {
  for (const [name, now] of Object.entries(trainers.versionsOf(cells))) {
    const then = manifest.trainers[name];
    if (!trainers.named(name).own || then === now) continue;
    const what = "Its version is not that in manifest.json";
    const expected = then === undefined ? undefined : String(then);
    return { subject: `trainer ${name}`, findings: [{ what, expected, actual: String(now) }] };
  }
  return undefined;
}

/** @throws {UserError} If a file of test rows is given, and the experiment has none. */
function filesOf(
  { path, testPath }: Pick<DatasetOptions, "path" | "testPath">,
  given: GivenFiles,
): { readonly path: string; readonly testPath?: string } {
  if (testPath === undefined && given.test !== undefined) {
    throw new UserError(`Cannot use --test ${given.test}: the sweep has no file of test rows`);
  }
  return {
    path: given.dataset ?? path,
    ...testPath !== undefined && { testPath: given.test ?? testPath },
  };
}

/** @throws {UserError} If there is no such file, with its checksum and the option that says where it is. */
async function checkIsThere(
  { manifest }: SweepFolder,
  path: string,
  given: GivenFiles,
  part: "dataset" | "test" = "dataset",
): Promise<void> {
  const what = part === "dataset" ? "dataset" : "test rows";
  try {
    if (await isThere(path)) return;
  } catch (error) {
    throw asUserError(error, `Cannot read ${what} ${path}`);
  }
  const message = `Cannot find ${what} ${path}`;
  if (given[part] !== undefined) throw new UserError({ message, hint: whereLooked(path) });
  const { checksum, testChecksum } = manifest.dataset ?? {};
  const expected = part === "dataset" ? checksum : testChecksum;
  const hint = `if it is elsewhere, give --${part} FILE; its SHA-256 is ${expected}`;
  throw new UserError({ message, hint });
}

function datasetMisfit(
  { manifest }: SweepFolder,
  path: string,
  checksum: string,
  part: "all" | "test" = "all",
): Check | undefined {
  const { dataset } = manifest;
  const expected = part === "all" ? dataset?.checksum : dataset?.testChecksum;
  if (expected === checksum) return undefined;
  const file = part === "all" ? "dataset" : "file of test rows";
  const what = `It is not the sweep's ${file}: its SHA-256 is another`;
  return { subject: path, findings: [{ what, expected, actual: checksum }] };
}
