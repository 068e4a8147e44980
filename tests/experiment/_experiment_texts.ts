import fc from "fast-check";
import { stringify } from "yaml";

const rate = fc.constantFrom(0, 1e-5, 0.1, 0.25, 0.5);
const values = fc.record({
  l1_penalty: rate,
  dropout: fc.oneof(rate, fc.tuple(rate, rate)),
  steps: fc.nat(1000),
  hidden: fc.tuple(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 })),
  activation: fc.constantFrom("relu", "tanh"),
}, { requiredKeys: [] });
const range = fc.record({
  log: fc.constantFrom([1e-5, 1e-1], [0.3, 1e-3]),
  count: fc.integer({ min: 2, max: 5 }),
});
const block = fc.record({
  l2_penalty: fc.oneof(fc.array(rate, { minLength: 1, maxLength: 3 }), range),
  momentum: fc.array(rate, { minLength: 1, maxLength: 3 }),
  learning_rate: range,
  init: fc.subarray(["he", "glorot", "normal"], { minLength: 1 }),
}, { requiredKeys: [] });
const blocks = fc.array(block, { minLength: 1, maxLength: 3 })
  .filter((blocks) => blocks.some((block) => Object.keys(block).length > 0));
const seeds = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.uniqueArray(fc.nat(), { minLength: 1 }));

/** Right experiments, as block or flow YAML, some with comments. */
export const experimentTexts: fc.Arbitrary<string> = fc.record({
  name: fc.constant("e"),
  dataset: fc.record({ path: fc.constant("../data/d.csv"), target: fc.constant("y") }),
  fixed: values,
  grid: fc.oneof(blocks, block.filter((block) => Object.keys(block).length > 0)),
  seeds,
}, { requiredKeys: ["name", "dataset"] }).chain((experiment) =>
  fc.record({
    flow: fc.boolean(),
    comment: fc.constantFrom("", "# A comment: with a colon\n"),
  }).map(({ flow, comment }) => {
    return comment + stringify(experiment, { collectionStyle: flow ? "flow" : "any" });
  })
);
