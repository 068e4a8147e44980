import { assertEquals, assertStringIncludes } from "@std/assert";
import { failureList } from "../../src/cli/sweep_summary.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";

function failures(count: number): RunOutcome[] {
  const config = resolveConfig(BUILT_IN.named("mlp"), { steps: 5, dropout: 0.5 });
  const cell = {
    index: 0,
    name: "dropout=0.5",
    technique: "dropout",
    trainer: "mlp" as const,
    config,
  };
  return Array.from({ length: count }, (_, replicate) => ({
    key: `key ${replicate}`,
    cell,
    replicate,
    seed: replicate + 1,
    failure: "its worker ended",
  }));
}

Deno.test("failureList() names cell, seed, reason and config", () => {
  assertEquals(
    failureList(failures(1), BUILT_IN),
    "1 run failed:\n  dropout=0.5, seed 1: its worker ended\n    steps=5 dropout=0.5",
  );
});

Deno.test("failureList() has no line for a config of defaults", () => {
  const [failure] = failures(1);
  const config = resolveConfig(BUILT_IN.named("mlp"), {});
  assertEquals(
    failureList([{ ...failure, cell: { ...failure.cell, config } }], BUILT_IN),
    "1 run failed:\n  dropout=0.5, seed 1: its worker ended",
  );
});

Deno.test("failureList() names twenty runs at most", () => {
  const text = failureList(failures(23), BUILT_IN) ?? "";
  assertStringIncludes(text, "23 runs failed:\n");
  assertEquals(text.match(/, seed /g)?.length, 20);
  assertStringIncludes(text, "\n  … and 3 more, which manifest.json lists");
});

Deno.test("failureList() is nothing if no run failed", () => {
  assertEquals(failureList([], BUILT_IN), undefined);
});
