import type { CellList } from "./cell_list.ts";
import type { Matcher } from "./columns.ts";
import type { Pattern } from "./pattern.ts";

/** Selects the cell with the name or, if none has it, the cells that match the pattern. */
export interface Selector {
  /** The values in the name as texts, by key; empty for `all` and `fixed`. */
  readonly name?: ReadonlyMap<string, string>;
  readonly pattern?: Pattern;
}

/** How many cells a selector selects. */
export interface Match<S extends Selector> {
  readonly selector: S;
  readonly cells: number;
}

/** Drops the cells that any selector selects. */
export function excludeCells<S extends Selector>(
  cells: CellList,
  exclude: readonly S[],
): readonly Match<S>[] {
  return countAndKeep(cells, exclude, (isMeant) => !isMeant);
}

/** Drops the cells that no selector selects, if there are selectors. */
export function keepOnly<S extends Selector>(
  cells: CellList,
  only: readonly S[],
): readonly Match<S>[] {
  return countAndKeep(cells, only, (isMeant) => isMeant);
}

function countAndKeep<S extends Selector>(
  cells: CellList,
  selectors: readonly S[],
  isKept: (isMeant: boolean) => boolean,
): Match<S>[] {
  const { combinations } = cells;
  const counts = selectors.map(() => 0);
  const matchers = selectors.map((selector) => matcherOf(cells, selector));
  if (selectors.length > 0) {
    combinations.keep((index) => {
      let isMeant = false;
      for (let number = 0; number < matchers.length; number++) {
        if (!combinations.matches(index, matchers[number])) continue;
        counts[number]++;
        isMeant = true;
      }
      return isKept(isMeant);
    });
  }
  return selectors.map((selector, number) => ({ selector, cells: counts[number] }));
}

function matcherOf(cells: CellList, { name, pattern }: Selector): Matcher {
  const byName = name && cells.nameMatcher(name);
  if (byName && (!pattern || !cells.combinations.matching(byName).next().done)) return byName;
  return cells.combinations.columns.matcher(pattern ?? []);
}
