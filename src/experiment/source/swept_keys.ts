import { isMapping } from "./mapping.ts";
import type { NodePath } from "./yaml_source.ts";

/** A key somewhere in a grid as written, right or wrong. */
interface SweptKey {
  readonly key: string;
  readonly value: unknown;
  readonly path: NodePath;
}

/** All keys that a part of the grid sweeps, including those of its inner blocks. */
export function* sweptKeys(grid: unknown, path: NodePath = ["grid"]): Generator<SweptKey> {
  for (const { item, path: itemPath } of listed(grid, path)) {
    if (!isMapping(item)) continue;
    for (const [key, value] of Object.entries(item)) {
      const inner = [...itemPath, key];
      if (key === "zip" || key === "conditional") yield* sweptKeys(value, inner);
      else if (key !== "sample" && key !== "when") yield { key, value, path: inner };
    }
  }
}

/** The items of a list, or a single item, each with its path. */
export function listed<T>(
  one: T | readonly T[],
  path: NodePath,
): readonly { item: T; path: NodePath }[] {
  return Array.isArray(one)
    ? one.map((item, index) => ({ item, path: [...path, index] }))
    : [{ item: one as T, path }];
}
