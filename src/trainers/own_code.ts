import type { Task } from "../measures/measure.ts";
import type { Hyperparameter } from "./hyperparameter.ts";

/**
 * The code of a trainer that is a user's own. It is plain data: it can be sent to a worker, written into
 * a chunk of a submission, and hashed.
 */
export type OwnCode = ModuleCode | ProgramCode;

/** What own trainers have in common, whatever they are written in. */
interface Described {
  readonly name: string;
  /** SHA-256, in hex, over everything that determines what the code does. */
  readonly version: string;
  /** Empty if it needs no dataset. */
  readonly tasks: readonly Task[];
  readonly hyperparameters: readonly Hyperparameter[];
}

/** A file of an own trainer, as it was read. */
export interface OwnFile {
  /** Relative to the trainer's folder, with slashes: `ridge.ts`, `lib/solve.ts`. */
  readonly path: string;
  /** SHA-256 of its bytes, in hex. */
  readonly checksum: string;
}

/** A file of a module, with its text. */
export interface ModuleFile extends OwnFile {
  readonly text: string;
  /** What it imports of the module's other files, in the text's order; packages are not in it. */
  readonly imports: readonly ModuleImport[];
  /** The packages that it imports, as it names them: `zod/mini`. */
  readonly packages: readonly string[];
}

/** Where a file imports another. */
export interface ModuleImport {
  /** Where the specifier starts in the text, its quote included, and where it ends. */
  readonly start: number;
  readonly end: number;
  /** The `path` of the file that it means. */
  readonly path: string;
}

/** A module with its text and that of all it imports: what runs is what was hashed. */
export interface ModuleCode extends Described {
  readonly kind: "module";
  /** The folder of the entry, as users see it in messages. */
  readonly folder: string;
  /** The entry first; each after it is imported by one before it. */
  readonly files: readonly ModuleFile[];
  /** The packages that it imports, each with its version: `simple-statistics@7.8.8`. */
  readonly packages: readonly string[];
  /** What it may use although its results may then depend on the engine. */
  readonly allow: readonly "math"[];
  /** Present if it predicts rows from parameters alone, so that models can be scored without training. */
  readonly predicts?: true;
}

/** A program: how it is started, and the files that make it what it is. */
export interface ProgramCode extends Described {
  readonly kind: "program";
  readonly command: readonly string[];
  /** Where it is started, and what `files` are relative to; absolute. */
  readonly folder: string;
  readonly files: readonly OwnFile[];
  /** Variables that it gets besides the few that every program gets. */
  readonly env: Readonly<Record<string, string>>;
  /** How long a run may take; as long as other trainers' if absent. */
  readonly timeoutSeconds?: number;
  /** How often a run that fails is tried again. */
  readonly retries: number;
  /** False: running it again may give other results. */
  readonly deterministic: boolean;
}
