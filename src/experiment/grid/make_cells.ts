import type { Config } from "../../trainers/hyperparameter.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import { type Place, type Problem, UserError } from "../../user_error.ts";
import type { Block } from "../cells/block.ts";
import type { CellList } from "../cells/cell_list.ts";
import { cellProblems, type SweptPlaces } from "../cells/cell_problems.ts";
import { ABSENT, Columns } from "../cells/columns.ts";
import { type Clash, expandGrid } from "../cells/expand_grid.ts";
import { excludeCells, keepOnly } from "../cells/filter_cells.ts";
import { findBaseline } from "../cells/find_baseline.ts";
import { layerProblems } from "../cells/layer_problems.ts";
import { missingProblems } from "../cells/missing_problems.ts";
import { baselineProblem, unmatchedProblem } from "../cells/unmatched_problems.ts";
import { MAXIMUM_RUNS, type Outline, type Search } from "../experiment.ts";
import type { WrittenGrid } from "../schema/grid_schema.ts";
import type { WrittenPatterns } from "../schema/pattern_schema.ts";
import { preparationRow } from "../schema/preparation_rows.ts";
import type { NodePath, YamlSource } from "../source/yaml_source.ts";
import { problemsInOrder } from "../source/problems_in_order.ts";
import { BlockReader, type ReadBlock } from "./_block_reader.ts";
import { CellSearch, type SearchState } from "./_cell_search.ts";
import { gridExcess } from "./_grid_excess.ts";
import { PatternReader, type WrittenSelector } from "./_pattern_reader.ts";

/** The sections that cells are made from, each of them valid. */
export interface SectionsOfCells {
  /** The trainer of combinations that do not name one. */
  readonly trainer: TrainerName;
  /** All trainers that there are for the experiment. */
  readonly trainers: Trainers;
  /** Those that combinations may have. */
  readonly named: readonly TrainerName[];
  readonly fixed: Config;
  /** How rows are prepared where combinations do not say. */
  readonly preparation: Config;
  readonly grid?: WrittenGrid;
  readonly exclude?: WrittenPatterns;
  readonly only?: WrittenPatterns;
  readonly baseline?: Config;
  /** Whether `only` comes from the command line. */
  readonly isOnlyOverridden: boolean;
  /** Whether the first cell is the baseline if `only` leaves out the one that is named. */
  readonly mayLackBaseline: boolean;
  /** How many runs each cell has. */
  readonly seeds: number;
}

export interface MadeCells {
  readonly cells: CellList;
  readonly duplicates: number;
  /** The baseline's index. */
  readonly baseline: number;
  readonly outline: Omit<Outline, "extends">;
  /** Where a cell's value of a key is written. */
  placeOf(index: number, key: string): Place;
  /** Whether the baseline that is named is not among the cells. */
  readonly lacksBaseline: boolean;
  /** Absent if these are all cells. */
  readonly search?: Search;
}

export interface CellsResolution {
  /** Present if cells could be made. */
  readonly made?: MadeCells;
  readonly problems: readonly Problem[];
  /** Conditional blocks, patterns of `exclude` and a baseline that match nothing: a problem each. */
  readonly idle: readonly NodePath[];
}

/** Makes a grid's cells, or finds why they cannot be made. */
export function makeCells(sections: SectionsOfCells, source: YamlSource): CellsResolution {
  const { trainers, named, grid = {} } = sections;
  const excess = gridExcess(grid);
  if (excess) return { problems: [gridProblem(excess, source)], idle: [] };
  // Read what is written: blocks and patterns.
  const patterns = new PatternReader(trainers, named, source);
  const { trainer, fixed, preparation } = sections;
  let columns: Columns | undefined;
  const bases = () => columns ??= new Columns([], trainers, trainer, fixed, preparation);
  const reader = new BlockReader(trainers, patterns, source, bases);
  const read = reader.blocks(grid);
  const blocks = read.flatMap(({ blocks }) => blocks);
  const searches = searchesIn(read);
  const exclude = patterns.selectors("exclude", sections.exclude);
  const only = patterns.selectors("only", sections.only);
  const unread = [
    ...reader.problems,
    ...patterns.problems,
    ...searches.length > 0 ? selectionProblems(sections, source) : [],
  ];
  if (unread.length > 0) return { problems: unread, idle: [] };

  // Expand the blocks; this alone takes time for a large grid.
  const expanded = expandGrid({ ...sections, blocks });
  const { cells, duplicates, isCut } = expanded;
  // Later points of a search can match what the first do not.
  const idle = expanded.idle.filter((block) => reader.pathOf(block).length > 0);
  const clashes = clashProblems(expanded.clashes, reader, source);
  const idleBlocks = idle.map((block) => {
    return { path: [...reader.pathOf(block), "when"], pattern: block.when };
  });
  const unmade = [
    ...clashes,
    ...idleBlocks.map((block) => unmatchedProblem("combination", block, cells, source)),
    ...isCut ? [gridProblem(`more than ${MAXIMUM_RUNS} combinations`, source)] : [],
  ];
  if (unmade.length > 0) {
    return { problems: unmade, idle: idle.map((block) => reader.pathOf(block)) };
  }

  // Keep the cells that are wanted.
  const excluded = excludeCells(cells, exclude);
  if (cells.length === 0) {
    const place = source.placeOfKey(["exclude"]);
    return { problems: [{ message: "Cannot use exclude: it leaves no cell", place }], idle: [] };
  }
  const { baseline } = sections;
  const [before] = baseline ? findBaseline(cells, baseline) : [];
  const baselineName = before === undefined ? undefined : cells.at(before)?.name;
  const kept = keepOnly(cells, only);
  const idlePatterns = [...excluded, ...kept].filter(({ cells }) => cells === 0)
    .map(({ selector }) => selector);
  const places = placesIn(cells, reader, source);
  const problems = [
    ...idlePatterns.map((pattern) => unmatchedProblem("cell", pattern, cells, source)),
    ...problemsOf(cells, places, named),
  ];
  if (problems.length > 0) {
    const isExcluded = ({ path }: WrittenSelector) => path[0] === "exclude";
    return { problems, idle: idlePatterns.filter(isExcluded).map(({ path }) => path) };
  }
  // Find the baseline among the cells that are left.
  const search = searchIn({ ...sections, reader, source, searches, blocks, cells });
  const runs = (cells.length + (search?.cellsAfter(1) ?? 0)) * sections.seeds;
  const excessRuns = runs > MAXIMUM_RUNS ? [excessRunsProblem(runs, source)] : [];
  const found = baseline ? findBaseline(cells, baseline) : [0];
  const isLeftOut = found.length === 0 && baselineName !== undefined;
  const lacksBaseline = isLeftOut && sections.mayLackBaseline;
  if (baseline && found.length !== 1 && !lacksBaseline) {
    const problem = isLeftOut
      ? leftOutProblem(baselineName, sections, source)
      : baselineProblem(cells, baseline, found, source);
    const problems = [...excessRuns, problem];
    return { problems, idle: found.length === 0 ? [["baseline"]] : [] };
  }
  const outline = {
    trainers: cells.trainers,
    grid: sections.grid ? read.map(({ words }) => words) : [],
    exclude: excluded.map(({ selector, cells }) => ({ pattern: selector.text, cells })),
    only: kept.map(({ selector, cells }) => ({ pattern: selector.text, cells })),
  };
  const made = {
    ...{ cells, duplicates, baseline: found[0] ?? 0, outline, lacksBaseline },
    placeOf: placeOfValue(cells, places),
    ...search && { search },
  };
  return { made, problems: excessRuns, idle: [] };
}

/** The blocks that are searched, with the first batch of each. */
function searchesIn(read: readonly ReadBlock[]): SearchState[] {
  let before = 0;
  return read.flatMap(({ blocks, search }) => {
    const first = before;
    before += blocks.length;
    if (!search) return [];
    const points = search.first.map((places, index) => ({ places, number: first + index }));
    return [{ block: search.block, points }];
  });
}

/** What is searched, unless a single cell is asked for. */
function searchIn(
  { searches, blocks, cells, reader, source, ...sections }: SectionsOfCells & {
    readonly reader: BlockReader;
    readonly source: YamlSource;
    readonly searches: readonly SearchState[];
    readonly blocks: readonly Block[];
    readonly cells: CellList;
  },
): Search | undefined {
  if (searches.length === 0 || sections.only) return undefined;
  const make = (blocks: readonly Block[]) => {
    const { cells, duplicates, clashes } = expandGrid({ ...sections, blocks });
    const places = placesIn(cells, reader, source);
    const problems = [
      ...clashProblems(clashes, reader, source),
      ...problemsOf(cells, places, sections.named),
    ];
    if (problems.length > 0) throw new UserError(problemsInOrder(problems));
    return { cells, duplicates, placeOf: placeOfValue(cells, places) };
  };
  const cellOf = (block: Block) => expandGrid({ ...sections, blocks: [block] }).cells;
  return new CellSearch({ make, cellOf }, searches, { blocks, cells });
}

/** Patterns cannot select cells that are not known yet; a command that needs one cell selects a known one. */
function selectionProblems(
  { exclude, only, isOnlyOverridden, mayLackBaseline }: SectionsOfCells,
  source: YamlSource,
): Problem[] {
  const sections = [
    ...exclude ? ["exclude"] : [],
    ...only && !mayLackBaseline ? ["only"] : [],
  ];
  return sections.map((section) => ({
    message: `Cannot use ${
      section === "only" && isOnlyOverridden ? "--only" : section
    }: tpe proposes cells by the results of others, so they are not known beforehand`,
    place: source.placeOfKey([section]),
    hint:
      "the ends of uniform, log_uniform and integer, and the values of choice, say where it looks",
  }));
}

function clashProblems(
  clashes: readonly Clash[],
  reader: BlockReader,
  source: YamlSource,
): Problem[] {
  return clashes.map(({ key, dimension }) => ({
    message: `Cannot sweep ${key} twice: another block sweeps it in the same combinations`,
    place: source.placeOfKey([...reader.pathOf(dimension), key]),
  }));
}

/** Checks each value against the trainer and the layers of the cells that have it. */
function problemsOf(
  cells: CellList,
  places: SweptPlaces,
  named: readonly TrainerName[],
): Problem[] {
  return [
    ...named.length > 1 ? cellProblems(cells, places) : [],
    ...layerProblems(cells, places),
    ...missingProblems(cells, places),
  ];
}

function placesIn(cells: CellList, reader: BlockReader, source: YamlSource): SweptPlaces {
  return {
    ofValue: (key, id) => {
      const origin = cells.originOf(key, id);
      return origin ? reader.placeOf(key, origin) : source.place(pathElsewhere(key));
    },
    ofKey: (key, id) => {
      const origin = cells.originOf(key, id);
      return origin ? reader.placeOfKey(key, origin) : source.placeOfKey(pathElsewhere(key));
    },
  };
}

function placeOfValue({ combinations }: CellList, places: SweptPlaces): MadeCells["placeOf"] {
  return (index, key) => {
    const column = combinations.columns.indexOf(key);
    return places.ofValue(key, column < 0 ? ABSENT : combinations.idAt(index, column));
  };
}

/** Where a key is that the grid does not sweep. */
function pathElsewhere(key: string): NodePath {
  if (key === "trainer") return [key];
  return [preparationRow(key) ? "dataset" : "fixed", key];
}

/** The problem of a baseline that `only` leaves out, with what would keep it. */
function leftOutProblem(
  name: string,
  { isOnlyOverridden }: SectionsOfCells,
  source: YamlSource,
): Problem {
  const option = isOnlyOverridden ? "--only" : "only";
  return {
    message: `Cannot use ${source.named(["baseline"])}: ${option} leaves it out`,
    place: source.place(["baseline"]),
    hint: isOnlyOverridden
      ? `--only '${name}' beside it keeps the baseline`
      : `"${name}" in only keeps it`,
  };
}

function excessRunsProblem(runs: number, source: YamlSource): Problem {
  const section = source.has(["seeds"]) ? "seeds" : "grid";
  return {
    message: `Cannot use ${runs} runs: the maximum is ${MAXIMUM_RUNS}`,
    place: source.placeOfKey([section]),
  };
}

function gridProblem(excess: string, source: YamlSource): Problem {
  return { message: `Cannot use a grid of ${excess}`, place: source.placeOfKey(["grid"]) };
}
