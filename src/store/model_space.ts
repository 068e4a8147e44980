import type { TrainingState } from "../trainers/training_stage.ts";
import { BoundedFiles } from "./_bounded_files.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./_checkpoint_file.ts";
import { decodeModel, encodeModel, type StoredModel } from "./stored_model.ts";

const MODELS = "models";
const CHECKPOINTS = "checkpoints";

/** The most bytes that models and checkpoints may have together, by default. */
export const MODEL_SPACE = 2 ** 31;

export interface ModelSpaceOptions {
  /** The most bytes that models and checkpoints may have together; 0 keeps none. */
  readonly bytes: number;
  /** Called with a message for the user. */
  onProblem(message: string): void;
}

/**
 * What a store keeps of runs besides their records: final models, and checkpoints to go on from.
 *
 * All of it can be made again. A file that is missing, damaged or without room costs time, but is no
 * failure: `put()` and `get()` do not throw. See `BoundedFiles` for which files are removed to make room.
 * Nothing is read or listed before it is needed.
 */
export class ModelSpace {
  readonly models: Models;
  readonly checkpoints: Checkpoints;
  readonly #bytes: number;

  /** @param folder The store's. */
  constructor(folder: string, options: ModelSpaceOptions) {
    this.#bytes = options.bytes;
    const files = new BoundedFiles(folder, { ...options, folders: [MODELS, CHECKPOINTS] });
    this.models = new Models(files);
    this.checkpoints = new Checkpoints(files);
  }

  /** How much of what this process has put was not kept; undefined if everything was. */
  get notKept(): { space: number; models: number; checkpoints: number } | undefined {
    const [models, checkpoints] = [this.models.notKept, this.checkpoints.notKept];
    return models + checkpoints > 0 ? { space: this.#bytes, models, checkpoints } : undefined;
  }
}

/** Final models of runs, by the runs' keys. */
export class Models {
  readonly #files: BoundedFiles;

  constructor(files: BoundedFiles) {
    this.#files = files;
  }

  /** How many models that this process has put were not kept: not at all, or not to its end. */
  get notKept(): number {
    return this.#files.notKept(MODELS);
  }

  async put(model: StoredModel): Promise<void> {
    const [path, selected] = pathsOf(model.key);
    const isSelected = this.#files.has(selected);
    await this.#files.put(isSelected ? selected : path, await encodeModel(model));
  }

  /**
   * A run's model, if it is there: whole, and of a run with this digest.
   *
   * @param digest That of the run's result.
   */
  async get(key: string, digest: string): Promise<StoredModel | undefined> {
    for (const path of pathsOf(key)) {
      const bytes = await this.#files.get(path);
      if (!bytes) continue;
      const model = await decodeModel(bytes);
      if (typeof model === "string") this.#files.reject(path, model);
      else if (model.key !== key) this.#files.reject(path, `it is the model of run ${model.key}`);
      else if (model.digest === digest) return model;
    }
    return undefined;
  }

  /** Removes a run's models, which cannot be used, and says why. */
  reject(key: string, reason: string): void {
    for (const path of pathsOf(key)) if (this.#files.has(path)) this.#files.reject(path, reason);
  }

  /** Whether there is a model of a run, of any digest, as of a second ago. */
  has(key: string): boolean {
    const [folder, name] = placeOf(MODELS, key);
    const names = this.#files.names(folder);
    return names.has(`${name}.safetensors`) || names.has(`${name}.selected.safetensors`);
  }

  /** Marks those models of runs that are there as selected: they are removed last. */
  async select(keys: Iterable<string>): Promise<void> {
    for (const key of keys) {
      const [, name] = placeOf(MODELS, key);
      await this.#files.rename(pathsOf(key)[0], `${name}.selected.safetensors`);
    }
  }
}

/** States of trainings, by their step and a hash of everything that they depend on. */
export class Checkpoints {
  readonly #files: BoundedFiles;

  constructor(files: BoundedFiles) {
    this.#files = files;
  }

  /** As in `Models`. */
  get notKept(): number {
    return this.#files.notKept(CHECKPOINTS);
  }

  /** @param hash 64 hex digits. */
  async put(hash: string, state: TrainingState): Promise<void> {
    await this.#files.put(checkpointPath(hash, state.step), await encodeCheckpoint(hash, state));
  }

  /** The steps that there are checkpoints of, as of a second ago; ascending. */
  steps(hash: string): number[] {
    const [folder, name] = placeOf(CHECKPOINTS, hash);
    const steps: number[] = [];
    for (const found of this.#files.names(folder)) {
      if (found.startsWith(name)) steps.push(Number(found.split(".")[1]));
    }
    return steps.filter((step) => Number.isSafeInteger(step)).sort((a, b) => a - b);
  }

  /** A checkpoint, if it is there and whole. */
  async get(hash: string, step: number): Promise<TrainingState | undefined> {
    const path = checkpointPath(hash, step);
    const bytes = await this.#files.get(path);
    if (!bytes) return undefined;
    const state = await decodeCheckpoint(bytes, { hash, step });
    if (typeof state !== "string") return state;
    this.#files.reject(path, state);
    return undefined;
  }

  /** Removes a checkpoint that cannot be used, and says why. */
  reject(hash: string, step: number, reason: string): void {
    this.#files.reject(checkpointPath(hash, step), reason);
  }

  remove(hash: string, step: number): void {
    this.#files.remove(checkpointPath(hash, step));
  }
}

/** Where a run's model can be: unselected, or selected. */
function pathsOf(key: string): readonly [string, string] {
  const [folder, name] = placeOf(MODELS, key);
  return [`${folder}/${name}.safetensors`, `${folder}/${name}.selected.safetensors`];
}

function checkpointPath(hash: string, step: number): string {
  const [folder, name] = placeOf(CHECKPOINTS, hash);
  return `${folder}/${name}.${step}.safetensors`;
}

/** The folder of a file that is named by a hash, and how its name there begins. */
function placeOf(folder: string, hash: string): readonly [string, string] {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError(`${hash} is no SHA-256 in hex`);
  return [`${folder}/${hash.slice(0, 2)}`, hash.slice(2)];
}
