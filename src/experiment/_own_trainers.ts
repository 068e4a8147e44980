import { dirname } from "node:path";
import { DefinitionError } from "../trainers/definition_error.ts";
import { ownTrainer } from "../trainers/own_trainer.ts";
import type { TrainerName } from "../trainers/trainer.ts";
import { BUILT_IN, Trainers } from "../trainers/trainers.ts";
import { type Place, type Problem, UserError } from "../user_error.ts";
import { isMap, isScalar } from "../yaml.ts";
import type { WrittenTrainer } from "./experiment.ts";
import { pathFrom } from "./source/load_source.ts";
import {
  patternTexts,
  selectedTrainerNodes,
  type TrainerNode,
  trainerNodes,
} from "./source/trainer_nodes.ts";
import type { NodePath, YamlSource } from "./source/yaml_source.ts";

/** The trainers that an experiment may name. */
export interface NamedTrainers {
  /** The built-in ones, and the experiment's own after them. */
  readonly trainers: Trainers;
  /** Its own ones, in the order of the file. */
  readonly own: readonly WrittenTrainer[];
  /** The names of modules, by their paths as written. */
  readonly names: ReadonlyMap<string, TrainerName>;
  readonly problems: readonly Problem[];
}

/** What an experiment without trainers of its own may name. */
export const BUILT_IN_ONLY: NamedTrainers = {
  trainers: BUILT_IN,
  own: [],
  names: new Map(),
  problems: [],
};

/** A trainer that was read, with the place that names it first. */
interface ReadTrainer extends WrittenTrainer {
  readonly place: Place;
}

/** Whether a text stands for a module: names of trainers have no slash and no dot. */
function isModulePath(text: string): boolean {
  return text.includes("/") || /\.m?[jt]s$/.test(text);
}

/**
 * Reads the trainers of its own that an experiment names, and puts their names where the document has paths
 * and mappings; what is wrong with one stays as it is.
 *
 * Modules are evaluated in a thread without permissions, and programs are not started.
 */
export async function nameOwnTrainers(source: YamlSource): Promise<NamedTrainers> {
  const reader = new TrainerReader(source);
  for (const node of trainerNodes(source.document)) await reader.read(node);
  const { own, names, problems } = reader;
  if (problems.length > 0 || own.length === 0) return { ...BUILT_IN_ONLY, problems };
  for (const { node } of selectedTrainerNodes(source.document)) {
    if (isScalar(node)) node.value = names.get(String(node.value)) ?? node.value;
  }
  for (const { node } of patternTexts(source.document)) {
    if (isScalar(node)) node.value = withNames(String(node.value), names);
  }
  const trainers = new Trainers([...BUILT_IN.all, ...own.map(({ trainer }) => trainer)]);
  return { trainers, own, names, problems };
}

/** A pattern in one line or a cell's name, with names of trainers in place of their paths. */
export function withNames(pattern: string, names: ReadonlyMap<string, TrainerName>): string {
  return pattern.replace(
    /(^|\s)(trainer\s*!?=\s*)([^\s=<>!]+)/g,
    (all, before, comparison, path) => {
      const name = names.get(path);
      return name === undefined ? all : `${before}${comparison}${name}`;
    },
  );
}

class TrainerReader {
  readonly problems: Problem[] = [];
  readonly names = new Map<string, TrainerName>();
  readonly #source: YamlSource;
  readonly #read = new Map<TrainerName, ReadTrainer>();
  /** By where a module is, and by a program's definition: an experiment can name one several times. */
  readonly #known = new Map<string, Promise<WrittenTrainer>>();

  constructor(source: YamlSource) {
    this.#source = source;
  }

  get own(): readonly WrittenTrainer[] {
    return [...this.#read.values()];
  }

  async read({ node, path, replace }: TrainerNode): Promise<void> {
    const { file } = this.#source.originOf(path);
    const place = this.#source.place(path);
    if (isMap(node)) {
      const definition: Readonly<Record<string, unknown>> = node.toJS(this.#source.document);
      const base = dirname(file);
      const key = JSON.stringify([base, definition]);
      const read = await this.#readOnce(key, path, async () => {
        // Read by few experiments, so that the others need not load what reads them.
        const { readProgram } = await import("../trainers/command/read_program.ts");
        return { trainer: ownTrainer(await readProgram(definition, base)), mapping: node };
      });
      if (read && this.#add(read, place)) {
        replace(this.#source.standIn(node, read.trainer.name));
      }
    } else if (isScalar(node) && typeof node.value === "string" && isModulePath(node.value)) {
      const written = node.value;
      const module = pathFrom(file, written);
      const read = await this.#readOnce(module, path, async () => {
        const { readModule } = await import("../trainers/module/read_module.ts");
        return { trainer: ownTrainer(await readModule(module)) };
      });
      if (!read || !this.#add(read, place)) return;
      this.names.set(written, read.trainer.name);
      node.value = read.trainer.name;
    }
  }

  /** Reads a trainer unless it is known; undefined if anything is wrong with it. */
  async #readOnce(
    key: string,
    path: NodePath,
    read: () => Promise<WrittenTrainer>,
  ): Promise<WrittenTrainer | undefined> {
    const known = this.#known.get(key);
    const reading = known ?? read();
    this.#known.set(key, reading);
    try {
      return await reading;
    } catch (error) {
      // What is wrong with it is said once.
      if (!known) this.problems.push(...this.#problemsOf(error, path));
      return undefined;
    }
  }

  #problemsOf(error: unknown, path: NodePath): Problem[] {
    if (error instanceof UserError) {
      const place = this.#source.place(path);
      return error.problems.map((problem) => ({ place, ...problem }));
    }
    if (!(error instanceof DefinitionError)) throw error;
    return error.problems.map(({ path: inner, isAboutKey, message, hint }) => {
      const whole = [...path, ...inner];
      const isThere = inner.length > 0 && this.#source.has(whole);
      const place = isThere && !isAboutKey
        ? this.#source.place(whole)
        : this.#source.placeOfKey(isThere ? whole : path);
      return { message, place, hint };
    });
  }

  /** Adds a trainer; false if its name is taken, also if one differs from it in case only. */
  #add({ trainer, mapping }: WrittenTrainer, place: Place): boolean {
    const { name } = trainer;
    const same = this.#read.get(name);
    if (same?.trainer.version === trainer.version) return true;
    const other = same ??
      this.#read.values().find(({ trainer }) => trainer.name.toLowerCase() === name.toLowerCase());
    if (!other && !BUILT_IN.has(name)) {
      this.#read.set(name, { trainer, ...mapping && { mapping }, place });
      return true;
    }
    const reason = other && !same
      ? `it differs from ${other.trainer.name} in case only, and both would share a folder of ` +
        "copies on some file systems"
      : "another has the same name";
    const hint = other
      ? `${same ? "it" : "the other"} is on line ${other.place.line} of ${other.place.file}`
      : "it is one of regsweep's own";
    this.problems.push({ message: `Cannot use trainer ${name}: ${reason}`, place, hint });
    return false;
  }
}
