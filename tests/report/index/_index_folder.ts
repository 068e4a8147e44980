import { join } from "node:path";
import { answerOf } from "../../../src/report/answer_of.ts";
import { type Manifest, manifestText, type SweepManifest } from "../../../src/results/manifest.ts";
import { type SampleInput, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

const { manifest: MANIFEST, ...ROWS } = sampleInput(SAMPLES.fourTechniques);

/** Makes a reports folder, and removes it afterwards. */
export async function withReports(use: (reports: string) => Promise<void>): Promise<void> {
  const reports = await Deno.makeTempDir();
  try {
    await use(reports);
  } finally {
    await Deno.remove(reports, { recursive: true });
  }
}

/** A manifest with an answer, of a sweep that began at a time. */
export function manifestAt(
  started: string,
  about: Partial<SampleInput["manifest"]["experiment"]> = {},
): SweepManifest {
  const experiment = { ...MANIFEST.experiment, ...about };
  return {
    ...MANIFEST,
    answer: answerOf({ ...ROWS, manifest: MANIFEST }),
    experiment,
    times: { ...MANIFEST.times, started },
  };
}

/** Writes a sweep's folder with a manifest and a report that nobody reads. */
export async function writeSweep(
  reports: string,
  name: string,
  manifest: Manifest | string,
): Promise<void> {
  const folder = join(reports, name);
  await Deno.mkdir(folder);
  const text = typeof manifest === "string" ? manifest : manifestText(manifest);
  await Deno.writeTextFile(join(folder, "manifest.json"), text);
  await Deno.writeTextFile(join(folder, "report.html"), "");
}
