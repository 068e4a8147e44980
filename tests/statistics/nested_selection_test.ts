import { assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "../../src/random_stream.ts";
import { meanOf } from "../../src/statistics/mean.ts";
import { nestedSelection } from "../../src/statistics/nested_selection.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { divergedRun, sampleRun, sampleRuns } from "./_sample_runs.ts";

Deno.test("nestedSelection() measures what is best on the other seeds on the seed left out", () => {
  // Without seed 1 or 2, cell 0 is the best; without seed 3, cell 1.
  const runs = [...sampleRuns("0", [0.5, 0.5, 0.9]), ...sampleRuns("1", [0.6, 0.6, 0.5])];
  const nested = nestedSelection(runs, sampleQuestion());
  assertEquals(nested?.chosen, 2);
  assertAlmostEquals(nested?.mean ?? NaN, (0.5 + 0.5 + 0.5) / 3, 1e-12);
  // The order of lines does not change it.
  assertEquals(nestedSelection(runs.toReversed(), sampleQuestion()), nested);
});

Deno.test("nestedSelection() takes away what choosing adds where cells do not differ", () => {
  const random = randomStream("nested");
  const gaps = Array.from({ length: 60 }, () => {
    const cells = Array.from({ length: 20 }, (_, cell) => {
      return sampleRuns(`${cell}`, Array.from({ length: 6 }, () => 0.5 + 0.1 * (random() - 0.5)));
    });
    const means = cells.map((runs) =>
      meanOf(runs.map((run) => run.measures?.validation_accuracy ?? 0))
    );
    const nested = nestedSelection(cells.flat(), sampleQuestion());
    return { best: Math.max(...means) - 0.5, nested: (nested?.mean ?? NaN) - 0.5 };
  });
  // The best of 20 means is 1.87 standard errors of 0.0118 too high on average.
  assertAlmostEquals(meanOf(gaps.map(({ best }) => best)), 0.022, 0.003);
  // Each nested mean has a standard error of 0.0118, and there are 60: 0.005 is more than three.
  assertAlmostEquals(meanOf(gaps.map(({ nested }) => nested)), 0, 0.005);
});

Deno.test("nestedSelection() says nothing of two seeds, or where a choice has no result", () => {
  const two = [...sampleRuns("0", [0.5, 0.6]), ...sampleRuns("1", [0.7, 0.4])];
  assertEquals(nestedSelection(two, sampleQuestion()), undefined);
  const lost = [
    ...[1, 2].map((seed) => sampleRun("0", seed, 0.9)),
    divergedRun("0", 3),
    ...sampleRuns("1", [0.1, 0.1, 0.1]),
  ];
  assertEquals(nestedSelection(lost, sampleQuestion()), undefined);
});
