import type { Experiment } from "../experiment/experiment.ts";
import type { RowlessInput, SweepInput } from "../report/report_input.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { CurveRow, HistogramRow } from "../results/run_row.ts";
import { rowsOfRuns, type RunTableRows, type RunTablesOptions } from "./run_tables.ts";

/** So many rows of curves and histograms are kept in memory: about 50 MB. */
const MOST_ROWS = 200_000;

/**
 * The rows of curves and histograms that a report is drawn from. Where there are many, only those of
 * the cells that it draws are kept, and these are known last.
 */
export class DrawnRows {
  readonly #mostRows: number;
  readonly #cellsWithLines = new Set<string>();
  #curves: CurveRow[] = [];
  #histograms: HistogramRow[] = [];
  #areAllKept = true;

  constructor(mostRows = MOST_ROWS) {
    this.#mostRows = mostRows;
  }

  /** Takes the rows of some runs as they are made: all of a run's at once. */
  add({ runs, curves, histograms }: RunTableRows): void {
    const evaluations = Map.groupBy(curves, ({ run }) => run);
    for (const { run, cell } of runs) {
      if ((evaluations.get(run)?.length ?? 0) > 1) this.#cellsWithLines.add(cell);
    }
    if (!this.#areAllKept) return;
    for (const row of curves) this.#curves.push(row);
    for (const row of histograms) this.#histograms.push(row);
    this.#areAllKept = this.#curves.length + this.#histograms.length <= this.#mostRows;
    if (!this.#areAllKept) [this.#curves, this.#histograms] = [[], []];
  }

  /**
   * A report's whole input. Rows that were not kept are made again.
   *
   * @param outcomes As `RunTables.write()` was given them.
   * @throws As `rowsOfRuns()`.
   */
  async complete(
    input: RowlessInput & Pick<SweepInput, "manifest">,
    outcomes: readonly KeptOutcome[],
    { experiment, ...options }:
      & { readonly experiment: Experiment }
      & Pick<RunTablesOptions, "columns" | "resultsOf" | "signal">,
  ): Promise<SweepInput> {
    const cellsWithLines = this.#cellsWithLines;
    if (this.#areAllKept) return { ...input, curves: this.#curves, histograms: this.#histograms };
    const { drawnCells } = await import("../report/charts/drawn_cells.ts");
    const drawn = drawnCells({ ...input, cellsWithLines });
    const [curves, histograms]: [CurveRow[], HistogramRow[]] = [[], []];
    const theirs = outcomes.filter(({ cell }) => drawn.has(cell.name));
    for await (const rows of rowsOfRuns(experiment, theirs, options)) {
      for (const row of rows.curves) curves.push(row);
      for (const row of rows.histograms) histograms.push(row);
    }
    return { ...input, curves, histograms, cellsWithLines };
  }
}
