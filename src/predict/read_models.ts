import { join } from "node:path";
import { canonicalJson } from "../canonical_json.ts";
import { asUserError } from "../files/as_user_error.ts";
import { lookAtTarget } from "../files/facts.ts";
import { namesIn } from "../files/folders.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { countOf } from "../format_number.ts";
import { decodeExported, type ExportedModel } from "../store/exported_model.ts";
import { SAFETENSORS_ENDING } from "../store/safetensors.ts";
import { type Problem, UserError } from "../user_error.ts";

/** A model and its file. */
export interface ModelFile extends ExportedModel {
  readonly path: string;
}

/** Files of a folder that are named in a message. */
const MOST_SHOWN = 20;

/**
 * Reads an exported model, or all those of a folder, in the order of their names.
 *
 * @throws {UserError} If there is none, a file cannot be read or nothing can be predicted with it, or the
 * models have not learned from one table; every file's problem at once.
 */
export async function readModels(path: string): Promise<readonly [ModelFile, ...ModelFile[]]> {
  if (!lookAtTarget(path)?.isDirectory) return [await readModel(path)];
  const names = (await namesOf(path)).sort();
  const models: ModelFile[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    try {
      models.push(await readModel(join(path, name)));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) {
    const more = problems.length - MOST_SHOWN;
    const rest = more > 0 ? [{ message: `And ${countOf(more, "more file")}` }] : [];
    throw new UserError([...problems.slice(0, MOST_SHOWN), ...rest]);
  }
  const [first, ...others] = models;
  if (!first) throw await noModels(path);
  for (const other of others) checkSame(first, other);
  return [first, ...others];
}

async function readModel(path: string): Promise<ModelFile> {
  const read = async () => {
    try {
      return await readFile(path, { maxBytes: SIZE_LIMITS.model });
    } catch (error) {
      throw asUserError(error, `Cannot read ${path}`);
    }
  };
  const model = await decodeExported(await read());
  if (typeof model === "string") throw new UserError(`Cannot predict with ${path}: ${model}`);
  return { ...model, path };
}

async function namesOf(folder: string): Promise<string[]> {
  try {
    return (await namesIn(folder)).filter((name) => name.endsWith(SAFETENSORS_ENDING));
  } catch (error) {
    throw asUserError(error, `Cannot read ${folder}`);
  }
}

async function noModels(folder: string): Promise<UserError> {
  const inside = join(folder, "models");
  const has = (await namesOf(inside)).length > 0;
  return new UserError({
    message: `Cannot find a model in ${folder}: no file there ends with ${SAFETENSORS_ENDING}`,
    ...has && { hint: `${inside} has some` },
  });
}

/** @throws {UserError} If predictions of the two mean different things. */
function checkSame(a: ModelFile, b: ModelFile): void {
  const identity = ({ task, learned: { table, classes, sources } }: ModelFile) => {
    const columns = sources.map(({ untrained: _, ...source }) => source);
    return canonicalJson({ task, table, classes, columns });
  };
  if (identity(a) === identity(b)) return;
  throw new UserError(
    `Cannot take the mean of ${a.path} and ${b.path}: they have not learned from the same table in ` +
      "the same way",
  );
}
