import { join } from "node:path";
import { renderReport } from "../../src/report/render_report.ts";
import type { Manifest } from "../../src/results/manifest.ts";
import { readManifest } from "../../src/results/read_manifest.ts";
import { readTableTexts, rowsIn, TABLE_NAMES } from "../../src/results/result_files.ts";
import { sha256 } from "../../src/sha256.ts";
import type { LaunchedRun } from "../../src/sweep/launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";
import { type Verdict, verifyFolder, type VerifyOptions } from "../../src/verify/verify_folder.ts";
import { FakeLauncher } from "../sweep/_fake_launcher.ts";
import {
  type ExperimentLines,
  succeed,
  sweepOptions,
  withSmallExperiment,
} from "../sweep/_small_experiment.ts";

export interface SweptFolderOptions extends ExperimentLines {
  /** How the sweep's runs end. */
  readonly end?: (run: PlannedRun) => LaunchedRun;
}

/** Gives the folder of a small sweep, whose runs end as told. */
export async function withSweptFolder(
  use: (folder: string) => Promise<void>,
  { end = succeed, ...lines }: SweptFolderOptions = {},
): Promise<void> {
  await withSmallExperiment(async (small) => {
    const launcher = new FakeLauncher(end);
    await sweepExperiment(small, sweepOptions(small, { launcher }));
    await use(join(small.reports, "small"));
  }, lines);
}

/** Verifies a folder with runs that end as those of `withSweptFolder()`. */
export async function verdictOn(
  folder: string,
  options: Partial<VerifyOptions> = {},
): Promise<Verdict> {
  const result = await verifyFolder(folder, {
    workers: 1,
    signal: new AbortController().signal,
    onEvent: () => {},
    launcher: new FakeLauncher(succeed),
    ...options,
  });
  if (result.state !== "complete") throw new Error("It was interrupted");
  return result.verdict;
}

/** A manifest whose members can be changed. */
// deno-lint-ignore no-explicit-any
export type LooseManifest = any;

/** Changes a folder's manifest, which can become one that no sweep writes. */
export async function changeManifest(
  folder: string,
  change: (manifest: LooseManifest) => void,
): Promise<void> {
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(await Deno.readTextFile(path));
  change(manifest);
  await Deno.writeTextFile(path, JSON.stringify(manifest, null, 2) + "\n");
}

/** Draws the page from whatever the folder says, as a forger can. */
export async function redrawPage(folder: string): Promise<void> {
  const manifest: Manifest = readManifest(await Deno.readTextFile(join(folder, "manifest.json")));
  const texts = await readTableTexts(folder, TABLE_NAMES, (file) => file in manifest.files);
  const page = await renderReport({ manifest, ...rowsIn(texts) });
  await Deno.writeTextFile(join(folder, "report.html"), page);
}

/** Writes the checksums that the files have now into the manifest. */
export async function correctChecksums(folder: string): Promise<void> {
  const checksums: Record<string, string> = {};
  const manifest = JSON.parse(await Deno.readTextFile(join(folder, "manifest.json")));
  for (const name of Object.keys(manifest.files)) {
    checksums[name] = await sha256(await Deno.readFile(join(folder, name)));
  }
  await changeManifest(folder, (manifest) => manifest.files = checksums);
}
