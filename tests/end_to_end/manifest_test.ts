import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import packageFile from "../../deno.json" with { type: "json" };
import { sha256 } from "../../src/sha256.ts";
import { runHere } from "./_run_here.ts";
import { PROJECT, runTask } from "./_task.ts";
import { ALL_FILES, readManifestIn, Workspace } from "./_workspace.ts";

const EXPERIMENT = "fixed: { hidden: [8], steps: 20 }\ngrid: { l2_penalty: [0, 1] }\nseeds: 2\n";

async function checksumOf(...parts: string[]): Promise<string> {
  return await sha256(await Deno.readFile(join(...parts)));
}

Deno.test("manifest.json has the checksums of all that was written and read", () =>
  Workspace.use(async (workspace) => {
    const folder = await workspace.sweep(await workspace.experiment(EXPERIMENT), "out");
    const { files, dataset, kernels } = await readManifestIn(folder);
    const names = ALL_FILES.filter((name) => name !== "manifest.json");
    assertEquals(Object.keys(files).sort(), names.sort());
    for (const name of names) assertEquals(files[name], await checksumOf(folder, name), name);
    assertEquals(dataset.checksum, await checksumOf(workspace.path("points.csv")));
    assertEquals(kernels.checksum, await checksumOf(PROJECT, "src/kernels/kernels.wasm"));
  }));

Deno.test("manifest.json tells which program ran, where and for how long", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const folder = await workspace.sweep(file, "out", "--workers", "2");
    const { versions, machine, git, times, trainers, measures } = await readManifestIn(folder);
    const { deno, v8 } = Deno.version;
    assertEquals([versions.deno, versions.v8], [deno, v8]);
    assertEquals(versions.zod, packageFile.imports.zod.replace("npm:zod@", ""));
    // What ran, and nothing that only tests need.
    const packages = Object.values(packageFile.imports).map((specifier) =>
      specifier.replace(/^npm:(@?[^@]+)@.*/, "$1")
    );
    assertEquals(new Set(Object.keys(versions)), new Set(["regsweep", "deno", "v8", ...packages]));
    assertEquals(Object.keys(trainers), ["mlp"]);
    assertEquals(measures, [
      { key: "sparsity", heading: "Zero weights", isPercent: true, decimals: 1 },
      { key: "weight_l2", heading: "L2 norm of weights", isPercent: false, decimals: 2 },
    ]);
    assertEquals(machine.cores, navigator.hardwareConcurrency);
    assertEquals([machine.os, machine.arch, machine.workers], [Deno.build.os, Deno.build.arch, 2]);
    assert(machine.cpu.length > 0);
    assert(typeof git.clean === "boolean" ? /^[0-9a-f]{40,64}$/.test(git.commit) : git.reason);
    assertEquals(times.runs.length, 4);
    const sum = times.runs.reduce((sum: number, seconds: number) => sum + seconds);
    assert(Math.abs(sum - times.trainSeconds) < 1e-9, "the sums are of the same runs");

    // Known runs keep the time that they took.
    await workspace.sweep(file, "out");
    const again = (await readManifestIn(folder)).times;
    assertEquals([again.runs, again.trainSeconds], [times.runs, 0]);
  }));

Deno.test("report: leaves the manifest alone, unless it draws what was not drawn before", () =>
  Workspace.use(async (workspace) => {
    const folder = await workspace.sweep(await workspace.experiment(EXPERIMENT), "out");
    const path = join(folder, "manifest.json");
    const before = await Deno.readTextFile(path);
    assertEquals((await runTask("report", folder)).code, 0);
    assertEquals(await Deno.readTextFile(path), before);

    const manifest = JSON.parse(before);
    const other = { ...manifest, files: { ...manifest.files, "report.html": "0".repeat(64) } };
    await Deno.writeTextFile(path, JSON.stringify(other));
    assertEquals((await runHere("report", folder)).code, 0);
    assertEquals(JSON.parse(await Deno.readTextFile(path)), manifest);
  }));
