import { basename, dirname, join } from "node:path";
import type { Standardization } from "../dataset/preparation_options.ts";
import { namesInSync } from "../files/folders.ts";
import { checkFile, readFileSync } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import { whereLooked } from "../files/working_folder.ts";
import { nearest } from "../nearest.ts";
import type { TrainerName } from "../trainers/trainer.ts";
import type { Trainers } from "../trainers/trainers.ts";
import { type Problem, UserError } from "../user_error.ts";
import { buildExperiment, type BuiltExperiment, type DatasetFile } from "./_build_experiment.ts";
import { nameOwnTrainers } from "./_own_trainers.ts";
import { chooseTable, tablesIn } from "./collection/tables_in.ts";
import type { WrittenExperiment } from "./experiment.ts";
import type { ExperimentChanges } from "./overrides.ts";
import { trainersIn } from "./schema/trainers_in.ts";
import { loadSource } from "./source/load_source.ts";
import { isMapping } from "./source/mapping.ts";
import { problemsInOrder } from "./source/problems_in_order.ts";

/** An experiment's text that is in no file. */
export interface ExperimentText {
  readonly text: string;
  /** The file that it could be in: messages name it, and paths start from its folder. */
  readonly file: string;
}

/**
 * Reads an experiment file, once, and builds its experiment; `openExperiment()` reads its dataset, too.
 *
 * @param source The file, or the text that it would have.
 * @param assumed How features are standardized if the file does not say.
 * @throws {UserError} If anything is wrong with it or its dataset is missing: every problem at once,
 * each with its place.
 */
export async function readExperiment(
  source: string | ExperimentText,
  overrides?: ExperimentChanges,
  assumed?: Standardization,
): Promise<WrittenExperiment> {
  const { file, text } = textOf(source);
  const loaded = loadSource(text, file, readText, [file]);
  const collection = loaded.source && chooseTable(loaded.source, overrides ?? {});
  // The option names the collection; its experiments have the names of their tables.
  const others = collection === undefined ? overrides : { ...overrides, name: undefined };
  const named = loaded.source && await nameOwnTrainers(loaded.source);
  const built = buildExperiment(loaded, file, others, assumed, named);
  const { experiment, problems, dataset } = built;
  const all = problemsInOrder([...problems, ...await datasetProblems(dataset)]);
  if (!experiment || all.length > 0) throw new UserError(all);
  return collection === undefined ? experiment : { ...experiment, collection };
}

/** An experiment's text, and the names of its tables. */
export interface TablesText extends ExperimentText {
  readonly tables: readonly string[];
}

/**
 * Reads no more of an experiment file than which tables it has; undefined if it has no `datasets:`.
 *
 * @throws {UserError} If the file cannot be read, or the list is wrong.
 */
export function readTables(source: string | ExperimentText): TablesText | undefined {
  const { file, text } = textOf(source);
  const loaded = loadSource(text, file, readText, [file]);
  const tables = loaded.source && tablesIn(loaded.source);
  return tables && { file, text, tables };
}

function textOf(source: string | ExperimentText): ExperimentText {
  return typeof source === "string" ? { file: source, text: readText(source) } : source;
}

/** The trainers that an experiment may name, and the names of those whose hyperparameters it may have. */
interface ExperimentTrainers {
  readonly trainers: Trainers;
  readonly names: readonly TrainerName[];
}

/**
 * Reads no more of an experiment file than which trainers it has.
 *
 * @throws {UserError} If it is no YAML, or a trainer of its own is wrong.
 */
export async function readTrainersOf(file: string): Promise<ExperimentTrainers> {
  const { source, problems } = loadSource(readText(file), file, readText, [file]);
  const named = source && await nameOwnTrainers(source);
  if (!named || named.problems.length > 0) {
    throw new UserError(problemsInOrder([...problems, ...named?.problems ?? []]));
  }
  const { trainers } = named;
  const names = isMapping(source.value) ? trainersIn(source.value, trainers) : [];
  return { trainers, names: names.length > 0 ? names : trainers.names };
}

function readText(file: string): string {
  try {
    const bytes = readFileSync(file, { maxBytes: SIZE_LIMITS.experiment });
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UserError(notFound(file));
    const reason = error instanceof TypeError ? "it is not UTF-8 text" : systemReason(error);
    throw reason ? new UserError(`Cannot read ${file}: ${reason}`) : error;
  }
}

function notFound(file: string): Problem {
  const message = `Cannot find ${file}`;
  try {
    const suggestion = nearest(basename(file), namesInSync(dirname(file)).sort());
    if (suggestion !== undefined) {
      return { message, hint: `did you mean ${join(dirname(file), suggestion)}?` };
    }
  } catch {
    // The folder is missing, too.
  }
  return { message, hint: whereLooked(file) };
}

async function datasetProblems(dataset: BuiltExperiment["dataset"]): Promise<Problem[]> {
  if (!dataset) return [];
  return [
    ...await fileProblems(dataset, "dataset"),
    ...dataset.test ? await fileProblems(dataset.test, "test rows") : [],
  ];
}

async function fileProblems(
  { path, place, start }: Pick<DatasetFile, "path" | "place" | "start">,
  what: string,
): Promise<Problem[]> {
  try {
    await checkFile(path, { maxBytes: SIZE_LIMITS.dataset });
    return [];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return [{ message: `Cannot find ${what} ${path}`, place, hint: start }];
    }
    const reason = systemReason(error);
    if (!reason) throw error;
    return [{ message: `Cannot read ${what} ${path}: ${reason}`, place }];
  }
}
