import { assert, assertEquals, assertRejects } from "@std/assert";
import { basename, join } from "node:path";
import { UserError } from "../../src/user_error.ts";
import { passes } from "../../src/verify/check.ts";
import type { Verdict } from "../../src/verify/verify_folder.ts";
import { FakeLauncher } from "../sweep/_fake_launcher.ts";
import { succeed } from "../sweep/_small_experiment.ts";
import { endRun, sweepFuzzFolders } from "./_fuzz_folder.ts";
import {
  changeManifest,
  correctChecksums,
  type LooseManifest,
  redrawPage,
  verdictOn,
  withSweptFolder,
} from "./_swept_folder.ts";

/** What a verification finds, as `file: what`. */
function findingsIn({ runs, files }: Verdict): string[] {
  return [...runs, ...files].filter((check) => !passes(check))
    .flatMap(({ subject, findings }) => findings.map(({ what }) => `${subject}: ${what}`));
}

/** Does something to a folder's report and manifest, and undoes it. */
async function restoring(folder: string, work: () => Promise<void>): Promise<void> {
  const paths = ["report.html", "manifest.json"].map((name) => join(folder, name));
  const texts = await Promise.all(paths.map((path) => Deno.readTextFile(path)));
  await work();
  for (const [index, path] of paths.entries()) await Deno.writeTextFile(path, texts[index]);
}

async function editPage(folder: string, change: (page: string) => string): Promise<void> {
  const path = join(folder, "report.html");
  const page = await Deno.readTextFile(path);
  assert(change(page) !== page);
  await Deno.writeTextFile(path, change(page));
}

const FORGED_PAGES: Readonly<Record<string, (page: string) => string>> = {
  "a false headline": (page) => page.replace(/(<p class="finding">)[^<]*/, "$1It is proven."),
  "a remote script": (page) =>
    page.replace("</body>", '<script src="//a.example"></script></body>'),
  "another policy": (page) => page.replace(/http-equiv="Content-Security-Policy"/, "name=a"),
  "a byte-order mark": (page) => `\ufeff${page}`,
};

Deno.test("verifyFolder() finds another report, whose checksum is right", (test) =>
  withSweptFolder(async (folder) => {
    for (const [what, change] of Object.entries(FORGED_PAGES)) {
      await test.step(what, () =>
        restoring(folder, async () => {
          await editPage(folder, change);
          await correctChecksums(folder);
          const [finding, ...others] = findingsIn(await verdictOn(folder));
          const expected =
            /^report.html: These files give another report: line \d+ is the first that differs$/;
          assert(expected.test(finding), finding);
          assertEquals(others, []);
        }));
    }
  }));

type Forgery = (manifest: LooseManifest) => void;

const FORGED_MEMBERS: Readonly<Record<string, Forgery>> = {
  "experiment.name": ({ experiment }) => experiment.name = "other",
  "experiment.description": ({ experiment }) => experiment.description = "It is proven.",
  "experiment.metric": ({ experiment }) => experiment.metric = "train_accuracy",
  "experiment.equivalence": ({ experiment }) => experiment.equivalence = 0.5,
  "experiment.baseline": ({ experiment }) => experiment.baseline = experiment.cells[1].name,
  "experiment.swept[0].label": ({ experiment }) => experiment.swept[0].label = "Dropout",
  "experiment.fixed.steps": ({ experiment }) => experiment.fixed.steps = 100,
  "experiment.cells[1].values.l2_penalty": ({ experiment }) =>
    experiment.cells[1].values.l2_penalty = 0.2,
  "experiment.cells[1].technique": ({ experiment }) => experiment.cells[1].technique = "dropout",
  "experiment.seeds[1]": ({ experiment }) => experiment.seeds[1] = 7,
  "experiment.halving": ({ experiment }) =>
    experiment.halving = { metric: "validation_accuracy", minSteps: 1, eta: 2 },
  "dataset.path": ({ dataset }) => dataset.path = "mnist.csv",
  "dataset.target": ({ dataset }) => dataset.target = "z",
  "dataset.features": ({ dataset }) => dataset.features = 64,
  "dataset.standardize": ({ dataset }) => dataset.standardize = "none",
  "dataset.split.resplit": ({ dataset }) => dataset.split.resplit = false,
  "measures[0].heading": ({ measures }) => measures[0].heading = "Accuracy",
  "answer.advice": ({ answer }) => answer.advice = "Use L2 penalty 0.1",
  "answer.use.mean": ({ answer }) => answer.use.mean = 1,
  "runs.diverged": ({ runs }) => runs.diverged = 1,
  "runs.failed": ({ runs }) => runs.failed = 1,
};

Deno.test("verifyFolder() finds another manifest, with a report that shows it", (test) =>
  withSweptFolder(async (folder) => {
    for (const [member, change] of Object.entries(FORGED_MEMBERS)) {
      await test.step(member, () =>
        restoring(folder, async () => {
          await changeManifest(folder, change);
          await redrawPage(folder);
          await correctChecksums(folder);
          const verdict = await verdictOn(folder, { sample: { size: 1, seed: 1 } });
          assertEquals(findingsIn(verdict).at(-1), `manifest.json: ${member}`);
        }));
    }
  }));

/** Changes of what a manifest says of a table, by the folder that says it. */
const FORGED_TABLES: Readonly<Record<string, Readonly<Record<string, Forgery>>>> = {
  quantities: {
    "dataset.task": ({ dataset }) => dataset.task = "classification",
    "dataset.classes": ({ dataset }) => dataset.classes = 2,
    "dataset.classCounts": ({ dataset }) => dataset.classCounts = [{ name: "a", rows: 40 }],
    "dataset.rows": ({ dataset }) => dataset.rows = 41,
    "dataset.impute": ({ dataset }) => dataset.impute = "zero",
    "dataset.droppedRows": ({ dataset }) => dataset.droppedRows = { gaps: 3 },
    "dataset.columns[1].type": ({ dataset }) => dataset.columns[1].type = "category",
    "dataset.columns[2].use": ({ dataset }) => dataset.columns[2].use = "drop",
    "dataset.columns[2].missing": ({ dataset }) => dataset.columns[2].missing = 0,
    "dataset.columns[6]": ({ dataset }) => dataset.columns.push(dataset.columns[1]),
    "dataset.reading.separator": ({ dataset }) => dataset.reading.separator = "tab",
    "dataset.reading.skipRows": ({ dataset }) => dataset.reading.skipRows = 1,
    "dataset.split.group": ({ dataset }) => dataset.split.group = "g",
    "dataset.split.test": ({ dataset }) => {
      dataset.split.test = 0.1;
      dataset.split.train += 0.1;
    },
    "dataset.split.rows": ({ dataset }) =>
      dataset.split.rows = { train: 10, validation: 10, test: 20 },
  },
  groups: {
    "dataset.classCounts[0].rows": ({ dataset }) => dataset.classCounts[0].rows = 39,
    "dataset.classCounts[1].name": ({ dataset }) => dataset.classCounts[1].name = "c",
    "dataset.test": ({ dataset }) => dataset.test = "other.csv",
    "dataset.split.rows.test": ({ dataset }) => dataset.split.rows.test = 9,
    "dataset.split.stratify": ({ dataset }) => delete dataset.split.stratify,
  },
};

Deno.test("verifyFolder() finds another manifest of a table's, and files of other rows", async (test) => {
  const root = await Deno.realPath(await Deno.makeTempDir());
  const verdict = (folder: string, options = {}) =>
    verdictOn(folder, { launcher: new FakeLauncher(endRun), ...options });
  try {
    const folders = await sweepFuzzFolders(root);
    for (const { folder } of folders) {
      assertEquals(findingsIn(await verdict(folder)), []);
      const forgeries = FORGED_TABLES[basename(folder)] ?? {};
      for (const [member, change] of Object.entries(forgeries)) {
        await test.step(`${basename(folder)}: ${member}`, () =>
          restoring(folder, async () => {
            await changeManifest(folder, change);
            await correctChecksums(folder);
            const findings = findingsIn(await verdict(folder));
            assert(
              findings.some((finding) => finding.startsWith(`manifest.json: ${member}`)),
              findings.join("\n"),
            );
          }));
      }
    }
    const folder = join(root, "reports/quantities");
    await restoring(folder, async () => {
      await changeManifest(folder, ({ dataset }) => dataset.columns[1].why = "It is proven.");
      await redrawPage(folder);
      await correctChecksums(folder);
      const { isRight, uncheckedMembers } = await verdict(folder);
      assert(isRight && uncheckedMembers.includes("why columns are used"));
    });
    const path = join(folder, "predictions.csv");
    const text = await Deno.readTextFile(path);
    const lines = text.trimEnd().split("\n");
    const [run, seed, row, actual, predicted] = lines[1].split(",");
    const forged = {
      "another row": lines.with(1, [run, seed, Number(row) + 1, actual, predicted].join()),
      "another quantity": lines.with(1, [run, seed, row, 1e9, predicted].join()),
      "another prediction": lines.with(1, [run, seed, row, actual, actual].join()),
      "a row too few": lines.toSpliced(1, 1),
      "a row too many": lines.toSpliced(1, 0, lines[1]),
      "rows in another order": lines.with(1, lines[2]).with(2, lines[1]),
      "rows of no run": lines.with(1, ["0".repeat(64), seed, row, actual, predicted].join()),
    };
    for (const [what, lines] of Object.entries(forged)) {
      await test.step(`predictions.csv: ${what}`, () =>
        restoring(folder, async () => {
          await Deno.writeTextFile(path, lines.join("\n") + "\n");
          await redrawPage(folder);
          await correctChecksums(folder);
          const findings = findingsIn(await verdict(folder));
          await Deno.writeTextFile(path, text);
          assert(findings[0].startsWith("predictions.csv: "), findings.join("\n"));
        }));
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("verifyFolder() names what only the sweep knew: it cannot tell another commit", () =>
  withSweptFolder(async (folder) => {
    await changeManifest(folder, (manifest) => {
      manifest.git = { commit: "0".repeat(40), clean: true };
      manifest.later = 1;
    });
    await redrawPage(folder);
    await correctChecksums(folder);
    const { isRight, uncheckedMembers } = await verdictOn(folder);
    assert(isRight && uncheckedMembers.includes("git") && uncheckedMembers.includes("later"));
  }));

Deno.test("verifyFolder() does not check a page that other code drew, and says so", () =>
  withSweptFolder(async (folder) => {
    await editPage(folder, FORGED_PAGES["a false headline"]);
    const drawnBy = async (page: unknown) => {
      await changeManifest(folder, (manifest) => manifest.page = page);
      await correctChecksums(folder);
      const { isRight, files } = await verdictOn(folder);
      assert(isRight);
      return files.flatMap(({ subject, unchecked }) => unchecked ? [subject, unchecked] : []);
    };
    assertEquals(await drawnBy({ regsweep: "0.0.9", checksum: "8".repeat(64) }), [
      "report.html",
      "drawn by regsweep 0.0.9, page code 88888888",
    ]);
    const [, unknown] = await drawnBy(undefined);
    assert(/^drawn by regsweep \d+\.\d+\.\d+ with unknown page code$/.test(unknown), unknown);
  }));

Deno.test("verifyFolder() checks a page that other code drew if it is the same", () =>
  withSweptFolder(async (folder) => {
    await changeManifest(folder, (manifest) => delete manifest.page);
    const { isRight, files } = await verdictOn(folder);
    assert(isRight && files.every(({ unchecked }) => unchecked === undefined));
    await changeManifest(folder, ({ experiment }) => experiment.swept[0].label = "Dropout");
    assertEquals(findingsIn(await verdictOn(folder)), ["manifest.json: experiment.swept[0].label"]);
  }));

Deno.test("verifyFolder() lets other code call hyperparameters by other names", () =>
  withSweptFolder(async (folder) => {
    await changeManifest(folder, ({ experiment, page }) => {
      experiment.swept[0].label = "Ridge penalty";
      page.checksum = "8".repeat(64);
    });
    await redrawPage(folder);
    await correctChecksums(folder);
    assert((await verdictOn(folder)).isRight);
    await changeManifest(folder, ({ experiment }) => experiment.baseline = "l2_penalty=0.1");
    assertEquals(findingsIn(await verdictOn(folder)), ["manifest.json: experiment.baseline"]);
  }));

Deno.test("verifyFolder() finds a file that the sweep cannot have written, listed or not", () =>
  withSweptFolder(async (folder) => {
    const text = "run,cell,seed,unit,weights\n";
    await Deno.writeTextFile(join(folder, "units.csv"), text);
    const expected = ["units.csv: It is not one of this sweep's files"];
    assertEquals(findingsIn(await verdictOn(folder)), expected);
    await changeManifest(folder, ({ files }) => files["units.csv"] = "0".repeat(64));
    await correctChecksums(folder);
    assertEquals(findingsIn(await verdictOn(folder)), expected);
  }));

Deno.test("verifyFolder() finds that the report or its checksum is missing", () =>
  withSweptFolder(async (folder) => {
    await changeManifest(folder, ({ files }) => delete files["report.html"]);
    assertEquals(findingsIn(await verdictOn(folder)), [
      "report.html: manifest.json does not have its SHA-256",
    ]);
    await Deno.remove(join(folder, "report.html"));
    assertEquals(findingsIn(await verdictOn(folder)), ["report.html: It is missing"]);
  }));

Deno.test("verifyFolder() refuses a manifest that names files elsewhere", () =>
  withSweptFolder(async (folder) => {
    await changeManifest(folder, ({ files }) => files["../small.csv"] = "0".repeat(64));
    const error = await assertRejects(() => verdictOn(folder), UserError);
    assertEquals(error.message, 'Cannot use files["../small.csv"]: sweeps write no such file');
    assertEquals(error.exitCode, 1);
  }));

Deno.test("verifyFolder() does not train runs that failed in the sweep", () => {
  const isLost = ({ cell, task }: Parameters<typeof succeed>[0]) =>
    cell.index === 1 && task.seed === 2;
  const end = (run: Parameters<typeof succeed>[0]) =>
    isLost(run) ? { run, failure: "It took too long" } : succeed(run);
  return withSweptFolder(async (folder) => {
    const { isRight, runs, total, failed } = await verdictOn(folder);
    assertEquals([isRight, runs.length, total, failed], [true, 3, 4, 1]);
    const sampled = await verdictOn(folder, { sample: { size: 4, seed: 1 } });
    assertEquals([sampled.isRight, sampled.runs.length], [true, 3]);
    // A run without a result has no rows.
    const runsPath = join(folder, "runs.csv");
    const [lost] = (await Deno.readTextFile(runsPath)).match(/^.{64}(?=.*failed)/m) ?? [];
    const path = join(folder, "curves.csv");
    const curves = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, curves + curves.split("\n")[1].replace(/^.{64}/, `${lost}`));
    await correctChecksums(folder);
    assert(findingsIn(await verdictOn(folder)).some((finding) => finding.startsWith("curves.csv")));
  }, { end });
});
