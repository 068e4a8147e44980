import { assertEquals } from "@std/assert";
import type { ManifestDataset } from "../../src/results/manifest.ts";
import { expectedManifest, manifestFindings } from "../../src/verify/expected_manifest.ts";
import { sampleInput } from "../report/_sample_input.ts";
import { SAMPLES } from "../report/_samples.ts";

const { manifest: SAMPLE } = sampleInput(SAMPLES.skewed);
const { dataset: DATASET } = SAMPLE;
const DROPPED = { name: "id", type: "identifier", use: "drop", missing: 0 };
const USED = { name: "age", type: "number", use: "feature", missing: 3 };

function findingsOf(stated: ManifestDataset, found: ManifestDataset) {
  const manifest = { ...SAMPLE, dataset: stated };
  const expected = expectedManifest(manifest, { ...SAMPLE, dataset: found }, SAMPLE.files);
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
