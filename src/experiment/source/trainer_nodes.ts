import type { Document, Node, Pair } from "yaml";
import { isMap, isScalar, isSeq } from "../../yaml.ts";
import type { NodePath } from "./yaml_source.ts";

/** A node that says which trainer. */
export interface TrainerNode {
  readonly node: Node;
  readonly path: NodePath;
  /** Puts another node in its place. */
  replace(by: Node): void;
}

/** The nodes that say which trainer cells have: at the top, and in the blocks of the grid. */
export function* trainerNodes({ contents }: Document): Generator<TrainerNode> {
  yield* valuesOf(contents, ["trainer"], "trainer");
  yield* blocks(childOf(contents, "grid"), ["grid"]);
}

/** The nodes that select cells by their trainer in patterns and in the baseline. */
export function* selectedTrainerNodes({ contents }: Document): Generator<TrainerNode> {
  for (const section of ["exclude", "only"]) yield* patterns(childOf(contents, section), [section]);
  yield* patterns(childOf(contents, "baseline"), ["baseline"]);
  yield* conditions(childOf(contents, "grid"), ["grid"]);
}

/** The texts of patterns in one line. */
export function* patternTexts({ contents }: Document): Generator<TrainerNode> {
  for (const section of ["exclude", "only"]) {
    for (const found of valuesOf(contents, [section], section)) {
      if (isScalar(found.node)) yield found;
    }
  }
  for (const { node, path } of innerBlocks(childOf(contents, "grid"), ["grid"])) {
    for (const found of valuesOf(node, [...path, "when"], "when")) {
      if (isScalar(found.node)) yield found;
    }
  }
}

function* blocks(grid: unknown, path: NodePath): Generator<TrainerNode> {
  for (const { node, path: blockPath } of innerBlocks(grid, path)) {
    yield* valuesOf(node, [...blockPath, "trainer"], "trainer");
  }
}

function* conditions(grid: unknown, path: NodePath): Generator<TrainerNode> {
  for (const { node, path: blockPath } of innerBlocks(grid, path)) {
    yield* patterns(childOf(node, "when"), [...blockPath, "when"]);
  }
}

function* patterns(section: unknown, path: NodePath): Generator<TrainerNode> {
  const all = isSeq(section)
    ? section.items.map((item, index) => ({ item, at: [...path, index] }))
    : [{ item: section, at: path }];
  for (const { item, at } of all) yield* valuesOf(item, [...at, "trainer"], "trainer");
}

/** The blocks of a grid, and the blocks and zips in them. */
function* innerBlocks(
  part: unknown,
  path: NodePath,
): Generator<{ readonly node: unknown; readonly path: NodePath }> {
  if (isSeq(part)) {
    for (const [index, item] of part.items.entries()) yield* innerBlocks(item, [...path, index]);
    return;
  }
  if (!isMap(part)) return;
  yield { node: part, path };
  for (const key of ["zip", "conditional"]) yield* innerBlocks(childOf(part, key), [...path, key]);
}

/** A key's value, or its values if it is a list. */
function valuesOf(map: unknown, path: NodePath, key: string): TrainerNode[] {
  const pair = pairOf(map, key);
  const { value } = pair ?? {};
  if (!pair || !value) return [];
  if (!isSeq(value)) {
    return [{ node: value, path, replace: (by) => void (pair.value = by) }];
  }
  return value.items.map((item, index) => ({
    node: item as Node,
    path: [...path, index],
    replace: (by) => void (value.items[index] = by),
  }));
}

function childOf(map: unknown, key: string): unknown {
  return pairOf(map, key)?.value;
}

/** Of duplicate keys, the last one counts. */
function pairOf(map: unknown, key: string): Pair<Node, Node | null> | undefined {
  if (!isMap<Node, Node | null>(map)) return undefined;
  return map.items.findLast((pair) => isScalar(pair.key) && pair.key.value === key);
}
