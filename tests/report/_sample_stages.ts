import { type Rung, rungsOf, survivorCount } from "../../src/experiment/halving.ts";
import { isLargerBetter, metricColumn } from "../../src/measures/metrics.ts";
import type { ManifestCell } from "../../src/results/manifest.ts";
import type { CurveRow, HalvingRow, RunRow } from "../../src/results/run_row.ts";
import { meanOf } from "../../src/statistics/mean.ts";
import type { Question } from "../../src/statistics/question.ts";
import { raceCells } from "../../src/statistics/race.ts";
import type { Halving } from "../../src/experiment/experiment.ts";

/** What successive halving leaves of a sweep. */
export interface HalvedSample {
  readonly cells: readonly ManifestCell[];
  readonly rows: readonly HalvingRow[];
  /** The last rung that was finished, if the sweep went no further. */
  readonly rung?: number;
}

/** The runs that looks ask for, if the sweep ended with so many of them. */
export function runsOfLooks(
  runs: readonly RunRow[],
  question: Question & { readonly looks: readonly number[] },
  finished = question.looks.length,
): RunRow[] {
  const { looks, baseline } = question;
  const cells = [...new Set(runs.map(({ cell }) => cell))];
  const there = runs.filter(({ replicate }) => replicate < looks[finished - 1]);
  const { standings } = raceCells(there, question, { cells, looks });
  const seedsOf = (cell: string) =>
    cell === baseline
      ? Math.max(...[...standings.values()].map(({ seeds }) => seeds))
      : standings.get(cell)?.seeds ?? 0;
  return there.filter(({ cell, replicate }) => replicate < seedsOf(cell));
}

/**
 * Stops cells at the rungs of successive halving.
 *
 * @param finished How many rungs there were time for; all if not given.
 */
export function halvedSample(
  { cells, runs, curves, baseline, steps }: {
    readonly cells: readonly ManifestCell[];
    readonly runs: readonly RunRow[];
    readonly curves: readonly CurveRow[];
    readonly baseline: string;
    readonly steps: number;
  },
  halving: Halving,
  finished?: number,
): HalvedSample {
  const rungs = rungsOf(halving, cells.length, steps);
  const runsOf = Map.groupBy(runs, ({ cell }) => cell);
  const curveOf = Map.groupBy(curves, ({ run }) => run);
  const column = metricColumn(halving.metric);
  const sign = isLargerBetter(halving.metric) ? 1 : -1;
  const rows: HalvingRow[] = [];
  let left = cells;
  for (const [place, rung] of rungs.entries()) {
    if (place + 1 === finished) return { cells: left, rows, rung: rung.step };
    const standings = left.map((cell) => standingOf(cell, rung));
    const others = standings.filter(({ cell }) => cell.name !== baseline)
      .sort((a, b) =>
        Number(b.isWhole) - Number(a.isWhole) || sign * ((b.mean ?? 0) - (a.mean ?? 0))
      );
    const kept = new Set(others.slice(0, survivorCount(left.length, halving) - 1));
    for (const standing of standings) {
      const { cell: { name: cell, values }, n, mean } = standing;
      const isKept = cell === baseline || kept.has(standing);
      rows.push({ step: rung.step, cell, values, n, mean, isKept });
    }
    const names = new Set([baseline, ...Array.from(kept, ({ cell }) => cell.name)]);
    left = left.filter(({ name }) => names.has(name));
  }
  return { cells: left, rows };

  function standingOf(cell: ManifestCell, { step }: Rung) {
    const own = runsOf.get(cell.name) ?? [];
    const values = own.flatMap(({ run }) =>
      curveOf.get(run)?.find((row) => row.step === step)?.measures[column] ?? []
    );
    const { length: n } = values;
    return { cell, n, mean: n > 0 ? meanOf(values) : undefined, isWhole: n === own.length };
  }
}
