import type { Cell, Experiment } from "../experiment/experiment.ts";
import { replicateCount } from "../experiment/replicates.ts";
import { metricColumn } from "../measures/metrics.ts";
import {
  finishBatch,
  metricOfSearch,
  proposeBatch,
  searchReplicates,
  searchStep,
} from "../sweep/search_cells.ts";
import { type Standing, standingsOf } from "../sweep/standings.ts";
import type { SweepFolder } from "./sweep_folder.ts";

type Stated = Pick<SweepFolder, "runs" | "halving" | "manifest">;

/**
 * Proposes the cells of an experiment's search again, from what a sweep's folder says of the results of
 * earlier batches: as many batches as it has results of, and the one that comes next in a folder that
 * should be complete.
 *
 * @param isTrainable Whether a cell can be trained on the dataset: others were not proposed.
 */
export function replaySearch(
  experiment: Experiment,
  folder: Stated,
  isTrainable: (cell: Cell) => boolean,
): Experiment {
  const { unfinished } = folder.manifest;
  const cells = new Set([...folder.runs, ...folder.halving ?? []].map(({ cell }) => cell));
  let current = experiment;
  while (current.search && !current.searched?.isOver) {
    const standings = statedStandings(current, folder);
    if (!standings) return current;
    const finished = finishBatch(current, standings);
    const next = proposeBatch(finished, standings, isTrainable);
    const added = next.cells.map(({ name }) => name).slice(current.cells.length);
    // An unfinished sweep has no cells of a batch that has no results yet.
    if (unfinished && added.length > 0 && !added.some((name) => cells.has(name))) return finished;
    current = next;
  }
  return current;
}

/** How the cells do by what the search looks at; undefined if the folder lacks the result of a run. */
function statedStandings(
  experiment: Experiment,
  { runs, halving = [] }: Stated,
): readonly Standing[] | undefined {
  const step = searchStep(experiment);
  const rows = new Map(halving.filter((row) => row.step === step).map((row) => [row.cell, row]));
  const count = searchReplicates(experiment);
  // Once cells were stopped, halving.csv says how they did; before, runs.csv does.
  if (rows.size > 0) {
    if (experiment.cells.find(({ name }) => !rows.has(name))) return undefined;
    return experiment.cells.map((cell): Standing => {
      const { n = 0, mean } = rows.get(cell.name) ?? {};
      return { cell, n, mean, isWhole: n === replicateCount(experiment) };
    });
  }
  const column = metricColumn(metricOfSearch(experiment));
  const rowsOf = Map.groupBy(runs, ({ cell }) => cell);
  const values = new Map<number, number[]>();
  for (const { index, name } of experiment.cells) {
    const own = (rowsOf.get(name) ?? []).filter(({ replicate, status }) => {
      return replicate < count && status !== "failed";
    });
    if (own.length < count) return undefined;
    values.set(
      index,
      own.map(({ status, measures }) => status === "completed" ? measures?.[column] ?? NaN : NaN),
    );
  }
  return standingsOf(experiment, values);
}
