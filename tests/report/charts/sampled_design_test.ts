import { assertEquals } from "@std/assert";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

/** Whether a report takes a sweep's cells for points of a sample, and draws slices. */
function isSampled(sample: Sample): boolean {
  return [...chartsOf(sampleInput(sample)).keys()].some((id) => id.startsWith("slice"));
}

Deno.test("cells of several grids are no sample, though they are few of all combinations", () => {
  const grids: Sample = {
    name: "grids",
    grid: [
      { learning_rate: [0.03, 0.1], l2_penalty: [0, 1e-3], dropout: [0, 0.2] },
      { learning_rate: [0.2, 0.4], l1_penalty: [1e-5, 1e-3], prune_threshold: [0.1, 0.5] },
    ],
    seeds: 2,
    accuracy: ({ learning_rate: rate }) => 0.9 + 0.1 * Number(rate),
  };
  assertEquals([isSampled(grids), isSampled(SAMPLES.sampled)], [false, true]);
});
