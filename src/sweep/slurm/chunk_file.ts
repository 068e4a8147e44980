import type { Cell } from "../../experiment/experiment.ts";
import { replicateOf } from "../../experiment/replicates.ts";
import type { PlannedRun } from "../planned_run.ts";

/** What the runs of a cell have in common. */
interface ChunkCell {
  readonly cell: Cell;
  readonly identity: Omit<PlannedRun["identity"], "seed" | "fold">;
  readonly task: Omit<PlannedRun["task"], "seed" | "fold">;
  readonly measures: PlannedRun["measures"];
  readonly metric?: PlannedRun["metric"];
  readonly mostSteps: PlannedRun["mostSteps"];
  readonly states: PlannedRun["states"];
}

/** A chunk of runs as its task reads it; the keys can be read without the cells. */
export interface ChunkFile {
  readonly cells: readonly ChunkCell[];
  /** Key, place in `cells`, replicate, seed, floating-point operations and, with folds, the fold. */
  readonly runs: readonly (readonly [string, number, number, number, number, number?])[];
}

export function toChunkFile(runs: readonly PlannedRun[]): ChunkFile {
  const places = new Map<Cell, number>();
  const cells: ChunkCell[] = [];
  return {
    cells,
    runs: runs.map((run) => {
      const { key, identity, cell, replicate, task, measures, metric, flops, mostSteps } = run;
      const { states } = run;
      const { seed: _, fold: __, ...commonIdentity } = identity;
      const { seed, fold, ...commonTask } = task;
      const place = places.get(cell) ??
        cells.push({
            ...{ cell, identity: commonIdentity, task: commonTask },
            ...{ measures, metric, mostSteps, states },
          }) - 1;
      places.set(cell, place);
      const drawn = [key, place, replicate, seed, flops] as const;
      return fold === undefined ? drawn : [...drawn, fold] as const;
    }),
  };
}

export function fromChunkFile({ cells, runs }: ChunkFile): PlannedRun[] {
  return runs.map(([key, place, replicate, seed, flops, fold]) => {
    const { cell, identity, task, measures, metric, mostSteps, states } = cells[place];
    const drawn = replicateOf({ seed, fold });
    return {
      key,
      identity: { ...identity, ...drawn },
      cell,
      replicate,
      task: { ...task, ...drawn },
      measures,
      ...metric !== undefined && { metric },
      flops,
      ...mostSteps !== undefined && { mostSteps },
      ...states && { states },
    };
  });
}
