import { basename, join } from "node:path";
import { FileError } from "../files/file_error.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import { nearest } from "../nearest.ts";
import { answerOf } from "../report/answer_of.ts";
import type { Answer } from "../results/answer.ts";
import { analyze } from "../statistics/analyze.ts";
import { questionOf } from "../statistics/question.ts";
import { ModelSpace } from "../store/model_space.ts";
import { decodeModel, type StoredModel } from "../store/stored_model.ts";
import {
  modelFileName,
  MODELS_FOLDER,
  type RunToSave,
  type SavedModels,
  saveModels,
} from "../sweep/save_models.ts";
import { reportsAround, sweepFolders } from "../sweep/sweep_folders.ts";
import type { Trainer } from "../trainers/trainer.ts";
import { UserError } from "../user_error.ts";
import { readImportFolder } from "./import_folder.ts";
import { type GivenFiles, planVerification } from "./plan_verification.ts";
import { readSweepFolder, type SweepFolder } from "./sweep_folder.ts";

export interface ExportOptions extends GivenFiles {
  /** Names of cells; the one that the sweep advises to use if there are none. */
  readonly cells?: readonly string[];
  /** Where to save them; the report folder's own folder of models if not given. */
  readonly out?: string;
  /** Called with a message for the user. */
  onProblem(message: string): void;
}

export interface ExportedModels extends SavedModels {
  /** What the sweep answers, and so which cell it advises to use. */
  readonly answer: Answer;
  /** The cell with the best mean, which need not be shown to be better than the baseline. */
  readonly best?: string;
  /** The trainers of the runs. */
  readonly trainers: readonly Trainer[];
}

/**
 * Exports the models of all completed runs of some of a sweep's cells. They come from the store beside
 * the report folder, or were saved in the report folder before.
 *
 * @throws {UserError} If the folder does not hold a sweep, another version of a trainer made it, its
 * dataset is missing, there is no such cell, or a file cannot be written.
 */
export async function exportModels(
  path: string,
  { cells: given = [], out, onProblem, ...files }: ExportOptions,
): Promise<ExportedModels> {
  if (await readImportFolder(path)) {
    throw new UserError(`Cannot export models of ${path}: its runs were imported, without models`);
  }
  const folder = await readSweepFolder(path);
  const { cells: summaries, comparisons, selection } = analyze(
    folder.runs,
    questionOf(folder.manifest),
  );
  const answer = answerOf({ ...folder, cells: summaries, comparisons });
  const cells = new Set(given.length > 0 ? given : [answer.use?.cell]);
  checkCells(folder, given);
  const plan = await planVerification(folder, files, "export models of");
  if ("misfit" in plan) {
    const { subject, findings: [{ what }] } = plan.misfit;
    throw new UserError(`Cannot export models of ${path}: ${subject}: ${what}`, 1);
  }
  const runs = plan.stated.flatMap(({ run, row }): RunToSave[] => {
    const { cell, status, digest } = row;
    const isWanted = cells.has(cell) && status === "completed" && digest !== undefined;
    return isWanted ? [{ run, result: { digest } }] : [];
  });
  if (runs.length === 0) {
    throw new UserError(`Cannot export models of ${path}: no run completed`, 1);
  }
  const { store } = sweepFolders(await reportsAround(path), { name: basename(path) });
  const space = new ModelSpace(store, { bytes: 0, onProblem });
  const models = await saveModels(runs, {
    ...out === undefined ? { folder: join(path, MODELS_FOLDER), within: path } : { folder: out },
    trainers: plan.whole.trainers,
    dataset: plan.dataset,
    modelOf: async ({ run, result: { digest } }) => {
      return await space.models.get(run.key, digest) ?? await savedModel(path, { run, digest });
    },
  });
  const names = runs.map(({ run }) => run.cell.trainer);
  const trainers = plan.whole.trainers.select(new Set(names));
  return { ...models, answer, ...selection && { best: selection.best }, trainers };
}

/** @throws {UserError} If there is no such cell. */
function checkCells({ manifest, folder }: SweepFolder, cells: readonly string[]): void {
  const names = manifest.experiment.cells.map(({ name }) => name);
  const problems = cells.filter((cell) => !names.includes(cell)).map((cell) => {
    const near = nearest(cell, names);
    const hint = near === undefined
      ? `its names are in ${join(folder, "cells.csv")}`
      : `did you mean "${near}"?`;
    return { message: `Cannot use --cell ${cell}: the sweep has no such cell`, hint };
  });
  if (problems.length > 0) throw new UserError(problems);
}

/** A model that was saved in a report folder, if it is there, whole, and the run's. */
async function savedModel(
  folder: string,
  { run, digest }: { readonly run: RunToSave["run"]; readonly digest: string },
): Promise<StoredModel | undefined> {
  try {
    const path = join(folder, MODELS_FOLDER, modelFileName(run));
    const model = await decodeModel(
      await readFile(path, { maxBytes: SIZE_LIMITS.model, within: folder }),
    );
    if (typeof model === "string") return undefined;
    return model.key === run.key && model.digest === digest ? model : undefined;
  } catch (error) {
    if (error instanceof FileError || systemReason(error) !== undefined) return undefined;
    throw error;
  }
}
