import fc from "fast-check";
import type { RunRow } from "../../src/results/run_row.ts";
import { divergedRun, failedRun, sampleRun, sampleRuns } from "./_sample_runs.ts";

const CELLS = ["0", "0.1", "0.25", "0.5"];

/** Accuracies of whole rows, so that there are ties. */
export const arbitraryAccuracy = fc.integer({ min: 300, max: 359 }).map((rows) => rows / 359);

/** Runs of up to four cells with the same one to six seeds; some diverge, some fail. */
export const arbitraryRuns = fc.record({
  cells: fc.subarray(CELLS.slice(1)).map((cells) => [CELLS[0], ...cells]),
  seeds: fc.integer({ min: 1, max: 6 }),
}).chain(({ cells, seeds }) => {
  const places = cells.flatMap((cell) =>
    Array.from({ length: seeds }, (_, index) => ({ cell, seed: index + 1 }))
  );
  return fc.tuple(...places.map((place) => arbitraryRun(place)));
});

/** Completed runs of a baseline `0` and up to eight cells, some far from it, on two to eight seeds. */
export const arbitrarySpreadRuns = fc.record({
  gains: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 8 }),
  seeds: fc.integer({ min: 2, max: 8 }),
}).chain(({ gains, seeds }) => {
  const noise = fc.array(fc.integer({ min: -10, max: 10 }), {
    minLength: (gains.length + 1) * seeds,
    maxLength: (gains.length + 1) * seeds,
  });
  return noise.map((noise) =>
    [0, ...gains].flatMap((gain, cell) =>
      sampleRuns(
        `${cell}`,
        noise.slice(cell * seeds, (cell + 1) * seeds).map((noise) => 0.5 + (gain + noise) / 359),
      )
    )
  );
});

function arbitraryRun({ cell, seed }: { cell: string; seed: number }): fc.Arbitrary<RunRow> {
  const completed = fc.tuple(arbitraryAccuracy, fc.integer({ min: 0, max: 5 }))
    .map(([accuracy, other]) => sampleRun(cell, seed, accuracy, other));
  return fc.oneof(
    { weight: 8, arbitrary: completed },
    { weight: 1, arbitrary: fc.constant(divergedRun(cell, seed)) },
    { weight: 1, arbitrary: fc.constant(failedRun(cell, seed)) },
  );
}
