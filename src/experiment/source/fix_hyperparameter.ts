import type { Document, Node } from "yaml";
import { isMap, isSeq } from "../../yaml.ts";

/** Gives a hyperparameter one value in every cell: moves it from the grid to `fixed`. */
export function fixHyperparameter(document: Document, key: string, value: Node): void {
  fixElsewhere(document, key, value);
  document.setIn(["fixed", key], value);
}

/** Removes a fixed hyperparameter from the grid, and updates a baseline that names it. */
export function fixElsewhere(document: Document, key: string, value: Node): void {
  const baseline = document.get("baseline");
  if (isMap(baseline) && baseline.has(key)) baseline.set(key, value.clone());
  for (const block of blocksOf(document)) removeFromBlock(block, key);
  dropEmptyGrid(document);
}

/** Drops a grid whose blocks sweep nothing; beside others, such a block is still one cell. */
export function dropEmptyGrid(document: Document): void {
  const isEmpty = (block: unknown) => isMap(block) && block.items.length === 0;
  if (blocksOf(document).every(isEmpty)) document.delete("grid");
}

function blocksOf(document: Document): readonly unknown[] {
  const grid = document.get("grid");
  return isSeq(grid) ? grid.items : [grid];
}

function removeFromBlock(block: unknown, key: string): void {
  if (!isMap(block)) return;
  block.delete(key);
  removeEmpty(block, "zip", (zip) => {
    if (isMap(zip)) zip.delete(key);
    return !isMap(zip) || zip.items.length > 0;
  });
  removeEmpty(block, "conditional", (inner) => {
    removeFromBlock(inner, key);
    return !isMap(inner) || inner.items.length > 1;
  });
  if (!block.items.some(({ value }) => isDistribution(value))) block.delete("sample");
}

/** Changes what is under a key, alone or in a list, and removes it unless it is to stay. */
function removeEmpty(block: Node, key: string, isToStay: (part: unknown) => boolean): void {
  if (!isMap(block)) return;
  const parts = block.get(key);
  if (!isSeq(parts)) {
    if (parts !== undefined && !isToStay(parts)) block.delete(key);
    return;
  }
  parts.items = parts.items.filter(isToStay);
  if (parts.items.length === 0) block.delete(key);
}

function isDistribution(value: unknown): boolean {
  const words = ["uniform", "log_uniform", "integer", "choice"];
  return isMap(value) && words.some((word) => value.has(word));
}
