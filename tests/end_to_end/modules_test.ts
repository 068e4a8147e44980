import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { until } from "../_until.ts";
import { assertSameFiles } from "./_assert_same_files.ts";
import { MODULE_EXPERIMENT, MODULE_RUNS, moduleExperiment, writeModule } from "./_own_module.ts";
import { runHere } from "./_run_here.ts";
import { finish, runTask, startTask, type TaskOptions } from "./_task.ts";
import { countRecords, readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const LIMIT_MILLISECONDS = 1000 * HANG_SECONDS;

let expected: Promise<Record<string, string>> | undefined;

/** What one worker makes, here and now: what all others have to equal. */
function expectedFiles(): Promise<Record<string, string>> {
  return expected ??= (async () => {
    let texts: Record<string, string> = {};
    await Workspace.use(async (workspace) => {
      const file = await moduleExperiment(workspace);
      texts = await readCsvFiles(await workspace.sweep(file, "out", "--workers", "1"));
    });
    assertEquals(texts["runs.csv"].match(/,completed,/g)?.length, MODULE_RUNS);
    return texts;
  })();
}

Deno.test("a module beside the experiment is planned, swept, reported and verified", () =>
  Workspace.use(async (workspace) => {
    const file = await moduleExperiment(workspace);
    const reports = ["--reports", workspace.path("out")];
    const folder = workspace.path("out", "points");

    const planned = await runTask("plan", file, ...reports);
    assertEquals([planned.code, planned.stderr], [0, ""]);
    assertStringIncludes(planned.stdout, "0 known, 16 to train\n");
    assertStringIncludes(planned.stdout, "not known before a run of shrunken has ended\n");

    const swept = await runTask("sweep", file, ...reports);
    assertEquals([swept.code, swept.stderr], [0, ""]);
    assertStringIncludes(swept.stdout, "points: 16 runs, 16 trained, 0 reused");
    const texts = await readCsvFiles(folder);
    const header = "run,cell,replicate,seed,shrinkage,rounds,scale,jitter,status,";
    assert(texts["runs.csv"].startsWith(header), texts["runs.csv"]);
    assertStringIncludes(texts["curves.csv"].split("\n")[0], "largest");
    assertStringIncludes(await Deno.readTextFile(`${folder}/report.html`), "Shrinkage of means");

    const again = await runHere("sweep", file, ...reports);
    assertStringIncludes(again.stdout, "points: 16 runs, 0 trained, 16 reused");

    const verified = await runTask("verify", folder);
    assertEquals([verified.code, verified.stderr], [0, ""]);
    assertStringIncludes(verified.stdout, "16 runs and ");
  }));

Deno.test("train: a module's run fails where the metric is missing, as it does in a sweep", () =>
  Workspace.use(async (workspace) => {
    await workspace.write(
      "lacks.ts",
      `export default {
        name: "lacks",
        *train() {
          yield { step: 0, measures: { other: 1 } };
        },
      };`,
    );
    const file = await workspace.write(
      "lacks.yaml",
      "name: lacks\ntrainer: ./lacks.ts\nmetric: { key: score, better: larger }\nseeds: 1\n",
    );
    const { code, stderr } = await runTask("train", file);
    assertEquals(code, 1);
    assertStringIncludes(
      stderr,
      "seed 1: its evaluation at step 0 has other, but not score, the metric",
    );
  }));

Deno.test("what modules print is shown, but for --quiet", () =>
  Workspace.use(async (workspace) => {
    await workspace.write(
      "talks.ts",
      `export default {
        name: "talks",
        *train({ seed }) {
          console.log("hello");
          yield { step: 0, measures: { score: seed } };
        },
      };`,
    );
    const file = await workspace.write(
      "talks.yaml",
      "name: talks\ntrainer: ./talks.ts\nmetric: { key: score, better: larger }\nseeds: 1\n",
    );
    const sweep = async (folder: string, ...args: string[]) => {
      const reports = ["--reports", workspace.path(folder)];
      const { code, stderr } = await runHere("sweep", file, ...reports, ...args);
      return [code, stderr];
    };
    assertEquals(await sweep("quiet", "--quiet"), [0, ""]);
    const [code, messages] = await sweep("out");
    assertEquals(code, 0);
    assertStringIncludes(`${messages}`, "seed 1: hello");
    const verified = await runHere("verify", workspace.path("out", "talks"), "--quiet");
    assertEquals([verified.code, verified.stderr], [0, ""]);
  }));

/** Packages whose code Deno loads in several ways, one of which also draws from the clock unasked. */
const WITH_PACKAGES = `
import seedrandom from "seedrandom";
import { parse } from "yaml";
import { z } from "zod";

export default {
  name: "packages",
  hyperparameters: { seeded: { type: "boolean", default: true } },
  *train({ config, seed }) {
    const { plus } = z.object({ plus: z.number() }).parse(parse("plus: 1"));
    yield { step: 0, measures: { score: plus + (config.seeded ? seedrandom(seed) : seedrandom())() } };
  },
};
`;

Deno.test("a module imports packages of deno.json, which cannot tell the time either", () =>
  Workspace.use(async (workspace) => {
    await workspace.write("packages.ts", WITH_PACKAGES);
    const file = await workspace.write(
      "points.yaml",
      "name: points\ntrainer: ./packages.ts\nmetric: { key: score, better: larger }\n" +
        "grid: { seeded: [true, false] }\nseeds: 2\n",
    );
    const { code, stderr } = await runHere("sweep", file, "--reports", workspace.path("out"));
    assertEquals(code, 1);
    const runs = await Deno.readTextFile(workspace.path("out/points/runs.csv"));
    assertEquals(runs.match(/,seeded=true,.*,completed,/g)?.length, 2);
    assertEquals(runs.match(/,seeded=false,.*,failed,/g)?.length, 2);
    assertStringIncludes(stderr, "Cannot use Date in a trainer: results must not depend on time");
  }));

/** A module that gives a measure, and what it may do besides. */
async function scoreExperiment(
  workspace: Workspace,
  { head = "", allow = "", score }: { head?: string; allow?: string; score: string },
): Promise<string> {
  await workspace.write(
    "scores.ts",
    `${head}
export default {
  name: "scores",
  ${allow}
  *train({ seed }) {
    yield { step: 0, measures: { score: ${score} } };
  },
};
`,
  );
  return await workspace.write(
    "points.yaml",
    "name: points\ntrainer: ./scores.ts\nmetric: { key: score, better: larger }\nseeds: 3\n",
  );
}

Deno.test("what a module is allowed in spite of its results is in manifest and report", () =>
  Workspace.use(async (workspace) => {
    const refused = await scoreExperiment(workspace, { score: "Math.exp(seed) + seed ** 0.5" });
    const plan = await runHere("plan", refused);
    assertEquals(plan.code, 2);
    for (const words of ["Cannot use Math.exp: ", "Cannot use seed ** 0.5: ", 'allow: ["math"]']) {
      assertStringIncludes(plan.stderr, words);
    }
    const file = await scoreExperiment(workspace, {
      allow: 'allow: ["math"],',
      score: "Math.exp(seed) + seed ** 0.5",
    });
    const folder = await workspace.sweep(file, "out");
    const { own } = await readManifestIn(folder);
    assertEquals([own[0].name, own[0].allow], ["scores", ["math"]]);
    const html = await Deno.readTextFile(join(folder, "report.html"));
    assertStringIncludes(html, "allowed to use functions of Math that depend on the engine");
  }));

Deno.test("a module whose results depend on earlier runs is said not to be deterministic", () =>
  Workspace.use(async (workspace) => {
    const file = await scoreExperiment(workspace, { head: "let runs = 0;", score: "++runs" });
    const options = ["--reports", workspace.path("out"), "--workers", "1"];
    const { code, stderr } = await runHere("sweep", file, ...options);
    assertEquals(code, 1);
    assertStringIncludes(
      stderr,
      "seed 1: trainer scores is not deterministic: this run, trained first and once more after " +
        "all others, has two results",
    );
  }));

Deno.test("a module's hyperparameters can be set and are checked like any other", () =>
  Workspace.use(async (workspace) => {
    const file = await moduleExperiment(workspace);
    const set = ["--set", "rounds=5", "--only", "shrinkage=0.5 scale=root"];
    const trained = await runHere("train", file, ...set, "--json");
    assertEquals(trained.code, 0, trained.stderr);
    const { trainer, config } = JSON.parse(trained.stdout);
    assertEquals([trainer, config], [
      "shrunken",
      { shrinkage: 0.5, rounds: 5, scale: "root", jitter: true },
    ]);

    const schema = await runTask("schema", file);
    assertEquals([schema.code, schema.stderr], [0, ""]);
    assertStringIncludes(
      schema.stdout,
      "how far the mean of each class moves towards the mean of all",
    );

    const wrong = MODULE_EXPERIMENT.replace("rounds: [3, 4] , jitter", "rounds: [0, 4], jiter")
      .replace("scale: [plain, root]", "scale: [plain, roots]");
    const { code, stderr } = await runHere("plan", await workspace.experiment(wrong, "wrong"));
    assertEquals(code, 2);
    for (const text of ['"jiter"', 'did you mean "jitter"?', "rounds", 'did you mean "root"?']) {
      assertStringIncludes(stderr, text);
    }
  }));

const VARIANTS: Record<string, Omit<TaskOptions, "cwd"> & { readonly args?: readonly string[] }> = {
  "2 workers": { args: ["--workers", "2"] },
  "5 workers": { args: ["--workers", "5"] },
  "another locale and time zone": {
    env: { LC_ALL: "ar_EG.UTF-8", LANG: "ar_EG.UTF-8", TZ: "Asia/Kathmandu" },
  },
  "V8's baseline compiler only": { v8Flags: ["--liftoff-only", "--max-opt=0"] },
  "V8's optimizing compiler from the start": { v8Flags: ["--no-liftoff", "--always-sparkplug"] },
};

for (const [name, { args = [], ...options }] of Object.entries(VARIANTS)) {
  Deno.test(`a module gives the same bytes with ${name}`, () =>
    Workspace.use(async (workspace) => {
      const file = await moduleExperiment(workspace);
      const reports = ["--reports", workspace.path("out"), "--quiet", ...args];
      const { code, stderr } = await finish(startTask("sweep", [file, ...reports], options));
      assertEquals([code, stderr], [0, ""]);
      assertSameFiles(await readCsvFiles(workspace.path("out", "points")), await expectedFiles());
    }));
}

Deno.test("a module gives the same bytes after it was killed", () =>
  Workspace.use(async (workspace) => {
    await writeModule(workspace);
    const slow = await Deno.readTextFile(workspace.path("shrunken.ts"));
    // Some 50 ms per run, so that there is a middle to be interrupted in.
    const busy =
      "let waste = 0;\n    for (let i = 0; i < 3e7; i++) waste += i % 3;\n    if (waste < 0) return;";
    await workspace.write("shrunken.ts", slow.replace("const draw =", `${busy}\n    const draw =`));
    const file = await workspace.experiment(MODULE_EXPERIMENT);
    for (const [signal, records, code] of [["SIGKILL", 3, 137], ["SIGINT", 7, 130]] as const) {
      const task = startTask("sweep", [file, "--reports", workspace.path("out"), "--workers", "1"]);
      await until(async () => await countRecords(workspace.path("out")) >= records);
      task.kill(signal);
      assertEquals((await finish(task)).code, code, "the sweep was too fast to be interrupted");
    }
    const resumed = await readCsvFiles(await workspace.sweep(file, "out"));
    assertSameFiles(resumed, await readCsvFiles(await workspace.sweep(file, "undisturbed")));
    const { runs } = await readManifestIn(workspace.path("out", "points"));
    assert(runs.known >= 7 && runs.known + runs.trained === MODULE_RUNS);
  }));

Deno.test("two sweeps at once share the runs of a module, and neither waits for ever", () =>
  Workspace.use(async (workspace) => {
    const file = await moduleExperiment(workspace);
    const args = [file, "--reports", workspace.path("out"), "--workers", "1", "--quiet"];
    const tasks = [startTask("sweep", args), startTask("sweep", args)];
    const limit = setTimeout(
      () => tasks.forEach((task) => task.kill("SIGKILL")),
      LIMIT_MILLISECONDS,
    );
    try {
      for (const task of tasks) {
        const { code, stderr } = await finish(task);
        assertEquals([code, stderr], [0, ""]);
      }
    } finally {
      clearTimeout(limit);
    }
    assertSameFiles(await readCsvFiles(workspace.path("out", "points")), await expectedFiles());
  }));

/** A module whose runs misbehave as a hyperparameter says. */
const FAULTY = `
export default {
  name: "faulty",
  tasks: ["classification"],
  hyperparameters: {
    fault: {
      type: "choice",
      choices: ["none", "throws", "endless", "memory", "shape", "nan", "last"],
      default: "none",
    },
  },
  *train({ config, data }) {
    const classes = data.classes.length;
    const uniform = (_: Float64Array, rows: number) => new Float64Array(rows * classes).fill(1 / classes);
    yield { step: 0, predict: uniform };
    const kept = [];
    switch (config.fault) {
      case "throws": fail("there is nothing to learn");
      case "endless": for (;;);
      case "memory": for (;;) kept.push(new Array(1e5).fill(0.5));
      case "shape": yield { step: 1, predict: () => new Float64Array(5) };
      case "nan": yield { step: 1, predict: (_, rows) => new Float64Array(rows * classes).fill(NaN) };
    }
    yield { step: 2, predict: uniform };
  },
};

function fail(reason: string): never {
  throw new Error(reason);
}
`;

Deno.test("each run of a module that misbehaves fails in words, and the others have results", () =>
  Workspace.use(async (workspace) => {
    const path = await workspace.write("faulty.ts", FAULTY);
    const file = await workspace.experiment(
      "trainer: ./faulty.ts\nseeds: 1\ngrid: { fault: [none, throws, memory, shape, nan, last] }\n",
    );
    const swept = await runHere("sweep", file, "--reports", workspace.path("out"));
    assertEquals(swept.code, 1);
    assertEquals(await statusesIn(workspace.path("out", "points")), {
      none: "completed",
      throws: "failed",
      memory: "failed",
      shape: "failed",
      nan: "diverged",
      last: "completed",
    });
    // The user's own places, and no other.
    assertStringIncludes(
      swept.stderr,
      `Error: there is nothing to learn\n    at fail (${path}:29:9)\n    at Object.train (${path}:18:22)\n`,
    );
    assertEquals(swept.stderr.match(/^ +at /gm)?.length, 2);
    for (
      const words of [
        "fault=memory, seed 1: out of memory: its objects take more than ",
        "predict must return 162 numbers (54 rows × 3 classes), and returned 5",
      ]
    ) assertStringIncludes(swept.stderr, words);
  }));

Deno.test("a module's run that never ends fails after its time, and the others have results", () =>
  Workspace.use(async (workspace) => {
    await workspace.write("faulty.ts", FAULTY);
    const file = await workspace.experiment(
      "trainer: ./faulty.ts\nseeds: 1\ngrid: { fault: [none, endless, last] }\n",
    );
    const options = ["--reports", workspace.path("out"), "--run-timeout", "15", "--workers", "1"];
    const swept = await runHere("sweep", file, ...options);
    assertEquals(swept.code, 1);
    assertEquals(await statusesIn(workspace.path("out", "points")), {
      none: "completed",
      endless: "failed",
      last: "completed",
    });
    const words = "fault=endless, seed 1: no result after 15 s: stopped; --run-timeout allows more";
    assertStringIncludes(swept.stderr, words);
  }));

/** How the run of each fault has ended. */
async function statusesIn(folder: string): Promise<Record<string, string>> {
  const runs = await Deno.readTextFile(join(folder, "runs.csv"));
  const lines = runs.matchAll(/,fault=(\w+),.*,(completed|diverged|failed),/g);
  return Object.fromEntries(Array.from(lines, ([, fault, status]) => [fault, status]));
}
