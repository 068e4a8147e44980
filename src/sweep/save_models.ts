import { join } from "node:path";
import type { Dataset } from "../dataset/dataset.ts";
import { namesIn } from "../files/folders.ts";
import { makeResultFolder } from "../files/make_result_folder.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { countOf } from "../format_number.ts";
import { exportModel } from "../store/export_model.ts";
import { SAFETENSORS_ENDING } from "../store/safetensors.ts";
import type { StoredModel } from "../store/stored_model.ts";
import { trainingData } from "../trainers/training_data.ts";
import type { Trainers } from "../trainers/trainers.ts";
import type { PlannedRun } from "./planned_run.ts";

/** The folder of models in a report folder. */
export const MODELS_FOLDER = "models";

/** A run with a result, whose model is to be saved. */
export interface RunToSave {
  readonly run: Pick<PlannedRun, "key" | "cell" | "task">;
  /** Its result's. */
  readonly result: { readonly digest: string };
}

export interface SaveOptions<Run extends RunToSave> {
  /** Where to save them. It is made if it is missing. */
  readonly folder: string;
  /** If given, a folder that it must be in after all symbolic links are followed. */
  readonly within?: string;
  readonly trainers: Trainers;
  /** Absent if the runs have none. */
  readonly dataset?: Dataset;
  /** The model of a run, if there is one. */
  modelOf(run: Run): Promise<StoredModel | undefined>;
}

/** A model that was saved. */
export interface SavedModel extends RunToSave {
  readonly path: string;
}

export interface SavedModels {
  readonly saved: readonly SavedModel[];
  /** The runs that there is no model of. */
  readonly missing: readonly RunToSave[];
  /** Names of other models in the folder: predictions with the folder are means over these, too. */
  readonly others: readonly string[];
}

/**
 * Saves models of runs in a folder, each in a file with everything needed to predict with it: see
 * `exportModel()`. A file of the same name is replaced.
 *
 * @throws {UserError} If a file cannot be written; the exit code is 1.
 */
export async function saveModels<Run extends RunToSave>(
  runs: readonly Run[],
  { folder, within, trainers, dataset, modelOf }: SaveOptions<Run>,
): Promise<SavedModels> {
  const saved: SavedModel[] = [];
  const missing: RunToSave[] = [];
  for (const wanted of runs) {
    const { run, result } = wanted;
    const model = await modelOf(wanted);
    if (!model) {
      missing.push({ run, result });
      continue;
    }
    if (saved.length === 0) await makeResultFolder(folder, within);
    const { cell, task } = run;
    const data = dataset && await trainingData(trainers.named(cell.trainer), dataset, task);
    const path = join(folder, modelFileName(run));
    await writeFileAtomically(
      path,
      await exportModel(model, { task, cell: cell.name, dataset, data }),
    );
    saved.push({ run, result, path });
  }
  if (saved.length === 0) return { saved, missing, others: [] };
  const names = new Set(saved.map(({ run }) => modelFileName(run)));
  const others = (await namesIn(folder))
    .filter((name) => name.endsWith(SAFETENSORS_ENDING) && !names.has(name)).sort();
  return { saved, missing, others };
}

/** Says that a folder has models besides those that were saved. */
export function otherModelsText(folder: string, [first, ...rest]: readonly string[]): string {
  const more = rest.length > 0 ? ` and ${countOf(rest.length, "more")}` : "";
  return `${folder} has other models, too: ${first}${more}. Predictions with the whole folder are ` +
    "means over all of them";
}

/** Names that differ on every file system, even without regard to case, and need no quotes in a shell. */
const PLAIN_NAME = /^[a-z0-9][a-z0-9._=,+@-]{0,79}$/;

/** The name of a run's file: `l2_penalty=0.001_seed-3.safetensors`. */
export function modelFileName({ key, cell, task: { seed, fold } }: RunToSave["run"]): string {
  const plain = cell.name.replaceAll(/[^A-Za-z0-9._=,+@-]+/g, "_").slice(0, 80);
  const name = PLAIN_NAME.test(cell.name) ? cell.name : `${plain}_${key.slice(0, 8)}`;
  return `${name}_seed-${seed}${fold === undefined ? "" : `_fold-${fold}`}${SAFETENSORS_ENDING}`;
}
