import { assertEquals } from "@std/assert";
import { runKey } from "../../src/store/run_key.ts";
import { configWithoutDefaults } from "../../src/trainers/config.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { GOLDEN } from "./_golden_runs.ts";
import { dataset, DIGITS_TASK, digitsConfig, trainDigits } from "./_train_digits.ts";

for (const { values, key, digest } of GOLDEN) {
  Deno.test(`key and digest stay what they were: ${JSON.stringify(values)}`, async () => {
    const identity = {
      trainer: "mlp" as const,
      version: BUILT_IN.named("mlp").version,
      dataset: dataset.checksum,
      target: "digit",
      ...DIGITS_TASK,
      config: configWithoutDefaults(BUILT_IN.named("mlp"), digitsConfig(values)),
    };
    const { result } = await trainDigits(values);
    assertEquals(runKey(identity).slice(0, 16), key, "key");
    assertEquals(result.digest.slice(0, 16), digest, "digest");
  });
}
