import { assertEquals, assertStringIncludes } from "@std/assert";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

Deno.test("learningCurves() names the measure of training and validation lines alike", () => {
  const { group, spec } = chartsOf(sampleInput(SAMPLES.l1VsL2)).get("learning-curves") ?? {};
  assertEquals(spec?.channel("y").title, "Accuracy (%)");
  assertEquals(group?.trainingLabel, "Show training accuracy (thin lines)");
  const { spec: byLoss } = chartsOf(sampleInput(SAMPLES.loss)).get("learning-curves") ?? {};
  assertEquals(byLoss?.channel("y").title, "Loss (lower is better)");
});

Deno.test("learningCurves() draws bands only where they do not cover one another", () => {
  const { group, spec } = chartsOf(sampleInput(SAMPLES.l1VsL2)).get("learning-curves") ?? {};
  const band = spec?.layers.find(({ mark }) => mark.type === "area");
  assertEquals(band?.transform, [{
    filter: "isValid(datum.low) && (count <= 2 || datum.name === chosen)",
  }]);
  assertStringIncludes(group?.caption ?? "", "with more than two curves, only the marked cell");
});
