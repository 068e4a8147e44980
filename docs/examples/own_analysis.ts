// deno-lint-ignore-file no-console
// When is a run as good as it will get? An analysis that no report has, of any folder of results.
//
//     deno run --allow-read docs/examples/own_analysis.ts reports/sample
import { compareRuns, readResults } from "@regsweep/regsweep";

const [folder = "reports/sample", share = "0.99"] = Deno.args;
const { runs, curves, metric, largerIsBetter, comparisons } = await readResults(folder);
if (!largerIsBetter) throw new Error(`${metric} should be as small as it can be`);

/** The first step at which a curve has reached a share of its highest value. */
function firstGoodStep(run: string): number | undefined {
  const points = curves.filter((point) => point.run === run);
  const values = points.map(({ measures }) => measures[metric]);
  const enough = Number(share) * Math.max(...values);
  return points.find((_, index) => values[index] >= enough)?.step;
}

const speeds = await compareRuns(
  runs.map(({ run, cell, seed }) => ({ cell, seed, value: firstGoodStep(run) })),
  { baseline: comparisons[0].baseline, better: "smaller" },
);
for (const { cell, mean } of speeds.cells) {
  const verdict = speeds.comparisons.find((comparison) => comparison.cell === cell)?.verdict;
  console.log(`${cell}: ${mean?.toFixed(0)} steps${verdict ? `, ${verdict}` : ""}`);
}
