import { dirname, isAbsolute, join } from "node:path";
import type { Node, YAMLMap } from "yaml";
import { isMap, isScalar } from "yaml";
import { type Problem, UserError } from "../../user_error.ts";
import { fixElsewhere } from "./fix_hyperparameter.ts";
import type { Mapping } from "./mapping.ts";
import { parseYaml } from "./parse_yaml.ts";
import { sweptKeys } from "./swept_keys.ts";
import type { YamlSource } from "./yaml_source.ts";

/**
 * Reads the text of a file that an experiment extends.
 *
 * @throws {UserError} If it cannot be read.
 */
export type ReadText = (file: string) => string;

type Map = YAMLMap<Node, Node | null>;

export interface LoadedSource {
  /** The experiment with what it extends merged into it, as far as that can be checked. */
  readonly source?: YamlSource;
  readonly problems: readonly Problem[];
  /** The files that it extends, the nearest first. */
  readonly extended: readonly string[];
}

/** Files that an experiment may extend, one by the other. */
const LONGEST_CHAIN = 10;
/** Sections that an extending file may change in parts; it replaces others as a whole. */
const MERGED_SECTIONS = ["dataset", "fixed", "launcher"];
/** What is about the cells of a grid, and follows it. */
const SECTIONS_OF_GRID = ["grid", "exclude", "only", "baseline"];
/** What a file says of itself alone. */
const OWN_SECTIONS = ["name", "description", "extends"];

/**
 * Parses an experiment and merges what it extends into it.
 *
 * The file's own words count. `dataset`, `fixed` and `launcher` are merged key by key, other sections
 * as a whole; `name` and `description` are no one else's. A file with a grid has its own `exclude`,
 * `only` and `baseline`, too. What it sweeps is no longer fixed, and what it fixes no longer swept.
 *
 * @param chain The files that extend this one, and this one.
 */
export function loadSource(
  text: string,
  label: string,
  read: ReadText,
  chain: readonly string[],
): LoadedSource {
  const { source, problems } = parseYaml(text, label);
  const path = source?.document.get("extends");
  if (!source || path === undefined) return { source, problems, extended: [] };
  const file = typeof path === "string" ? pathFrom(chain[chain.length - 1], path) : "";
  const fail = (message: string, hint?: string): LoadedSource => ({
    problems: [...problems, { message, place: source.place(["extends"]), hint }],
    extended: [],
  });
  // What stands here in place of a path is told by the schema.
  if (file === "") return { source, problems, extended: [] };
  if (chain.includes(file)) return fail(`Cannot extend ${path}: it extends this file in turn`);
  if (chain.length > LONGEST_CHAIN) {
    return fail(`Cannot extend ${path}: more than ${LONGEST_CHAIN} files extend one another`);
  }
  let base: LoadedSource;
  try {
    base = loadSource(read(file), file, read, [...chain, file]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [{ message, hint }] = error.problems;
    return fail(message, hint);
  }
  const extended = [file, ...base.extended];
  const all = [...problems, ...base.problems];
  if (!base.source) return { problems: all, extended };
  if (!isMap(base.source.document.contents)) return fail(`Cannot extend ${path}: it is no mapping`);
  merge(source, base.source);
  return { source, problems: all, extended };
}

/** A path that a file names, as a path from the working directory. */
export function pathFrom(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

function merge(source: YamlSource, base: YamlSource): void {
  source.adopt(base);
  const { document } = source;
  document.delete("extends");
  if (document.has("grid")) {
    for (const section of SECTIONS_OF_GRID) base.document.delete(section);
    const baseFixed = base.document.get("fixed");
    const { grid } = source.value as Mapping;
    for (const { key } of sweptKeys(grid)) if (isMap(baseFixed)) baseFixed.delete(key);
  }
  const fixed = document.get("fixed");
  for (const { key, value } of isMap<Node, Node | null>(fixed) ? fixed.items : []) {
    if (isScalar(key) && value) fixElsewhere(base.document, String(key.value), value);
  }
  mergeMaps(document.contents as Map, base.document.contents as Map, OWN_SECTIONS);
}

/** Adds the pairs that a mapping lacks; those that it may be merged with, it is merged with. */
function mergeMaps(map: Map, base: Map, left: readonly string[]): void {
  for (const pair of base.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : "";
    if (left.includes(key)) continue;
    const own = map.get(key, true);
    if (!map.has(key)) map.items.push(pair);
    else if (
      isMap(own) && isMap(pair.value) && (left.length === 0 || MERGED_SECTIONS.includes(key))
    ) {
      mergeMaps(own as Map, pair.value as Map, []);
    }
  }
}
