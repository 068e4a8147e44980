import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { relative } from "node:path";
import { sizesOf } from "../../src/dataset/split_sizes.ts";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { randomStream } from "../../src/random_stream.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import { Store } from "../../src/store/store.ts";
import { csvFiles } from "../../src/sweep/csv_files.ts";
import type { Launcher } from "../../src/sweep/launcher.ts";
import { LocalLauncher } from "../../src/sweep/local/local_launcher.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { runsToScore, scoreTestRows } from "../../src/sweep/score_test_rows.ts";
import { splitFacts } from "../../src/sweep/split_facts.ts";
import { trainRuns } from "../../src/sweep/train_runs.ts";
import { TRAINERS } from "../../src/trainers/registry.ts";
import { nativeLibraries } from "../_native_library.ts";
import { openOnDataset } from "../_on_dataset.ts";
import { until } from "../_until.ts";
import { assertSameFiles } from "./_assert_same_files.ts";
import { finish, startTask, type TaskOptions } from "./_task.ts";
import {
  OF_QUANTITIES,
  TECHNIQUE_RUNS,
  TECHNIQUES,
  TECHNIQUES_DIVERGED,
  techniquesExperiment,
} from "./_techniques.ts";
import { countRecords, readCsvFiles, Workspace } from "./_workspace.ts";

let expected: Promise<Record<string, string>> | undefined;

/** What one worker makes with WebAssembly's kernels: what all others have to equal. */
function expectedFiles(): Promise<Record<string, string>> {
  return expected ??= sweepTechniques();
}

async function sweepTechniques(): Promise<Record<string, string>> {
  let texts: Record<string, string> = {};
  await Workspace.use(async (workspace) => {
    const file = await techniquesExperiment(workspace);
    texts = await readCsvFiles(
      await workspace.sweep(file, "out", "--workers", "1", "--kernels", "wasm"),
    );
  });
  const statuses = texts["runs.csv"].match(/,(completed|diverged|failed),/g) ?? [];
  assertEquals(statuses.length, TECHNIQUE_RUNS);
  assertEquals(statuses.filter((status) => status === ",diverged,").length, TECHNIQUES_DIVERGED);
  return texts;
}

Deno.test("the techniques that are proven to be reproducible are all there are", () => {
  for (const { name, hyperparameters } of TRAINERS) {
    for (const { key } of hyperparameters) {
      const isThere = new RegExp(`\\b${key}:`).test(TECHNIQUES + OF_QUANTITIES);
      assert(isThere, `${name}'s ${key} is not in _techniques.ts`);
    }
  }
});

interface Variant extends Omit<TaskOptions, "cwd"> {
  readonly args?: readonly string[];
  /** True: it is run from the folder of the experiment, whose path is then relative. */
  readonly isElsewhere?: boolean;
}

/** Built if there is a C compiler; sweeps use the widest unless they say otherwise. */
const libraries = await nativeLibraries();

const WASM = ["--kernels", "wasm"];
const NATIVE = ["--kernels", "native"];

const VARIANTS: Record<string, Variant> = {
  "2 workers": { args: ["--workers", "2", ...WASM] },
  "5 workers": { args: ["--workers", "5", ...WASM] },
  "native kernels": { args: ["--workers", "1", ...NATIVE] },
  "native kernels and 5 workers": { args: ["--workers", "5", ...NATIVE] },
  "another locale and time zone": {
    env: { LC_ALL: "ar_EG.UTF-8", LANG: "ar_EG.UTF-8", TZ: "Asia/Kathmandu" },
  },
  "another working directory": { isElsewhere: true },
  // Liftoff for the kernels, the interpreter for everything else.
  "V8's baseline compiler only": { args: WASM, v8Flags: ["--liftoff-only", "--max-opt=0"] },
  "V8's optimizing compiler from the start": {
    args: WASM,
    v8Flags: ["--no-liftoff", "--always-sparkplug"],
  },
  "native kernels and V8's baseline compiler": {
    args: NATIVE,
    v8Flags: ["--liftoff-only", "--max-opt=0"],
  },
};

for (const [name, { args = [], isElsewhere, ...options }] of Object.entries(VARIANTS)) {
  const isSkipped = args.includes("native") && libraries.length === 0;
  Deno.test({
    name: `sweep: the same bytes with ${name}${isSkipped ? "; skipped: no C compiler" : ""}`,
    ignore: isSkipped,
    fn: () =>
      Workspace.use(async (workspace) => {
        const file = await techniquesExperiment(workspace);
        const [cwd, path, reports] = isElsewhere
          ? [workspace.folder, relative(workspace.folder, file), "out"]
          : [undefined, file, workspace.path("out")];
        const task = startTask("sweep", [path, "--reports", reports, "--quiet", ...args], {
          ...options,
          cwd,
        });
        const { code, stderr } = await finish(task);
        assertEquals([code, stderr], [0, ""]);
        assertSameFiles(await readCsvFiles(workspace.path("out", "points")), await expectedFiles());
      }),
  });
}

Deno.test("sweep: V8's flags are what V8 knows", async () => {
  const task = startTask("plan", ["none.yaml"], { v8Flags: ["--liftoff-alone"] });
  assertStringIncludes((await finish(task)).stderr, "V8 did not recognize flag");
});

/** All that a sweep does between reading and writing files, in this process. */
async function prepareSweep(workspace: Workspace) {
  const { experiment, dataset } = await openOnDataset(await techniquesExperiment(workspace));
  const kernels = await loadKernelsModule();
  const { runs } = planRuns(experiment, dataset);
  const local = new LocalLauncher({ workers: 2, context: { kernels, dataset } });
  const store = await Store.open(workspace.path("store"), { onProblem: failed });
  const sweep = (launcher: Launcher, signal: AbortSignal) => {
    const options = {
      store,
      launcher,
      failFast: false,
      leavesToOthers: true,
      signal,
      onProblem: failed,
      onEvent: () => {},
    };
    return trainRuns(runs, options);
  };
  /** What the CSV files of a whole sweep say. */
  const texts = async (outcomes: readonly RunOutcome[]) => {
    const toScore = await runsToScore(runs, outcomes, { experiment, dataset });
    const scored = { ...dataset, testRows: sizesOf(splitFacts(experiment, dataset)).test };
    const tests = await scoreTestRows(toScore, {
      store: await Store.openTests(workspace.path("store/test"), scored, { onProblem: failed }),
      launcher: local,
      leavesToOthers: true,
      signal: new AbortController().signal,
      onProblem: failed,
      onEvent: () => {},
    });
    return (await csvFiles(experiment, { dataset, outcomes, tests })).texts;
  };
  return { local, sweep, texts };
}

function failed(message: string): never {
  throw new Error(message);
}

/** Another order of the same things, for each name another. */
function shuffled<T>(items: readonly T[], name: string): T[] {
  const random = randomStream(name);
  const places = new Map(items.map((item) => [item, random()]));
  return items.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

for (const seed of [1, 2, 3]) {
  Deno.test(`sweep: the same bytes in a shuffled order of execution, ${seed}`, () =>
    Workspace.use(async (workspace) => {
      const { local, sweep, texts } = await prepareSweep(workspace);
      const ended: string[] = [];
      const outcomes = await sweep({
        async *launch(runs, options) {
          for await (const outcome of local.launch(shuffled(runs, `${seed}`), options)) {
            ended.push(outcome.run.key);
            yield outcome;
          }
        },
      }, new AbortController().signal);
      assert(ended.join() !== outcomes.map(({ key }) => key).join());
      assertSameFiles(await texts(outcomes), await expectedFiles());
    }));
}

for (const seed of [1, 2, 3, 4]) {
  Deno.test(`sweep: the same bytes after interruptions at random places, ${seed}`, () =>
    Workspace.use(async (workspace) => {
      const { local, sweep, texts } = await prepareSweep(workspace);
      const random = randomStream(`${seed}`);
      for (let interruptions = 0;; interruptions++) {
        const stop = new AbortController();
        let left = 1 + Math.floor(random() * 8);
        const swept = sweep({
          async *launch(runs, options) {
            for await (const outcome of local.launch(shuffled(runs, `${random()}`), options)) {
              yield outcome;
              if (--left === 0) stop.abort(new Error("interrupted"));
            }
          },
        }, stop.signal);
        const outcomes = await swept.catch((error) => {
          if (error !== stop.signal.reason) throw error;
        });
        if (!outcomes) continue;
        assert(interruptions >= 2, `interrupted only ${interruptions} times`);
        assertSameFiles(await texts(outcomes), await expectedFiles());
        break;
      }
    }));
}

for (const kernels of ["wasm", "native"]) {
  const isSkipped = kernels === "native" && libraries.length === 0;
  Deno.test({
    name: `sweep: the same bytes after it was killed at random places, kernels: ${kernels}` +
      (isSkipped ? "; skipped: no C compiler" : ""),
    ignore: isSkipped,
    fn: () =>
      Workspace.use(async (workspace) => {
        const file = await techniquesExperiment(workspace);
        const reports = workspace.path("out");
        const args = ["--kernels", kernels];
        for (const records of [3, 10, 16]) {
          const task = startTask("sweep", [file, "--reports", reports, ...args]);
          await until(async () => await countRecords(reports) >= records);
          task.kill("SIGKILL");
          assertEquals((await finish(task)).code, 137, "the sweep was too fast to be killed");
        }
        const folder = await workspace.sweep(file, "out", ...args);
        assertSameFiles(await readCsvFiles(folder), await expectedFiles());
      }),
  });
}
