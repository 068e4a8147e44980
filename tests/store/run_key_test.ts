import { assert, assertEquals } from "@std/assert";
import { runKey } from "../../src/store/run_key.ts";
import { sampleRecord } from "./_sample_record.ts";

const { identity } = sampleRecord(1);
const { split } = identity;
assert(split);

Deno.test("runKey() is SHA-256 of the identity's canonical JSON", () => {
  // A change of this is a change of every key: no stored run would be found again.
  // From Python: hashlib.sha256 of
  // {"config":{"hidden":[64,64],"l1_penalty":0.00001},"dataset":"592cc047","seed":1,"split":{…
  assertEquals(
    runKey(identity),
    "ee6c2e8187573f8a7c4a3149b5cc8e6ff28d4cf59a755650f7163735ee63b0df",
  );
});

Deno.test("runKey() does not depend on the order of members", () => {
  const { seed, config, ...others } = identity;
  const shuffled = {
    seed,
    config: Object.fromEntries(Object.entries(config).reverse()),
    ...others,
  };
  assertEquals(runKey(shuffled), runKey(identity));
});

Deno.test("runKey() changes with each part of the identity", () => {
  const changed = [
    identity,
    { ...identity, version: 2 },
    { ...identity, dataset: "592cc048" },
    { ...identity, target: "digit" },
    { ...identity, standardize: "none" as const },
    { ...identity, split: { ...split, train: 0.5 } },
    { ...identity, split: { ...split, validation: 0.3 } },
    { ...identity, split: { ...split, test: 0.1 } },
    { ...identity, split: { ...split, resplit: false } },
    { ...identity, trainer: "notebook" as const },
    { ...identity, config: { ...identity.config, "l1_penalty": 1e-4 } },
    { ...identity, config: { ...identity.config, dropout: 0.5 } },
    { ...identity, seed: 2 },
  ];
  const keys = changed.map(runKey);
  assertEquals(new Set(keys).size, changed.length);
});
