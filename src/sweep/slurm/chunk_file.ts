import type { Cell } from "../../experiment/experiment.ts";
import type { PlannedRun } from "../planned_run.ts";

/** What the runs of a cell have in common. */
interface ChunkCell {
  readonly cell: Cell;
  readonly identity: Omit<PlannedRun["identity"], "seed">;
  readonly task: Omit<PlannedRun["task"], "seed">;
  readonly measures: PlannedRun["measures"];
}

/** A chunk of runs as its task reads it; the keys can be read without the cells. */
export interface ChunkFile {
  readonly cells: readonly ChunkCell[];
  /** Key, place in `cells`, replicate, seed, floating-point operations. */
  readonly runs: readonly (readonly [string, number, number, number, number])[];
}

export function toChunkFile(runs: readonly PlannedRun[]): ChunkFile {
  const places = new Map<Cell, number>();
  const cells: ChunkCell[] = [];
  return {
    cells,
    runs: runs.map(({ key, identity, cell, replicate, task, measures, flops }) => {
      const { seed: _, ...commonIdentity } = identity;
      const { seed, ...commonTask } = task;
      const place = places.get(cell) ??
        cells.push({ cell, identity: commonIdentity, task: commonTask, measures }) - 1;
      places.set(cell, place);
      return [key, place, replicate, seed, flops] as const;
    }),
  };
}

export function fromChunkFile({ cells, runs }: ChunkFile): PlannedRun[] {
  return runs.map(([key, place, replicate, seed, flops]) => {
    const { cell, identity, task, measures } = cells[place];
    return {
      key,
      identity: { ...identity, seed },
      cell,
      replicate,
      task: { ...task, seed },
      measures,
      flops,
    };
  });
}
