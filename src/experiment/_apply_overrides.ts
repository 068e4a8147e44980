import type { Document } from "yaml";
import { isMap, isSeq } from "../yaml.ts";
import type { ParsedOverrides } from "./overrides.ts";
import { dropEmptyGrid, fixElsewhere, fixHyperparameter } from "./source/fix_hyperparameter.ts";
import { type NodePath, YamlSource } from "./source/yaml_source.ts";

/**
 * Writes overrides into a copy of an experiment's document.
 *
 * A hyperparameter that is set has one value in every cell: it joins `fixed`, leaves the grid, and
 * the baseline has it too. How rows are prepared joins `dataset` in place of `fixed`.
 */
export function applyOverrides(
  source: YamlSource,
  { fixed, preparation, trainer, only, seeds, name, dataset, test }: ParsedOverrides,
): YamlSource {
  return change(source, (document) => {
    for (const [key, value] of Object.entries(fixed)) {
      fixHyperparameter(document, key, document.createNode(value, { flow: true }));
    }
    for (const [key, value] of Object.entries(preparation)) {
      fixElsewhere(document, key, document.createNode(value));
      document.setIn(["dataset", key], value);
    }
    if (trainer !== undefined) {
      fixElsewhere(document, "trainer", document.createNode(trainer));
      document.set("trainer", trainer);
    }
    if (only.length > 0) document.set("only", document.createNode(only));
    if (seeds !== undefined) document.set("seeds", document.createNode(seeds, { flow: true }));
    if (name !== undefined) document.set("name", name);
    if (dataset !== undefined) document.setIn(["dataset", "path"], dataset);
    if (test !== undefined) document.setIn(["dataset", "test"], test);
  });
}

/** Removes sections, or parts of them, from a copy of an experiment's document. */
export function leaveOut(source: YamlSource, idle: readonly NodePath[]): YamlSource {
  const isWithin = (path: NodePath, outer: NodePath) => {
    return outer.length < path.length && outer.every((step, index) => step === path[index]);
  };
  const outermost = idle.filter((path) => !idle.some((outer) => isWithin(path, outer)));
  return change(source, (document) => {
    // From the last to the first, so that the remaining indexes stay right.
    for (const path of outermost.toSorted(fromLast)) removeAt(document, path);
    dropEmptyGrid(document);
  });
}

function change(source: YamlSource, edit: (document: Document) => void): YamlSource {
  const document = source.document.clone();
  edit(document);
  return new YamlSource(document, source.text);
}

/** Orders paths by section or key, and by list index, last first. */
function fromLast(a: NodePath, b: NodePath): number {
  const differing = a.findIndex((step, index) => step !== b[index]);
  const [left, right] = [a[differing], b[differing]];
  if (typeof left === "number" && typeof right === "number") return right - left;
  return String(left) < String(right) ? 1 : -1;
}

/** Deletes a node, and the list or conditional block around it if that is then empty. */
function removeAt(document: Document, path: NodePath): void {
  document.deleteIn(path);
  const around = path.slice(0, -1);
  const rest = document.getIn(around);
  const isEmpty = isSeq(rest)
    ? rest.items.length === 0
    : isMap(rest) && rest.has("when") && rest.items.length === 1;
  if (isEmpty) removeAt(document, around);
}
