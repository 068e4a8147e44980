import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { FileClaim } from "../../src/files/file_claim.ts";
import { pageCode } from "../../src/report/page_code.ts";
import { redrawReport } from "../../src/report/redraw_report.ts";
import type { Manifest } from "../../src/results/manifest.ts";
import { RESULTS_CLAIM } from "../../src/results/result_files.ts";
import { sha256 } from "../../src/sha256.ts";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";
import { UserError } from "../../src/user_error.ts";
import { FakeLauncher } from "../sweep/_fake_launcher.ts";
import {
  type ExperimentLines,
  succeed,
  sweepOptions,
  withSmallExperiment,
} from "../sweep/_small_experiment.ts";

const { signal } = new AbortController();

/** Gives the folder that a small sweep wrote. */
async function withSweep(
  use: (folder: string) => Promise<void>,
  lines?: ExperimentLines,
): Promise<void> {
  await withSmallExperiment(async (small) => {
    const launcher = new FakeLauncher(succeed);
    await sweepExperiment(small, sweepOptions(small, { launcher }));
    await use(join(small.reports, "small"));
  }, lines);
}

async function textsIn(folder: string): Promise<Record<string, string>> {
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
  const texts = names.map(async (name) => [name, await Deno.readTextFile(join(folder, name))]);
  return Object.fromEntries(await Promise.all(texts));
}

async function readManifestIn(folder: string): Promise<Manifest & Record<string, unknown>> {
  return JSON.parse(await Deno.readTextFile(join(folder, "manifest.json")));
}

async function writeManifestIn(folder: string, manifest: object): Promise<void> {
  await Deno.writeTextFile(join(folder, "manifest.json"), JSON.stringify(manifest));
}

Deno.test("redrawReport() changes nothing in what a sweep wrote", () =>
  withSweep(async (folder) => {
    const before = await textsIn(folder);
    assertEquals(await redrawReport(folder, { signal }), join(folder, "report.html"));
    assertEquals(await textsIn(folder), before);
  }));

Deno.test("redrawReport() keeps what a later version added to the manifest, and says what drew the report", () =>
  withSweep(async (folder) => {
    const later = { ...await readManifestIn(folder), colour: { of: "later" } };
    await writeManifestIn(folder, { ...later, page: { ...later.page, checksum: "0".repeat(64) } });
    await redrawReport(folder, { signal });
    assertEquals(await readManifestIn(folder), { ...later, page: await pageCode() });
    const { page: _, ...earlier } = later;
    await writeManifestIn(folder, earlier);
    await redrawReport(folder, { signal });
    assertEquals((await readManifestIn(folder)).page, await pageCode());
  }));

Deno.test("redrawReport() adds the answer that manifests of earlier versions lack", () =>
  withSweep(async (folder) => {
    const { answer, ...earlier } = await readManifestIn(folder);
    assertEquals(answer?.use?.noun, "validation accuracy");
    await writeManifestIn(folder, earlier);
    await redrawReport(folder, { signal });
    assertEquals(await readManifestIn(folder), { ...earlier, answer });
  }));

Deno.test("redrawReport() draws nothing from a file that was changed after the sweep", () =>
  withSweep(async (folder) => {
    const path = join(folder, "cells.csv");
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace(",0.75,", ",0.85,"));
    const before = await textsIn(folder);
    const error = await assertRejects(() => redrawReport(folder, { signal }), UserError);
    assertEquals(
      [error.message, error.exitCode],
      [
        `Cannot draw ${folder}/report.html: cells.csv was changed after the sweep: ` +
        "the SHA-256 is not that in manifest.json",
        1,
      ],
    );
    assertEquals(await textsIn(folder), before);
  }));

Deno.test("redrawReport() refuses rows that are not the manifest's", () =>
  withSweep(async (folder) => {
    const changes: [file: string, change: (text: string) => string, problem: RegExp][] = [
      ["runs.csv", (text) => text.replaceAll("l2_penalty=0.1", "x"), /manifest.json has no cell/],
      ["runs.csv", (text) => text.replace(/\n.*\n$/, "\n"), /It has 3 runs, manifest.json 4/],
      ["runs.csv", (text) => text.replace("l2_penalty", "dropout"), /It sweeps dropout, manifest/],
      ["runs.csv", (text) => text.replace(/\n(.*\n).*\n/, "\n$1$1"), /have the same key/],
      ["runs.csv", (text) => text.replace("validation_accuracy", "a"), /no validation_accuracy/],
      ["cells.csv", (text) => text.replace(/\n.*\n$/, "\n"), /each cell of manifest.json once/],
      [
        "runs.csv",
        (text) => text.replace(/,completed,(\d+),[^,]+,/, ",completed,$1,,"),
        /It has no train_loss/,
      ],
      [
        "curves.csv",
        (text) => text.replace(/\n(.{64},\d+),[^,]+,/, "\n$1,,"),
        /It has no train_loss/,
      ],
      ["comparisons.csv", (text) => text.replaceAll("l2_penalty=0,", "x,"), /has no cell "x"/],
      ["curves.csv", (text) => text.replace(/\n.{64}/, "\nx"), /runs.csv has no run "x"/],
    ];
    const manifest = await readManifestIn(folder);
    for (const [file, change, problem] of changes) {
      const path = join(folder, file);
      const text = await Deno.readTextFile(path);
      assert(change(text) !== text, `${problem}`);
      await Deno.writeTextFile(path, change(text));
      const files = { ...manifest.files, [file]: await sha256(change(text)) };
      await writeManifestIn(folder, { ...manifest, files });
      const error = await assertRejects(() => redrawReport(folder, { signal }), UserError);
      assert(problem.test(error.message), error.message);
      await Deno.writeTextFile(path, text);
    }
  }));

Deno.test("redrawReport() makes nothing in a folder that no sweep wrote", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const path of [folder, join(folder, "none")]) {
      await assertRejects(() => redrawReport(path, { signal }), UserError, "Cannot read");
    }
    assertEquals([...Deno.readDirSync(folder)], []);
  } finally {
    await Deno.remove(folder);
  }
});

Deno.test("redrawReport() waits while another process writes there, and draws what that process wrote", () =>
  withSweep((folder) =>
    withSweep(async (other) => {
      const claim = await FileClaim.wait(join(folder, RESULTS_CLAIM), signal);
      let isDone = false;
      const drawing = redrawReport(folder, { signal }).finally(() => isDone = true);
      // As a sweep that writes its files, the manifest last.
      for (const name of ["runs.csv", "manifest.json"]) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert(!isDone);
        for (const { name: file } of Deno.readDirSync(other)) {
          if ((file === "manifest.json") !== (name === "manifest.json")) continue;
          await Deno.copyFile(join(other, file), join(folder, file));
        }
      }
      claim.release();
      await drawing;
      assertEquals(await textsIn(folder), await textsIn(other));
    }, { penalties: "[0, 0.5, 1]" })
  ));

Deno.test("two reports at once leave one that is right", () =>
  withSweep(async (folder) => {
    const before = await textsIn(folder);
    const { page: _, ...earlier } = await readManifestIn(folder);
    await writeManifestIn(folder, earlier);
    await Promise.all([1, 2, 3].map(() => redrawReport(folder, { signal })));
    const { "manifest.json": manifest, ...files } = await textsIn(folder);
    const { "manifest.json": manifestBefore, ...filesBefore } = before;
    assertEquals(files, filesBefore);
    assertEquals(JSON.parse(manifest), JSON.parse(manifestBefore));
  }));

Deno.test("redrawReport() stops waiting when its signal aborts", () =>
  withSweep(async (folder) => {
    const claim = await FileClaim.wait(join(folder, RESULTS_CLAIM), signal);
    const stop = new AbortController();
    const drawing = redrawReport(folder, { signal: stop.signal });
    stop.abort(new Error("enough"));
    await assertRejects(() => drawing, Error, "enough");
    claim.release();
  }));
