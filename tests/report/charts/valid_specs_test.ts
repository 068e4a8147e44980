import { assertEquals, assertGreater } from "@std/assert";
import { Ajv } from "ajv";
import { analysisOf } from "../../../src/report/analysis_of.ts";
import { chartGroups, detailChartGroups } from "../../../src/report/charts/chart_groups.ts";
import { withDisplayNames } from "../../../src/report/display_names.ts";
import { rankCells } from "../../../src/report/report_cell.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { shippedSamples } from "../_shipped_samples.ts";

Deno.test("every chart of every sample is valid by Vega-Lite's own schema", async () => {
  const schema = new URL(import.meta.resolve("vega-lite/vega-lite-schema.json"));
  // Its schema has formats and keywords that are not JSON Schema's.
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const validate = ajv.compile(JSON.parse(await Deno.readTextFile(schema)));
  const checked = new Set<string>();
  const invalid: string[] = [];
  for (const sample of [...Object.values(SAMPLES), ...await shippedSamples()]) {
    const input = sampleInput(sample);
    const named = withDisplayNames({
      input,
      cells: rankCells(input),
      analysis: analysisOf(input),
    });
    const groups = [chartGroups, detailChartGroups].flatMap((make) =>
      make(named.cells, named.input, named.analysis)
    );
    for (const { id, spec } of groups.flatMap(({ charts }) => charts)) {
      // Saved pictures have titles; on the page, the curves' switches are their legend.
      const titled = JSON.stringify({ ...spec, title: id });
      for (const text of id === "learning-curves" ? [titled, withoutLegends(titled)] : [titled]) {
        if (validate(JSON.parse(text))) continue;
        invalid.push(`${sample.name}, ${id}: ${ajv.errorsText(validate.errors).slice(0, 300)}`);
      }
      checked.add(id);
    }
  }
  assertEquals(invalid, []);
  assertGreater(checked.size, 17);
});

function withoutLegends(spec: string): string {
  return JSON.stringify(JSON.parse(spec), (key, value) => key === "legend" ? null : value);
}
