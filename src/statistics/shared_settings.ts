import { type CellCounts, exactOdds, type OddsTest } from "./exact_odds.ts";
import { holm } from "./holm.ts";

/** A cell that was drawn, not chosen by hand. */
export interface DrawnCell {
  /** Larger is better; -Infinity without a result. */
  readonly merit: number;
  /** Which cells it was drawn with, when the same was known. */
  readonly batch: number;
}

/** A setting that some of the cells have. */
export interface Setting {
  /** By cell, in their order. */
  readonly has: readonly boolean[];
}

/** What the best cells have in common. */
export interface SharedSettings {
  readonly cells: number;
  /** How many are the best. */
  readonly best: number;
  /** In the order of the settings. */
  readonly settings: readonly SharedSetting[];
}

/** How often the best cells have a setting, and how often the others. */
export interface SharedSetting {
  readonly best: number;
  readonly others: number;
  /** Whether cells of the better half of their batches have it more often; absent if they cannot. */
  readonly test?: OddsTest & {
    /** After Holm's correction for all settings that are tested. */
    readonly pHolm: number;
  };
}

/** The share of the cells that are the best. */
const BEST = 0.25;
/** With fewer cells, the best are too few to have anything in common but by chance. */
const FEWEST_CELLS = 20;

/**
 * Counts the settings of the best quarter of drawn cells, and tests whether they have to do with being
 * good.
 *
 * A search draws more of what did well, and with it whatever it was drawn together with. So later cells
 * are better and have other settings than earlier ones, and to compare the best with all others finds
 * settings that do nothing: in simulated searches with ten settings, in up to one of five. So the test is
 * within batches, which were drawn with the same knowledge: whether cells that are better than
 * the median of their batch have the setting more or less often than the others of this batch.
 *
 * @returns Undefined for fewer than 20 cells, or if too many are equally good, or have no result, to say
 * which are the best.
 */
export function sharedSettings(
  cells: readonly DrawnCell[],
  settings: readonly Setting[],
): SharedSettings | undefined {
  if (cells.length < FEWEST_CELLS) return undefined;
  const ranked = cells.map(({ merit }) => merit).sort((a, b) => b - a);
  const least = ranked[Math.ceil(BEST * cells.length) - 1];
  const isBest = cells.map(({ merit }) => merit > -Infinity && merit >= least);
  const best = isBest.filter(Boolean).length;
  if (best === 0 || 2 * best > cells.length) return undefined;
  const batches = [...Map.groupBy(cells.keys(), (index) => cells[index].batch).values()];
  const better = batches.map((batch) => betterHalf(batch, cells));
  const counted = settings.map(({ has }) => ({
    best: has.filter((has, index) => has && isBest[index]).length,
    others: has.filter((has, index) => has && !isBest[index]).length,
    test: exactOdds(batches.map((batch, index) => countsOf(batch, better[index], has))),
  }));
  const adjusted = holm(counted.flatMap(({ test }) => test?.pValue ?? [])).values();
  return {
    cells: cells.length,
    best,
    settings: counted.map(({ test, ...counts }) => {
      return test ? { ...counts, test: { ...test, pHolm: adjusted.next().value ?? 1 } } : counts;
    }),
  };
}

/** The indexes of the cells that are better than the median of their batch. */
function betterHalf(batch: readonly number[], cells: readonly DrawnCell[]): ReadonlySet<number> {
  const merits = batch.map((index) => cells[index].merit).sort((a, b) => b - a);
  const median = merits[Math.floor(merits.length / 2)];
  return new Set(batch.filter((index) => cells[index].merit > median));
}

function countsOf(
  batch: readonly number[],
  better: ReadonlySet<number>,
  has: readonly boolean[],
): CellCounts {
  const having = batch.filter((index) => has[index]);
  return {
    cells: batch.length,
    best: better.size,
    having: having.length,
    bestHaving: having.filter((index) => better.has(index)).length,
  };
}
