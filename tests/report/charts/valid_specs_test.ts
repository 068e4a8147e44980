import { assert } from "@std/assert";
import { Ajv } from "ajv";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

/** Charts over hyperparameters, and of estimates. */
const IDS = /^(slice|strength|heat-map|parallel|importance|paired|ranked)/;

Deno.test("charts over hyperparameters are valid by Vega-Lite's own schema", async () => {
  const schema = new URL(import.meta.resolve("vega-lite/vega-lite-schema.json"));
  // Its schema has formats and keywords that are not JSON Schema's.
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const validate = ajv.compile(JSON.parse(await Deno.readTextFile(schema)));
  const { manyPoints, conditional, threeWays, elasticNet, fourTechniques } = SAMPLES;
  for (const sample of [manyPoints, conditional, threeWays, elasticNet, fourTechniques]) {
    for (const [id, { spec }] of chartsOf(sampleInput(sample))) {
      if (!IDS.test(id)) continue;
      const isValid = validate(JSON.parse(JSON.stringify(spec.spec)));
      assert(isValid, `${sample.name}, ${id}: ${ajv.errorsText(validate.errors).slice(0, 300)}`);
    }
  }
});
