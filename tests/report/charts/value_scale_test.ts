import { assertEquals } from "@std/assert";
import { isRate, scaleNote, shareOn, valueScale } from "../../../src/report/charts/_value_scale.ts";
import { BUILT_IN } from "../../../src/trainers/trainers.ts";

Deno.test("valueScale() is logarithmic for values of even ratios, linear for even steps", () => {
  assertEquals(valueScale([50, 100, 200, 400, 800], false), { type: "log" });
  assertEquals(valueScale([0.03, 0.1, 0.3], false), { type: "log" });
  assertEquals(valueScale([100, 200, 300, 400], false), { type: "linear" });
  assertEquals(valueScale([-1, 0, 1], false), { type: "linear" });
  assertEquals(valueScale([0.001, 0.1], false), { type: "linear" });
});

Deno.test("valueScale() is symlog only where 0 is among powers", () => {
  assertEquals(valueScale([0, 1e-5, 1e-4, 1e-3], false), { type: "symlog", constant: 1.11e-6 });
  assertEquals(valueScale([0, 1, 2, 3], false), { type: "linear" });
});

Deno.test("valueScale() keeps rates linear, whatever their values", () => {
  assertEquals(valueScale([0.001, 0.01, 0.1], true), { type: "linear" });
  const rates = ["dropout", "momentum", "label_smoothing", "learning_rate", "l2_penalty", "steps"];
  assertEquals(
    rates.filter((key) => isRate(key, BUILT_IN.named("mlp").hyperparameters)),
    rates.slice(0, 3),
  );
  assertEquals(isRate("unknown", BUILT_IN.rows), false);
});

Deno.test("scaleNote() names every scale but the linear one", () => {
  assertEquals(scaleNote({ type: "linear" }), []);
  assertEquals(scaleNote({ type: "symlog", constant: 1 }), ["symlog scale"]);
});

Deno.test("shareOn() puts values where the scale has them", () => {
  const onLog = shareOn({ type: "log" }, [1, 100]);
  assertEquals([1, 10, 100].map(onLog), [0, 0.5, 1]);
  assertEquals([0, 25, 100].map(shareOn({ type: "linear" }, [0, 100])), [0, 0.25, 1]);
  assertEquals(shareOn({ type: "symlog", constant: 1 }, [0, 3])(0), 0);
});
