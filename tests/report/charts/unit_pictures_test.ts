import { assertEquals, assertStringIncludes } from "@std/assert";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

Deno.test("unitPictures() names the cell where only one has pictures", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const captionOf = (cells: readonly string[]) => {
    const units = (input.units ?? []).filter(({ cell }) => cells.includes(cell));
    return chartsOf({ ...input, units }).get("units-0")?.group.caption ?? "";
  };
  const cells = [...new Set((input.units ?? []).map(({ cell }) => cell))];
  assertEquals(cells.length > 1, true);
  assertStringIncludes(captionOf(cells), "The first-layer units with the largest weights");
  const [first] = cells;
  assertStringIncludes(captionOf([first]), `The first-layer units of ${first} with the largest`);
});
