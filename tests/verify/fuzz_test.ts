import { assert } from "@std/assert";
import { join } from "node:path";
import { redrawReport } from "../../src/report/redraw_report.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { compareSweeps } from "../../src/verify/compare_sweeps.ts";
import { verifyFolder } from "../../src/verify/verify_folder.ts";
import { Dice } from "../_dice.ts";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { ROOT } from "../_source_files.ts";
import { leaveTallies } from "../_tally.ts";
import { FakeLauncher } from "../sweep/_fake_launcher.ts";
import {
  endRun,
  type FuzzFolder,
  reshapeBytes,
  reshapeCsv,
  reshapeJson,
  sweepFuzzFolders,
  withChecksums,
} from "./_fuzz_folder.ts";

const INPUTS = Deno.args.includes("--all") ? 5000 : 150;
const SEED = "folders";
/** What is in the files outside of the folder that links lead to; nobody may say it. */
const CANARY = "the canary sings";

const { signal } = new AbortController();
let [fuzzed, rejected, crashes, slowestSeconds] = [0, 0, 0, 0];

/** What reads a folder; it gives what it says of it. */
const READERS: Readonly<Record<string, (folder: string) => Promise<string>>> = {
  report: async (folder) => {
    const page = await Deno.readTextFile(await redrawReport(folder, { signal }));
    assert(!page.includes("<b id=forged>"), "It takes a text for markup");
    return page;
  },
  verify: async (folder) => {
    const launcher = new FakeLauncher(endRun);
    const listening = { signal, onEvent: () => {} };
    return JSON.stringify(await verifyFolder(folder, { workers: 1, launcher, ...listening }));
  },
  compare: async (folder) => JSON.stringify(await compareSweeps(folder, folder)),
};

Deno.test(`report, verify and compare answer ${INPUTS} made-up folders`, async () => {
  const root = await Deno.realPath(await Deno.makeTempDir());
  try {
    const bases = await sweepFuzzFolders(root);
    await Deno.writeTextFile(join(root, "canary.txt"), CANARY);
    for (let number = 0; number < INPUTS; number++) {
      const dice = new Dice(SEED, number);
      const { folder, texts } = dice.one(bases);
      await forge({ folder, texts }, dice, root);
      const reader = dice.one(Object.keys(READERS));
      const data = ["p.csv", "q.csv", "t.csv"].map((name) => join(root, name));
      const allowed = [`${folder}/`, ...data, `${ROOT}/`];
      await answer(`${SEED}/${number}, ${reader}`, {
        ...{ read: () => READERS[reader](folder), allowed },
      });
      await restore({ folder, texts });
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
  const accepted = fuzzed - rejected;
  assert(accepted > INPUTS / 20 && rejected > INPUTS / 20, `${accepted} of ${fuzzed} are accepted`);
});

/** Changes a folder in one of the ways that somebody could. */
async function forge({ folder, texts }: FuzzFolder, dice: Dice, root: string): Promise<void> {
  const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
  const tables = Object.keys(texts).filter((name) => name.endsWith(".csv"));
  const manifest = texts["manifest.json"];
  const kind = dice.below(10);
  if (kind <= 3) await write("manifest.json", reshapeJson(manifest, dice));
  else if (kind === 4) await write("manifest.json", reshapeBytes(manifest, dice));
  else if (kind <= 7) {
    const changed: Record<string, string> = {};
    for (let count = 1 + dice.below(2); count > 0; count--) {
      const name = dice.one(tables);
      changed[name] = reshapeCsv(texts[name], dice);
      await write(name, changed[name]);
    }
    const reshaped = dice.happens(0.2) ? reshapeJson(manifest, dice) : manifest;
    if (dice.happens(0.9)) await write("manifest.json", await withChecksums(reshaped, changed));
  } else if (kind === 8) {
    const name = dice.one(["experiment.yaml", "report.html"]);
    const text = reshapeBytes(texts[name], dice);
    await write(name, text);
    if (dice.happens(0.5)) {
      await write("manifest.json", await withChecksums(manifest, { [name]: text }));
    }
  } else await misplace(join(folder, dice.one(Object.keys(texts))), dice, root);
}

/** Puts something else in a file's place. */
async function misplace(path: string, dice: Dice, root: string): Promise<void> {
  await Deno.remove(path);
  const kind = dice.below(5);
  if (kind === 0) await new Deno.Command("mkfifo", { args: [path] }).output();
  else if (kind === 1) await Deno.mkdir(path);
  else if (kind <= 3) {
    const targets = ["../../canary.txt", join(root, "canary.txt"), "/dev/zero", ".", path, "/"];
    await Deno.symlink(dice.one(targets), path);
  }
}

async function restore({ folder, texts }: FuzzFolder): Promise<void> {
  for (const { name, isFile } of [...Deno.readDirSync(folder)]) {
    if (!isFile || !(name in texts)) await Deno.remove(join(folder, name), { recursive: true });
  }
  for (const [name, text] of Object.entries(texts)) {
    await Deno.writeTextFile(join(folder, name), text);
  }
}

interface Reading {
  readonly read: () => Promise<string>;
  /** Paths, or beginnings of paths, that it may open. */
  readonly allowed: readonly string[];
}

/** Lets a folder be read and counts it; whatever is wrong with how it is answered is thrown. */
async function answer(name: string, { read, allowed }: Reading): Promise<void> {
  fuzzed++;
  const started = performance.now();
  const { opened, stop } = watchOpening();
  const said = await Promise.race([saidOf(read), hanging()]).catch((cause) => {
    crashes++;
    throw new Error(name, { cause });
  }).finally(stop);
  slowestSeconds = Math.max(slowestSeconds, (performance.now() - started) / 1000);
  assert(!said.includes(CANARY), `${name} says what is in a file outside of the folder`);
  const outside = opened.filter((path) => !allowed.some((start) => path.startsWith(start)));
  assert(outside.length === 0, `${name} opens ${outside}`);
}

async function saidOf(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    rejected++;
    return formatProblems(error.problems);
  }
}

function hanging(): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new Error("It hangs")), HANG_SECONDS * 1000);
    Deno.unrefTimer(timer);
  });
}

/** Notes the real paths of all files that are opened until it is stopped. */
function watchOpening(): { readonly opened: readonly string[]; readonly stop: () => void } {
  const opened: string[] = [];
  const { open, openSync } = Deno;
  const note = (path: string | URL) => {
    try {
      opened.push(Deno.realPathSync(path));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      opened.push(String(path));
    }
  };
  Deno.open = (path, options) => (note(path), open(path, options));
  Deno.openSync = (path, options) => (note(path), openSync(path, options));
  return { opened, stop: () => Object.assign(Deno, { open, openSync }) };
}

Deno.test.afterAll(async () => {
  const kind = "report folders";
  await leaveTallies("folders", { inputs: [{ kind, fuzzed, rejected, crashes, slowestSeconds }] });
});
