import { assertEquals, assertStringIncludes } from "@std/assert";
import { whatWasRun } from "../../../src/report/sections/what_was_run.ts";
import type { Manifest, ManifestDataset, SweepManifest } from "../../../src/results/manifest.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

const { manifest } = sampleInput(SAMPLES.elasticNet);

function shown(dataset: Partial<ManifestDataset>, swept: readonly string[] = []): string {
  const { experiment } = manifest;
  const keys = swept.map((key) => ({ key, label: key, regularizer: false }));
  return whatWasRun({
    ...manifest,
    experiment: { ...experiment, swept: [...experiment.swept, ...keys] },
    dataset: { ...manifest.dataset, ...dataset },
  }).text;
}

Deno.test("whatWasRun() says how numbers were standardized and missing cells filled", () => {
  const plain = shown({ standardize: "robust" });
  assertStringIncludes(plain, "<dt>Standardization</dt><dd>robust</dd>");
  assertEquals(plain.includes("Missing values"), false);
  assertStringIncludes(
    shown({ impute: "most_frequent" }),
    "<dt>Imputation</dt><dd>most frequent of the training rows, and an input that says where</dd>",
  );
  assertStringIncludes(
    shown({ impute: "drop_rows" }),
    "<dt>Imputation</dt><dd>rows with missing values were left out</dd>",
  );
  const swept = shown({ impute: "median" }, ["standardize", "impute"]);
  assertStringIncludes(swept, "<dt>Standardization</dt><dd>swept</dd>");
  assertStringIncludes(swept, "<dt>Imputation</dt><dd>swept</dd>");
});

Deno.test("whatWasRun() says that test rows come from a file of their own, instead of 0%", () => {
  const split = { ...manifest.dataset.split, train: 0.75, validation: 0.25, test: 0 };
  const text = shown({ test: "later.csv", split: { ...split, stratify: true } });
  assertStringIncludes(
    text,
    "<dt>Split</dt><dd>75% training, 25% validation; test rows have a file of their own; ",
  );
  assertStringIncludes(text, "each class has its share of the training and validation rows");
  assertStringIncludes(shown({ split }), "75% training, 25% validation, 0% test; ");
});

Deno.test("whatWasRun() says what one's own trainers are, and what they may depend on", () => {
  const described = { tasks: [], hyperparameters: [] };
  const own: Manifest["own"] = [
    { ...described, name: "ridge", kind: "module", packages: ["a@1.2.3"], allow: ["math"] },
    {
      ...described,
      name: "time",
      kind: "program",
      command: ["sh", "<a>.sh"],
      deterministic: false,
    },
  ];
  const trainers = { mlp: 3, ridge: "1".repeat(64), time: "2".repeat(64) };
  assertStringIncludes(
    whatWasRun({ ...manifest, trainers, own }).text,
    "<dd>mlp, version 3; <bdi>ridge</bdi>, a module, with a@1.2.3, allowed to use functions of " +
      "Math that depend on the engine, version <code>111111111111</code>; <bdi>time</bdi>, the " +
      "program <code>sh &#39;&lt;a&gt;.sh&#39;</code>, not deterministic, version " +
      "<code>222222222222</code></dd>",
  );
});

Deno.test("whatWasRun() links to copies of one's own trainers in their folders", () => {
  const files = { "trainers/ridge/lib/a b.ts": "0".repeat(64) };
  const page = whatWasRun({ ...manifest, files }).text;
  assertStringIncludes(page, '<a href="trainers/ridge/lib/a%20b.ts">trainers/ridge/lib/a b.ts</a>');
});

Deno.test("whatWasRun() says on how many of a cluster's tasks native kernels trained", () => {
  const task = { task: "1_0", node: "n1", restarts: 0, log: "slurm/a/logs/1_0.log", trained: 3 };
  const native = (bits: number) => ({ ...task, native: { library: "a.so", bits } });
  const text = (tasks: SweepManifest["tasks"], kernels = manifest.kernels) => {
    return whatWasRun({ ...manifest, kernels, tasks }).text;
  };
  const idle = { ...native(128), trained: 0 };
  const lost = { ...task, trained: null };
  assertStringIncludes(
    text([native(512), task, native(256), native(512), idle, lost]),
    "<dt>Kernels</dt><dd>native on 3 of 4 tasks, 256 and 512 bits</dd>",
  );
  // The scores of the test rows are computed on the machine that submits.
  const scored = { ...manifest.kernels, native: { library: "a.so", bits: 512 } };
  assertEquals(text([task, lost], scored).includes("<dt>Kernels</dt>"), false);
  assertStringIncludes(text([idle], scored), "<dt>Kernels</dt><dd>native, 512 bits");
});
