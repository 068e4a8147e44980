import type { Problem } from "../../user_error.ts";
import { ABSENT } from "../cells/columns.ts";
import { cellProblems, type SweptPlaces } from "./check_trainers.ts";
import { gridExcess } from "./_grid_excess.ts";
import { layerProblems } from "./_layer_problems.ts";
import { BlockReader } from "./_block_reader.ts";
import { PatternReader, type WrittenSelector } from "./_pattern_reader.ts";
import { unmatchedProblem } from "./unmatched_problems.ts";
import type { NodePath, YamlSource } from "../source/yaml_source.ts";
import type { CellList } from "../cells/cell_list.ts";
import { expandGrid } from "../cells/expand_grid.ts";
import { MAXIMUM_RUNS, type Outline } from "../experiment.ts";
import type { WrittenGrid } from "../schema/grid_schema.ts";
import type { Config, TrainerName } from "../../trainers/hyperparameters.ts";
import type { WrittenPatterns } from "../schema/pattern_schema.ts";
import { filterCells } from "../cells/filter_cells.ts";

/** The sections that cells are made from, each right by itself. */
export interface GridSections {
  /** That of combinations which do not say. */
  readonly trainer: TrainerName;
  /** All that combinations may have. */
  readonly trainers: readonly TrainerName[];
  readonly fixed: Config;
  readonly grid?: WrittenGrid;
  readonly exclude?: WrittenPatterns;
  readonly only?: WrittenPatterns;
}

export interface ResolvedGrid {
  readonly cells: CellList;
  readonly duplicates: number;
  readonly outline: Omit<Outline, "extends">;
}

export interface GridResolution {
  /** Given if there are no problems. */
  readonly resolved?: ResolvedGrid;
  readonly problems: readonly Problem[];
  /** Conditional blocks and patterns of `exclude` that match nothing: a problem each. */
  readonly idle: readonly NodePath[];
}

/** Makes a grid's cells, or says why that cannot be done. */
export function makeCells(sections: GridSections, source: YamlSource): GridResolution {
  const { trainers, grid = {} } = sections;
  const excess = gridExcess(grid);
  if (excess) return { problems: [gridProblem(excess, source)], idle: [] };
  const patterns = new PatternReader(trainers, source);
  const reader = new BlockReader(patterns, source);
  const blocks = reader.blocks(grid);
  const exclude = patterns.selectors("exclude", sections.exclude);
  const only = patterns.selectors("only", sections.only);
  const unread = [...reader.problems, ...patterns.problems];
  if (unread.length > 0) return { problems: unread, idle: [] };

  const { cells, duplicates, isCut, idle, clashes } = expandGrid({ ...sections, blocks });
  const { columns } = cells.combinations;
  const idleBlocks = idle.map((block) => {
    return { path: [...reader.pathOf(block), "when"], pattern: block.when };
  });
  const unmade = [
    ...clashes.map(({ key, dimension }) => ({
      message: `Cannot sweep ${key} twice: combinations have it from another block`,
      place: source.placeOfKey([...reader.pathOf(dimension), key]),
    })),
    ...idleBlocks.map((block) => unmatchedProblem("combination", block, columns, source)),
    ...isCut ? [gridProblem(`more than ${MAXIMUM_RUNS} combinations`, source)] : [],
  ];
  if (unmade.length > 0) {
    return { problems: unmade, idle: idle.map((block) => reader.pathOf(block)) };
  }

  const { excluded, left, kept } = filterCells(cells, exclude, only);
  if (left === 0) {
    const place = source.placeOfKey(["exclude"]);
    return { problems: [{ message: "Cannot use exclude: it leaves no cell", place }], idle: [] };
  }
  const idlePatterns = [...excluded, ...kept].filter(({ cells }) => cells === 0)
    .map(({ selector }) => selector);
  const places: SweptPlaces = {
    ofValue: (key, id) =>
      id === ABSENT ? source.place(["fixed", key]) : reader.placeOf(key, columns.originOf(key, id)),
    ofKey: (key, id) => reader.placeOfKey(key, columns.originOf(key, id)),
  };
  const problems = [
    ...idlePatterns.map((pattern) => unmatchedProblem("cell", pattern, columns, source)),
    ...trainers.length > 1 ? cellProblems(cells, places) : [],
    ...layerProblems(cells, places),
  ];
  if (problems.length > 0) {
    const isExcluded = ({ path }: WrittenSelector) => path[0] === "exclude";
    return { problems, idle: idlePatterns.filter(isExcluded).map(({ path }) => path) };
  }
  const outline = {
    trainers: cells.trainers,
    grid: sections.grid ? blocks.map((block) => reader.describe(block)) : [],
    exclude: excluded.map(({ selector, cells }) => ({ pattern: selector.text, cells })),
    only: kept.map(({ selector, cells }) => ({ pattern: selector.text, cells })),
  };
  return { resolved: { cells, duplicates, outline }, problems, idle: [] };
}

function gridProblem(excess: string, source: YamlSource): Problem {
  return { message: `Cannot use a grid of ${excess}`, place: source.placeOfKey(["grid"]) };
}
