import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { samplePoints } from "../../../src/experiment/grid/sample_points.ts";
import { parseExperiment } from "../../../src/experiment/parse_experiment.ts";
import { SAMPLE_METHODS, type SampleOptions } from "../../../src/experiment/schema/grid_schema.ts";
import type { Distribution } from "../../../src/experiment/schema/range_schemas.ts";
import { BUILT_IN } from "../../../src/trainers/trainers.ts";
import { START } from "../_rejects.ts";

/** What a block may draw of each of these keys. */
const DRAWS: Readonly<Record<string, Distribution>> = {
  l1_penalty: { log_uniform: [1e-6, 1e-2] },
  l2_penalty: { uniform: [0, 1] },
  batch_size: { integer: [8, 12] },
  steps: { log_uniform: [1, 100] },
  activation: { choice: ["relu", "tanh", "identity"] },
  hidden: { choice: [[8], [16, 16]] },
};
const KEYS = Object.keys(DRAWS);

const samples: fc.Arbitrary<SampleOptions> = fc.record({
  count: fc.integer({ min: 1, max: 50 }),
  method: fc.constantFrom(...SAMPLE_METHODS),
  seed: fc.nat(9),
});

function points(key: string, sample: SampleOptions) {
  return samplePoints(BUILT_IN.rowOf("mlp", key), DRAWS[key], sample);
}

Deno.test("samplePoints() begins with the points of fewer", () => {
  fc.assert(fc.property(fc.constantFrom(...KEYS), samples, fc.nat(50), (key, sample, more) => {
    const all = points(key, { ...sample, count: sample.count + more });
    assertEquals(all.slice(0, sample.count), points(key, sample));
  }));
});

Deno.test("samplePoints() draws other points for other seeds and other keys", () => {
  for (const method of SAMPLE_METHODS) {
    const uniform = (key: string, seed: number) => {
      const sample = { count: 5, method, seed };
      return samplePoints(BUILT_IN.rowOf("mlp", key), { uniform: [0, 1] }, sample);
    };
    assertNotEquals(uniform("l1_penalty", 1), uniform("l1_penalty", 2));
    assertNotEquals(uniform("l1_penalty", 1), uniform("l2_penalty", 1));
  }
});

Deno.test("samplePoints() covers what is to be drawn, both ends of integers included", () => {
  for (const method of SAMPLE_METHODS) {
    const sample = { count: 2000, method, seed: 1 };
    const numbers = (key: string) => points(key, sample).map(Number);
    const within = (key: string, low: number, high: number, middle: number) => {
      const all = numbers(key);
      assert(all.every((value) => low <= value && value <= high), key);
      // Of 2000 independent draws, 1000 ± 45 in 95 of 100 seeds.
      const below = all.filter((value) => value < middle).length;
      assert(Math.abs(below - 1000) < 100, `${below} values of ${key} are below ${middle}`);
    };
    within("l1_penalty", 1e-6, 1e-2, 1e-4);
    within("l2_penalty", 0, 1, 0.5);
    const counts = (key: string) => Map.groupBy(points(key, sample), String);
    assertEquals([...counts("batch_size").keys()].sort(), ["10", "11", "12", "8", "9"]);
    assertEquals([...counts("activation").keys()].sort(), ["identity", "relu", "tanh"]);
    for (const values of counts("batch_size").values()) assert(values.length > 300);
    for (const values of counts("activation").values()) assert(values.length > 550);
    const steps = numbers("steps");
    assert(steps.every((value) => Number.isInteger(value) && 1 <= value && value <= 100));
    assert(steps.includes(1) && steps.includes(100));
  }
});

Deno.test("samplePoints() keeps the default of a share of all points, and draws the others as ever", () => {
  const row = BUILT_IN.rowOf("mlp", "dropout");
  for (const method of SAMPLE_METHODS) {
    const sample = { count: 2000, method, seed: 1 };
    const values = samplePoints(row, { uniform: [0.2, 0.6], off: 0.75 }, sample).map(Number);
    const on = values.filter((value) => value !== 0);
    assert(on.every((value) => 0.2 <= value && value <= 0.6));
    // Of independent draws, 500 ± 38 in 95 of 100 seeds; half of them are below the middle.
    assert(Math.abs(on.length - 500) < 90, `${on.length} of 2000 are drawn`);
    const low = on.filter((value) => value < 0.4).length;
    assert(Math.abs(low - 250) < 75, `${low} of ${on.length} are below the middle`);
  }
  const words = samplePoints(BUILT_IN.rowOf("mlp", "optimizer"), { choice: ["adam"], off: 0.5 }, {
    count: 40,
    method: "random",
    seed: 1,
  });
  assertEquals([...new Set(words)].sort(), ["adam", "sgd"]);
});

Deno.test("samplePoints() gives the points that it has always given", () => {
  const sample = { count: 4, method: "random", seed: 1 } as const;
  assertEquals(points("l1_penalty", sample), [0.00000281197, 0.0000731233, 0.008541, 0.000241816]);
  const sobol = points("l1_penalty", { ...sample, method: "sobol" });
  assertEquals(sobol, [0.00000281197, 0.000281197, 0.0000281197, 0.00281197]);
  assertEquals(points("batch_size", sample), [12, 12, 9, 10]);
});

Deno.test("parseExperiment() draws the same of a key whatever else is drawn", () => {
  const keys = fc.shuffledSubarray(KEYS, { minLength: 1 });
  fc.assert(
    fc.property(keys, fc.constantFrom(...KEYS), samples, (keys, other, sample) => {
      const drawn = (all: readonly string[]) => {
        const block = { sample, ...Object.fromEntries(all.map((key) => [key, DRAWS[key]])) };
        const text = `${START}grid: ${JSON.stringify(block)}`;
        // Equal points are one cell.
        const configs = parseExperiment(text, "e.yaml").cells.map(({ config }) => config);
        return new Set(configs.map((config) => JSON.stringify(keys.map((key) => config[key]))));
      };
      assertEquals([...drawn([...new Set([...keys, other])])], [...drawn(keys)]);
    }),
    { numRuns: 50 },
  );
});
