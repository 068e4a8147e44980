import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { FileClaim } from "../../../src/files/file_claim.ts";
import { drawExperiment } from "../../../src/sweep/live/draw_experiment.ts";
import type { LaunchedRun } from "../../../src/sweep/launcher.ts";
import { sweepExperiment } from "../../../src/sweep/sweep_experiment.ts";
import { UserError } from "../../../src/user_error.ts";
import { passes } from "../../../src/verify/check.ts";
import { openOnDataset } from "../../_on_dataset.ts";
import { verdictOn } from "../../verify/_swept_folder.ts";
import { FakeLauncher } from "../_fake_launcher.ts";
import {
  type SmallExperiment,
  succeed,
  sweepOptions,
  withSmallExperiment,
} from "../_small_experiment.ts";

/** Draws, and gives what was said besides. */
async function draw(small: SmallExperiment) {
  const messages: string[] = [];
  const drawn = await drawExperiment(small, {
    reports: small.reports,
    signal: new AbortController().signal,
    onProblem: (message) => messages.push(message),
  });
  return { ...drawn, messages };
}

/** Sweeps until so many runs have ended, and removes what the sweep wrote. */
async function sweepSome(small: SmallExperiment, runs: number): Promise<void> {
  const stop = new AbortController();
  let ended = 0;
  const launcher = new FakeLauncher((run): LaunchedRun => {
    if (++ended === runs) stop.abort();
    return succeed(run);
  });
  const pace = { lastSeconds: 600 };
  await sweepExperiment(small, sweepOptions(small, { launcher, signal: stop.signal, pace }));
  await Deno.remove(join(small.reports, "small"), { recursive: true });
}

async function csvFilesIn(folder: string): Promise<Record<string, string>> {
  const names = (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name))
    .filter((name) => name.endsWith(".csv")).sort();
  const texts = names.map(async (name) => [name, await Deno.readTextFile(join(folder, name))]);
  return Object.fromEntries(await Promise.all(texts));
}

async function assertRight(folder: string): Promise<void> {
  const { files, runs } = await verdictOn(folder);
  assertEquals([...files, ...runs].filter((check) => !passes(check)), []);
}

const THREE = { penalties: "[0, 0.1, 0.2]" };

Deno.test("drawExperiment() writes what the store has, and leaves test rows alone", () =>
  withSmallExperiment(async (small) => {
    await assertRejects(
      () => draw(small),
      UserError,
      "no run has ended, so there is nothing to report",
    );
    await sweepSome(small, 4);
    const { folder, results: { manifest }, messages } = await draw(small);
    assertEquals([folder, messages], [join(small.reports, "small"), []]);
    const { written, ...unfinished } = manifest.unfinished ?? {};
    assertEquals(unfinished, { planned: 6, why: "drawn" });
    assert(written !== undefined);
    assertEquals([manifest.runs.total, manifest.runs.trained], [4, 0]);
    assertEquals("test.csv" in manifest.files, false);
    await assertRight(folder);
  }, THREE));

Deno.test("drawExperiment() gives the files of the sweep once all runs have ended and were scored", () =>
  withSmallExperiment(async (small) => {
    const options = sweepOptions(small, { launcher: new FakeLauncher(succeed) });
    const swept = await sweepExperiment(small, options);
    assert(swept.state === "complete");
    const before = await csvFilesIn(swept.folder);
    await Deno.remove(swept.folder, { recursive: true });
    const { folder, results: { manifest } } = await draw(small);
    assertEquals([folder, manifest.state], [swept.folder, "complete"]);
    assertEquals(await csvFilesIn(folder), before);
    await assertRight(folder);

    // Without the scores, it says what is missing.
    await Deno.remove(join(small.reports, "store", "test"), { recursive: true });
    await Deno.remove(folder, { recursive: true });
    const { results } = await draw(small);
    const { written: _, ...unfinished } = results.manifest.unfinished ?? {};
    assertEquals(unfinished, { planned: 6, why: "drawn", unscored: true });
    await assertRight(folder);
  }, THREE));

Deno.test("drawExperiment() leaves complete results alone", () =>
  withSmallExperiment(async (small) => {
    const options = sweepOptions(small, { launcher: new FakeLauncher(succeed) });
    const swept = await sweepExperiment(small, options);
    assert(swept.state === "complete");
    const before = await csvFilesIn(swept.folder);
    const more = await openOnDataset(small.experiment.file, { seeds: "5" });
    const { folder, results } = await draw({ ...small, ...more });
    assertEquals(folder, join(swept.folder, "unfinished"));
    assertEquals([results.manifest.unfinished?.planned, results.runs.length], [15, 6]);
    assertEquals(await csvFilesIn(swept.folder), before);
    await assertRight(folder);
    await assertRight(swept.folder);
    // What is complete again has nothing unfinished beside it.
    await draw(small);
    assertEquals(await csvFilesIn(swept.folder), before);
    await assertRejects(() => Deno.stat(folder), Deno.errors.NotFound);
  }, THREE));

Deno.test("drawExperiment() says that the sweep runs where another process writes its report", () =>
  withSmallExperiment(async (small) => {
    await sweepSome(small, 4);
    const folder = join(small.reports, "small");
    await Deno.mkdir(folder);
    const other = FileClaim.take(join(folder, "live.claim"));
    assert(other);
    const { results: { manifest } } = await draw(small);
    assertEquals(manifest.unfinished?.why, "running");
    const page = await Deno.readTextFile(join(folder, "report.html"));
    assertStringIncludes(page, "Running: 4 of 6 runs had ended");
    other.release();
  }, THREE));

Deno.test("drawExperiment() draws the last rung, or the last look, that the store has", async () => {
  const halving = { ...THREE, more: "successive_halving: { min_steps: 2, eta: 2 }\n" };
  await withSmallExperiment(async (small) => {
    await sweepSome(small, 7);
    const { folder, results: { manifest } } = await draw(small);
    const { written: _, ...unfinished } = manifest.unfinished ?? {};
    assertEquals(unfinished, { planned: 6, why: "drawn", rung: 2 });
    await assertRight(folder);
  }, halving);
  await withSmallExperiment(async (small) => {
    await sweepSome(small, 8);
    const { folder, results: { manifest } } = await draw(small);
    assertEquals([manifest.unfinished?.planned, manifest.runs.total], [12, 6]);
    await assertRight(folder);
  }, { ...THREE, seeds: "{ from: 2, to: 4, until: decided }" });
});
