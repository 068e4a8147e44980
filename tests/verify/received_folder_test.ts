import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { openExperiment } from "../../src/experiment/open_experiment.ts";
import { redrawReport } from "../../src/report/redraw_report.ts";
import { sha256 } from "../../src/sha256.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { passes } from "../../src/verify/check.ts";
import { compareSweeps } from "../../src/verify/compare_sweeps.ts";
import { changeManifest, verdictOn, withSweptFolder } from "./_swept_folder.ts";

const SECRET = "secret,words,that\nnobody,may,see\n";
const { signal } = new AbortController();

/** What reads a folder that somebody else made. */
const READERS: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  report: (folder) => redrawReport(folder, { signal }),
  verify: (folder) => verdictOn(folder),
  compare: (folder) => compareSweeps(folder, folder),
};

/** What a reader says of a folder that it refuses. */
async function refusal(reader: string, folder: string): Promise<string> {
  const error = await assertRejects(() => READERS[reader](folder), UserError);
  return formatProblems(error.problems);
}

/** Puts a link to a file elsewhere in place of each file that a command reads. */
Deno.test("report, verify and compare follow no link out of the folder", () =>
  withSweptFolder(async (folder) => {
    const secret = join(folder, "..", "..", "secret.txt");
    await Deno.writeTextFile(secret, SECRET);
    const read: Readonly<Record<string, readonly string[]>> = {
      report: ["manifest.json", "runs.csv", "cells.csv", "test.csv"],
      verify: ["manifest.json", "experiment.yaml", "runs.csv", "cells.csv", "report.html"],
      compare: ["manifest.json", "runs.csv", "curves.csv"],
    };
    for (const [reader, names] of Object.entries(read)) {
      for (const name of names) {
        const path = join(folder, name);
        await Deno.rename(path, `${path}.tmp`);
        await Deno.symlink(secret, path);
        const message = await refusal(reader, folder);
        assertEquals(message, `Cannot read ${path}: it leads out of ${folder}`);
        await Deno.rename(`${path}.tmp`, path);
      }
    }
    assertEquals(await Deno.readTextFile(secret), SECRET);
  }));

Deno.test("report writes to the folder alone, whatever is linked there", () =>
  withSweptFolder(async (folder) => {
    const secret = join(folder, "..", "..", "secret.txt");
    await Deno.writeTextFile(secret, SECRET);
    for (const name of ["report.html", "results.claim"]) {
      await Deno.remove(join(folder, name)).catch(() => {});
      await Deno.symlink(name === "results.claim" ? `${secret}.new` : secret, join(folder, name));
      await redrawReport(folder, { signal });
    }
    assertEquals(await Deno.readTextFile(secret), SECRET);
    await assertRejects(() => Deno.stat(`${secret}.new`), Deno.errors.NotFound);
  }));

Deno.test("verifyFolder() quotes nothing from a file that is not the sweep's dataset", () =>
  withSweptFolder(async (folder) => {
    const secret = join(folder, "..", "..", "secret.txt");
    await Deno.writeTextFile(secret, SECRET);
    const path = join(folder, "experiment.yaml");
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace("small.csv", "secret.txt"));
    const { files } = await verdictOn(folder);
    const [{ subject, findings }] = files;
    assert(subject.endsWith("secret.txt"));
    assertEquals(findings[0].actual, await sha256(SECRET));
    assert(!JSON.stringify(files).includes("words"));
    await Deno.writeTextFile(path, `${text}extends: ../../secret.txt\n`);
    const message = await refusal("verify", folder);
    assert(
      /:\d+:\d+: Cannot verify an experiment that extends another file/.test(message),
      message,
    );
    assert(!message.includes("words"), message);
  }));

Deno.test("verifyFolder() finds what lies among the copies of one's own trainers", () =>
  withSweptFolder(async (folder) => {
    const secret = join(folder, "..", "..", "secret.txt");
    await Deno.writeTextFile(secret, SECRET);
    const copies = join(folder, "trainers", "ridge");
    await Deno.mkdir(join(copies, "__pycache__"), { recursive: true });
    await Deno.writeTextFile(join(copies, "__pycache__", "train.pyc"), "");
    assert((await verdictOn(folder)).isRight);
    await Deno.writeTextFile(join(copies, "ridge.ts"), "export default {};\n");
    await Deno.symlink("../../..", join(copies, "link"));
    const stray = (name: string) => {
      const findings = [{ what: "It is not one of this sweep's files" }];
      return { subject: `trainers/ridge/${name}`, findings };
    };
    const strays = async () => (await verdictOn(folder)).files.filter((check) => !passes(check));
    assertEquals(await strays(), [stray("link"), stray("ridge.ts")]);
    // A manifest can name them, but the experiment has no such trainer.
    const checksum = await sha256("export default {};\n");
    await changeManifest(folder, ({ files }) => files["trainers/ridge/ridge.ts"] = checksum);
    assertEquals(await strays(), [stray("ridge.ts"), stray("link")]);
    await changeManifest(folder, ({ files }) => {
      files["trainers/ridge/link/secret.txt"] = checksum;
    });
    await Deno.remove(join(copies, "link"));
    await Deno.symlink("../../../..", join(copies, "link"));
    assertEquals(
      await refusal("verify", folder),
      `Cannot read ${join(copies, "link", "secret.txt")}: it leads out of ${folder}`,
    );
    await changeManifest(folder, ({ files }) => {
      for (const name of Object.keys(files)) if (name.includes("/")) delete files[name];
    });
    await Deno.rename(join(folder, "trainers"), join(folder, "..", "trainers"));
    await Deno.symlink("../trainers", join(folder, "trainers"));
    assertEquals((await strays()).at(-1)?.subject, "trainers");
  }));

Deno.test("verifyFolder() does not list a million runs that runs.csv does not have", () =>
  withSweptFolder(async (folder) => {
    const path = join(folder, "experiment.yaml");
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace("seeds: 2", "seeds: 400000"));
    const [check] = (await verdictOn(folder)).files;
    assertEquals(check, {
      subject: "experiment.yaml",
      findings: [{ what: "It has 800,000 runs, runs.csv has 4" }],
    });
  }));

Deno.test("verifyFolder() refuses runs that need more memory than kernels can have", () =>
  withSweptFolder(async (folder) => {
    const path = join(folder, "experiment.yaml");
    const keys = async () => {
      const { experiment, dataset } = await openExperiment(path);
      return planRuns(experiment, dataset).runs.map(({ key }) => key);
    };
    const before = await keys();
    const text = await Deno.readTextFile(path);
    const large = text.replace("fixed: {", "fixed: { hidden: [40000, 40000],");
    await Deno.writeTextFile(path, large);
    const after = await keys();
    for (const name of ["runs.csv", "curves.csv", "histograms.csv"]) {
      const table = await Deno.readTextFile(join(folder, name));
      const forged = table.replace(/[0-9a-f]{64}/g, (key) => after[before.indexOf(key)] ?? key);
      await Deno.writeTextFile(join(folder, name), forged);
    }
    const message = await refusal("verify", folder);
    assert(message.includes("Cannot use hidden [40000, 40000]: a run would need "), message);
  }));

Deno.test("report, verify and compare refuse folders, and pipes that would block them", () =>
  withSweptFolder(async (folder) => {
    for (const name of ["manifest.json", "runs.csv"]) {
      const path = join(folder, name);
      await Deno.rename(path, `${path}.tmp`);
      for (const [kind, make] of [["a pipe", "mkfifo"], ["a folder", "mkdir"]]) {
        assert((await new Deno.Command(make, { args: [path] }).output()).success);
        for (const reader of Object.keys(READERS)) {
          const message = await refusal(reader, folder);
          assertEquals(message, `Cannot read ${path}: it is ${kind}, not a file`);
        }
        await Deno.remove(path);
      }
      await Deno.rename(`${path}.tmp`, path);
    }
  }));
