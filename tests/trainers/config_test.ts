import { assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import {
  canonicalValue,
  configIdentity,
  configWithoutDefaults,
  resolveConfig,
} from "../../src/trainers/config.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";

const ROWS = BUILT_IN.named("mlp").hyperparameters;

Deno.test("resolveConfig() has every hyperparameter in the table's order", () => {
  const config = resolveConfig(BUILT_IN.named("mlp"), { dropout: 0.5, hidden: [8] });
  assertEquals(Object.keys(config), ROWS.map(({ key }) => key));
  assertEquals(config.dropout, 0.5);
  assertEquals(config.hidden, [8]);
  assertEquals(config.steps, 1000);
});

Deno.test("configWithoutDefaults() leaves only what differs from the defaults", () => {
  assertEquals(
    configWithoutDefaults(BUILT_IN.named("mlp"), resolveConfig(BUILT_IN.named("mlp"), {})),
    {},
  );
  const values = { steps: 1000, hidden: [128, 128], dropout: 0.5, momentum: 0 };
  assertEquals(
    configWithoutDefaults(BUILT_IN.named("mlp"), resolveConfig(BUILT_IN.named("mlp"), values)),
    { dropout: 0.5 },
  );
});

Deno.test("configWithoutDefaults() writes equal values per layer as one", () => {
  const of = (values: Parameters<typeof resolveConfig>[1]) =>
    configWithoutDefaults(BUILT_IN.named("mlp"), resolveConfig(BUILT_IN.named("mlp"), values));
  assertEquals(of({ dropout: [0.5, 0.5] }), { dropout: 0.5 });
  assertEquals(of({ dropout: [0.5, 0.2] }), { dropout: [0.5, 0.2] });
  assertEquals(of({ dropout: [0, 0], activation: ["relu", "relu"] }), {});
  assertEquals(of({ hidden: [], dropout: [] }), { hidden: [] });
});

Deno.test("configWithoutDefaults() keeps equal widths: they say how many layers there are", () => {
  const config = resolveConfig(BUILT_IN.named("mlp"), { hidden: [64, 64, 64] });
  assertEquals(configWithoutDefaults(BUILT_IN.named("mlp"), config), { hidden: [64, 64, 64] });
});

Deno.test("configWithoutDefaults() loses nothing", () => {
  const values = fc.record({
    dropout: fc.oneof(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.constant([0.1, 0.2])),
    l1_penalty: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
    batch_size: fc.oneof(fc.constant("all"), fc.integer({ min: 1 })),
  }, { requiredKeys: [] });
  fc.assert(fc.property(values, (values) => {
    const config = resolveConfig(BUILT_IN.named("mlp"), values);
    assertEquals(
      resolveConfig(BUILT_IN.named("mlp"), configWithoutDefaults(BUILT_IN.named("mlp"), config)),
      config,
    );
  }));
});

Deno.test("canonicalValue() changes no list of unequal or unrelated values", () => {
  const dropout = BUILT_IN.rowOf("mlp", "dropout");
  const hidden = BUILT_IN.rowOf("mlp", "hidden");
  assertEquals(canonicalValue(dropout, [0.3]), 0.3);
  assertEquals(canonicalValue(dropout, [0.3, 0]), [0.3, 0]);
  assertEquals(canonicalValue(hidden, [64, 64]), [64, 64]);
});

Deno.test("configIdentity() tells configs apart by the given hyperparameters alone", () => {
  const rows = ROWS.filter(({ key }) => key === "dropout" || key === "hidden");
  const a = resolveConfig(BUILT_IN.named("mlp"), { dropout: [0.5, 0.5] });
  assertEquals(configIdentity(rows, a), configIdentity(rows, { ...a, dropout: 0.5, steps: 1 }));
  assertNotEquals(configIdentity(rows, a), configIdentity(rows, { ...a, dropout: 0.4 }));
});
