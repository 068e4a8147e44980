import { assertEquals } from "@std/assert";
import type { ManifestDataset } from "../../src/results/manifest.ts";
import { answerOf } from "../../src/report/answer_of.ts";
import {
  expectedManifest,
  isAboutWording,
  manifestFindings,
} from "../../src/verify/expected_manifest.ts";
import { sampleInput } from "../report/_sample_input.ts";
import { SAMPLES } from "../report/_samples.ts";

const INPUT = sampleInput(SAMPLES.skewed);
const { manifest: SAMPLE } = INPUT;
const { dataset: DATASET } = SAMPLE;
const DROPPED = { name: "id", type: "identifier", use: "drop", missing: 0 };
const USED = { name: "age", type: "number", use: "feature", missing: 3 };

function findingsOf(stated: ManifestDataset, found: ManifestDataset) {
  const manifest = { ...SAMPLE, dataset: stated };
  const expected = expectedManifest(manifest, { ...SAMPLE, dataset: found }, SAMPLE);
  return manifestFindings(manifest, expected).map(({ what }) => what);
}

Deno.test("expectedManifest() asks for no member that an earlier version did not write", () => {
  const { task: _, classCounts: __, ...early } = DATASET;
  const now = { ...DATASET, columns: [DROPPED, USED] };
  assertEquals(findingsOf(early, now), []);
  assertEquals(findingsOf({ ...early, task: "regression" }, now), ["dataset.task"]);
  assertEquals(findingsOf({ ...now, columns: [DROPPED, { ...USED, missing: 2 }] }, now), [
    "dataset.columns[1].missing",
  ]);
});

Deno.test("expectedManifest() takes over why columns are dropped, which only the sweep knew", () => {
  const stated = { ...DATASET, columns: [{ ...DROPPED, why: "it counts" }, USED] };
  const found = (use: string) => ({
    ...DATASET,
    columns: [{ ...DROPPED, type: "number", use, why: "the experiment drops it" }, USED],
  });
  assertEquals(findingsOf(stated, found("drop")), []);
  assertEquals(findingsOf(stated, found("feature")), [
    "dataset.columns[0].type",
    "dataset.columns[0].use",
  ]);
});

Deno.test("expectedManifest() checks what a manifest answers, but not that of an earlier version", () => {
  const answer = answerOf(INPUT);
  const { use } = answer;
  if (!use) throw new Error("The sample has an answer");
  const findingsOf = (stated: typeof SAMPLE) =>
    manifestFindings(stated, expectedManifest(stated, SAMPLE, { files: SAMPLE.files, answer }));
  assertEquals(findingsOf(SAMPLE), []);
  assertEquals(findingsOf({ ...SAMPLE, answer }), []);
  const forged = { ...answer, limit: "None.", use: { ...use, mean: 1, text: "100%" } };
  const findings = findingsOf({ ...SAMPLE, answer: forged });
  assertEquals(findings.map(({ what }) => what), [
    "answer.limit",
    "answer.use.mean",
    "answer.use.text",
  ]);
  // Another version can say it in other words, but not with other numbers.
  assertEquals(findings.map(isAboutWording), [true, false, true]);
});
