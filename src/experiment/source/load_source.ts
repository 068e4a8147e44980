import { dirname, isAbsolute, join } from "node:path";
import type { Node, YAMLMap } from "yaml";
import { type Problem, UserError } from "../../user_error.ts";
import { isMap, isScalar } from "../../yaml.ts";
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
  /** The experiment with what it extends merged in; absent if it cannot be checked further. */
  readonly source?: YamlSource;
  readonly problems: readonly Problem[];
  /** The files that it extends, nearest first. */
  readonly extended: readonly string[];
}

/** The most files that an experiment may extend, directly or through others. */
const LONGEST_CHAIN = 10;
/** Sections that an extending file may change in part; it replaces others as a whole. */
const MERGED_SECTIONS = ["dataset", "fixed", "launcher"];
/** Sections that refer to a grid's cells: a new grid replaces them too. */
const SECTIONS_OF_GRID = ["grid", "exclude", "only", "baseline"];
/** Sections that are never inherited. */
const OWN_SECTIONS = ["name", "description", "tags", "notes", "cite", "extends"];

/**
 * Parses an experiment and merges what it extends into it.
 *
 * The file takes precedence over what it extends. `dataset`, `fixed` and `launcher` are merged key by
 * key, other sections as a whole; `name`, `description`, `tags`, `notes` and `cite` are not inherited. A file
 * with a grid does not inherit `exclude`, `only` and `baseline` either, and one with `dataset` no
 * `datasets` and the other way round. A key that it sweeps is no longer fixed, and a key that it fixes is
 * no longer swept.
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
  // The schema reports anything that is not a path.
  if (file === "") return { source, problems, extended: [] };
  if (chain.includes(file)) return fail(`Cannot extend ${path}: it extends this file in turn`);
  if (chain.length > LONGEST_CHAIN) {
    return fail(
      `Cannot extend ${path}: the chain of extended files is longer than ${LONGEST_CHAIN}`,
    );
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
  if (!isMap(base.source.document.contents)) {
    return fail(`Cannot extend ${path}: it is not a mapping`);
  }
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
  // One takes the place of the other.
  if (document.has("datasets")) base.document.delete("dataset");
  if (document.has("dataset")) base.document.delete("datasets");
  const fixed = document.get("fixed");
  for (const { key, value } of isMap<Node, Node | null>(fixed) ? fixed.items : []) {
    if (isScalar(key) && value) fixElsewhere(base.document, String(key.value), value);
  }
  mergeMaps(document.contents as Map, base.document.contents as Map, OWN_SECTIONS);
}

/** Adds the pairs that a mapping lacks, and merges mappings that may be changed in part. */
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
