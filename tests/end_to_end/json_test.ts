import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { COMMANDS } from "../../src/cli/commands.ts";
import { SWEEP_EVENTS } from "../../src/cli/json/sweep_events.ts";
import { IS_CI } from "../_ci.ts";
import { blocksOf } from "../_markdown.ts";
import { findProgram, isFile } from "../_find_program.ts";
import { assertValid, documentIn, eventsIn, type Json } from "./_json.ts";
import { until } from "../_until.ts";
import { compileInAMoment } from "./_native_copy.ts";
import { withState } from "./_own_program.ts";
import { ProjectCopy } from "./_project_copy.ts";
import { runHere } from "./_run_here.ts";
import { finish, messagesIn, PROJECT, runTask, startTask } from "./_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const SHORT = `
fixed: { hidden: [4], steps: 20, evaluate_every: 10 }
grid: { l2_penalty: [0, 0.01] }
seeds: 3
`;

Deno.test("sweep: --json prints a line for each event, and the answer in the last one", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(SHORT);
    const reports = workspace.path("reports");
    const folder = join(reports, "points");
    const { code, stdout } = await runTask("sweep", file, "--reports", reports, "--json");
    const events = eventsIn(stdout);
    assertEquals(code, 0);
    const [start] = events;
    assertEquals([start.event, start.schemaVersion, start.experiment], ["start", 1, "points"]);
    const runs = events.filter(({ event, stage }) => event === "run" && stage === "runs");
    const csv = await readCsvFiles(folder);
    const [head, ...rows] = csv["runs.csv"].trim().split("\n").map((line) => line.split(","));
    assertEquals(new Set(runs.map(({ run }) => run)), new Set(rows.map(([run]) => run)));
    for (const { run, measures, digest, state, status } of runs) {
      const row = rows.find(([key]) => key === run) ?? [];
      const fields = Object.fromEntries(head.map((name, index) => [name, row[index]]));
      assertEquals([state, status, digest], ["trained", fields.status, fields.digest]);
      assertEquals(measures.validation_accuracy, Number(fields.validation_accuracy));
    }
    const end = events.at(-1);
    const manifest = await readManifestIn(folder);
    assertEquals([end.event, end.state, end.exitCode, end.folder], ["end", "complete", 0, folder]);
    assertEquals(end.answer, manifest.answer);
    assertEquals(end.counts, { total: 6, known: 0, trained: 6, diverged: 0, failed: 0 });
    const names = [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile);
    assertEquals(end.files.toSorted(), names.map(({ name }) => name).toSorted());
    const seconds = events.slice(1).map((event) => event.seconds);
    assertEquals(seconds, seconds.toSorted((a, b) => a - b));

    // Again, when nothing is left to train, and without a word of text.
    const again = await runHere("sweep", file, "--reports", reports, "--json", "--quiet");
    const known = eventsIn(again.stdout).filter(({ event, stage }) =>
      event === "run" && stage === "runs"
    );
    assertEquals([again.stderr, known.map(({ state }) => state)], ["", Array(6).fill("known")]);
  }));

const FAILS = `
export default {
  name: "fail",
  tasks: ["classification"],
  hyperparameters: { a: { type: "number", default: 0 } },
  *train({ config }) {
    if (config.a > 0) throw new Error("on purpose \\u009b");
    yield { step: 0, predict: (x, rows) => new Float64Array(rows * 3).fill(1 / 3) };
    return { parameters: {} };
  },
};
`;

Deno.test("sweep: --json says why runs failed, and how cells are stopped early", () =>
  Workspace.use(async (workspace) => {
    const reports = workspace.path("reports");
    await workspace.write("fail.ts", FAILS);
    const file = await workspace.experiment("trainer: ./fail.ts\ngrid: { a: [0, 1] }\nseeds: 2\n");
    const failed = await runHere("sweep", file, "--reports", reports, "--json");
    const events = eventsIn(failed.stdout);
    const failures = events.flatMap(({ event, failure }) => event === "run" ? failure ?? [] : []);
    assertEquals(failures.length, 2);
    assertStringIncludes(failures[0], "on purpose");
    // What controls a terminal reaches none, and programs get it as it is.
    assert(!failed.stdout.includes("\u009b"));
    const { exitCode, counts, state } = events.at(-1);
    assertEquals([failed.code, exitCode, counts.failed, state], [1, 1, 2, "complete"]);
    assertStringIncludes(failed.stderr, "2 runs failed");

    const halving = await workspace.experiment(
      `
fixed: { hidden: [4], steps: 40, evaluate_every: 10 }
grid: { l2_penalty: [0, 0.01, 0.1, 1] }
successive_halving: { min_steps: 10, eta: 2 }
seeds: 2
`,
      "halving",
    );
    const halved = await runHere("sweep", halving, "--reports", reports, "--json");
    const stages = eventsIn(halved.stdout).flatMap(({ event, stage }) =>
      event === "stage" ? [stage] : []
    );
    assertEquals(stages[0], { kind: "rung", step: 10 });
    assertEquals(stages.at(-1), { kind: "scores" });
    const planned = documentIn(await runTask("plan", halving, "--json"), "plan");
    assertEquals(planned.rungs[0], { step: 10, cells: 4 });

    const same = SHORT.replace("l2_penalty: [0, 0.01]", "l1_method: [gradient, proximal]");
    const idle = await runHere("plan", await workspace.experiment(same, "same"), "--json");
    const cells = ["l1_method=gradient", "l1_method=proximal"];
    assertEquals(documentIn(idle, "plan").sameRuns, [{ keys: ["l1_method"], cells }]);
  }));

Deno.test("sweep: --json ends with a whole line if it is interrupted", () =>
  Workspace.use(async (workspace) => {
    const long = SHORT.replace("steps: 20", "steps: 30000").replace("seeds: 3", "seeds: 40");
    const file = await workspace.experiment(long);
    const words = [file, "--reports", workspace.path("reports"), "--json", "--workers", "1"];
    const sweep = startTask("sweep", words);
    const stderr = new Response(sweep.stderr).text();
    let text = "";
    for await (const part of sweep.stdout.pipeThrough(new TextDecoderStream())) {
      const isFirst = !text.includes('"event":"run"');
      text += part;
      if (isFirst && text.includes('"event":"run"')) sweep.kill("SIGINT");
    }
    const [{ code }] = await Promise.all([sweep.status, stderr]);
    const { event, state, exitCode, counts } = eventsIn(text).at(-1);
    assertEquals([code, event, state, exitCode], [130, "end", "interrupted", 130]);
    assert(counts.trained > 0 && counts.trained < counts.total);
  }));

Deno.test("sweep: --json goes on if nobody wants more lines", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(SHORT);
    const args = [file, "--reports", workspace.path("reports"), "--json", "--quiet"];
    const sweep = startTask("sweep", args);
    await sweep.stdout.cancel();
    const stderr = await new Response(sweep.stderr).text();
    assertEquals([(await sweep.status).code, messagesIn(stderr)], [0, ""]);
    assertEquals((await readManifestIn(workspace.path("reports", "points"))).runs.total, 6);
  }));

Deno.test("verify: --json prints a document if it is interrupted", () =>
  Workspace.use(async (workspace) => {
    const [slow, started] = [workspace.path("slow"), workspace.path("started")];
    await workspace.write(
      "run.sh",
      `cat > /dev/null
if [ -e ${slow} ]; then touch ${started}; exec sleep 60; fi
echo '{"step": 0, "measures": {"score": 1}}'
`,
    );
    const file = await workspace.write(
      "program.yaml",
      `name: program
trainer: { command: [sh, run.sh], hyperparameters: { a: { type: number, default: 0 } } }
grid: { a: [0, 1] }
metric: { key: score, better: larger }
seeds: 2
`,
    );
    const planned = documentIn(await runHere("plan", file, "--json"), "plan");
    assertEquals([planned.dataset, planned.untimedTrainers], [undefined, ["run"]]);
    const folder = workspace.path("reports", "program");
    const swept = ["--reports", workspace.path("reports"), "--yes", "--quiet"];
    const state = withState(workspace);
    assertEquals((await finish(startTask("sweep-program", [file, ...swept], state))).code, 0);
    await Deno.writeTextFile(slow, "");
    const verify = startTask("verify-program", [folder, "--yes", "--json"], state);
    const finished = finish(verify);
    await until(() => isFile(started));
    verify.kill("SIGINT");
    const stopped = await finished;
    const document = documentIn(stopped, "verify");
    assertEquals([stopped.code, document.state, document.total], [130, "interrupted", 4]);
  }));

const TRIALS = "model,seed,score\na,1,0.5\na,2,0.6\nb,1,0.7\nb,2,0.9\n";
const IMPORT_OPTIONS = [
  ...["--cell", "model", "--seed", "seed", "--metric", "score", "--baseline", "a"],
] as const;

/** Commands that print one document, in an order in which each has what it needs. */
const CALLS = {
  inspect: ["points.csv", "--target", "class"],
  init: ["points.csv", "--target", "class", "--output", "first.yaml"],
  example: ["quick"],
  import: ["trials.csv", ...IMPORT_OPTIONS],
  plan: ["points.yaml"],
  train: ["points.yaml", "--seed", "2"],
  models: ["reports/points"],
  predict: ["reports/points/models", "points.csv"],
  report: ["reports/points"],
  table: ["reports/points"],
  index: [],
  verify: ["reports/points"],
  compare: ["reports/points", "reports/other"],
  store: [],
  merge: ["reports", "--reports", "united"],
  native: [],
  status: ["points.yaml"],
  cancel: ["points.yaml"],
  completion: ["fish"],
  version: [],
} as const;

Deno.test("every command: --json prints one document, which the schema describes", (test) =>
  ProjectCopy.use((copy) =>
    Workspace.use(async (workspace) => {
      await compileInAMoment(copy);
      const file = await workspace.experiment(SHORT);
      const other = await workspace.experiment(SHORT.replace("0.01", "0.02"), "other");
      for (const one of [file, other]) {
        const args = [one, "--reports", workspace.path("reports"), "--quiet", "--save-models"];
        assertEquals((await runHere("sweep", ...args)).code, 0);
      }
      await workspace.write("trials.csv", TRIALS);
      const names = [...Object.keys(CALLS), "sweep", "schema"];
      assertEquals(names.toSorted(), COMMANDS.map(({ name }) => name).toSorted());
      // What it compiles is not for the project that other tests use.
      const optionsOf = (name: string) => ({
        cwd: workspace.folder,
        ...name === "native" && { project: copy.folder },
      });
      const run = (name: string, ...args: readonly string[]) =>
        finish(startTask(name, [...args, "--json"], optionsOf(name)));
      const found: Record<string, Json> = {};
      for (const [name, words] of Object.entries(CALLS)) {
        await test.step(name, async () => {
          const { code, stdout, stderr } = await run(name, ...words);
          assertEquals([code, stderr], [0, ""]);
          found[name] = documentIn({ code, stdout, stderr }, name);
          assertEquals([found[name].schemaVersion, found[name].command], [1, name]);
        });
      }
      await test.step("they say what is so", () => {
        const { plan, init, inspect, report, index, verify, compare, status, cancel, models } =
          found;
        const { store, predict } = found;
        assertEquals(plan.runs, {
          ...{ total: 6, known: 6, missing: 0, leastTotal: 6, leastMissing: 0 },
        });
        assertEquals([plan.cellCount, plan.cells.length, plan.dataset.rows], [2, 2, 90]);
        const { train, validation, test: rest } = plan.dataset.split;
        assertEquals(train + validation + rest, 90);
        assertEquals([init.file, inspect.rows, inspect.problems], ["first.yaml", 90, []]);
        assertEquals([report.path, index.path], [
          "reports/points/report.html",
          "reports/index.html",
        ]);
        assertEquals([verify.state, verify.isRight, verify.runs.length], ["complete", true, 6]);
        assertEquals([compare.identical.length, compare.onlyInA.length], [3, 3]);
        assertEquals([status.done, status.total, cancel.jobs], [6, 6, []]);
        assertEquals(models.models.length, 3);
        const { predictions, score, isTrainingTable } = predict;
        assertEquals([predict.models.length, predictions.length, score.rows], [3, 90, 90]);
        const right = predictions.filter(({ actual, predicted }: Json) => actual === predicted);
        assertEquals([score.measures.accuracy, isTrainingTable], [right.length / 90, true]);
        // The runs of the two sweeps' baselines are the same.
        assertEquals(store.records.map(({ count }: Json) => count), [9]);
        assertEquals(store.damaged, []);
      });
      await test.step("verify of imported runs says nothing of the runs", async () => {
        const { state, isRight, total, runs } = documentIn(
          await run("verify", "reports/trials"),
          "verify",
        );
        assertEquals([state, isRight, total, runs], ["imported", true, 4, undefined]);
      });
      await test.step("example lists all if none is named", async () => {
        const { examples } = documentIn(await run("example"), "example");
        assert(examples.some(({ name }: Json) => name === "quick"));
      });
      await test.step("schema prints the schema itself", async () => {
        const { code, stdout } = await run("schema", "points.yaml");
        assertEquals([code, JSON.parse(stdout).title], [0, "regsweep experiment"]);
      });
      await test.step("report of an experiment, and what verify finds wrong", async () => {
        documentIn(await run("report", "points.yaml", "--name", "points"), "report");
        const path = workspace.path("reports", "points", "runs.csv");
        const text = await Deno.readTextFile(path);
        await Deno.writeTextFile(path, text.replace("completed", "diverged"));
        const wrong = await run("verify", "reports/points");
        const { isRight, runs } = documentIn(wrong, "verify");
        assertEquals([wrong.code, isRight], [1, false]);
        const bad = runs.filter(({ passes }: Json) => !passes);
        assert(bad.length > 0 && bad[0].findings.length > 0);
      });
    })
  ));

Deno.test("every command: --json prints an error as a document, and the text as always", () =>
  Workspace.use(async (workspace) => {
    for (const { name, operands } of COMMANDS) {
      const words = [...operands.map((_, index) => `no-${index}.yaml`), "--wrong", "--json"];
      const { code, stdout, stderr } = await finish(
        startTask(name, words, { cwd: workspace.folder }),
      );
      const error = JSON.parse(stdout);
      assertValid(name === "sweep" ? "sweepEvent" : "error", error);
      assertEquals([code, error.command, error.error.exitCode], [2, name, 2]);
      assertEquals(error.error.problems[0].message, 'Unknown option "--wrong"', name);
      assertMatch(stderr, /^Unknown option "--wrong" \(/);
      // Sweeps print lines.
      assertEquals(stdout.trimEnd().includes("\n"), name !== "sweep");
    }
    const file = await workspace.write(
      "wrong.yaml",
      "name: wrong\nfixed: { droput: 1 }\nsedes: 3\n",
    );
    const wrong = await runHere("plan", file, "--json");
    const { problems } = documentIn(wrong, "error").error;
    const plain = await runHere("plan", file);
    assertEquals([wrong.code, wrong.stderr, plain.stdout], [2, plain.stderr, ""]);
    const unknown = problems.find(({ hint }: Json) => hint === 'did you mean "dropout"?');
    assertEquals([unknown.file, unknown.line, unknown.column], [file, 2, 10]);
    assert(problems.length > 1);
  }));

const PYTHON = findProgram("python3");
if (PYTHON === undefined && IS_CI) throw new Error("There is no python3");
const PAGE = { path: "docs/json.md", text: await Deno.readTextFile(join(PROJECT, "docs/json.md")) };

Deno.test("docs/json.md names every document and every event, and shows errors as they are", async () => {
  const tables = PAGE.text.split("\n").flatMap((line) =>
    line.match(/^\| `(\w+)` /)?.slice(1) ?? []
  );
  const names = [...COMMANDS.map(({ name }) => name).filter((name) => name !== "sweep")];
  assertEquals(tables.toSorted(), [...names, ...Object.keys(SWEEP_EVENTS)].toSorted());
  const [shown, ...others] = blocksOf(PAGE).filter(({ language }) => language === "json");
  assertEquals(others, []);
  const wrong = await runHere("plan", "experiments/quick.yaml", "--set", "droput=0.5", "--json");
  assertEquals(wrong.stdout, shown.text);
});

Deno.test(
  "docs/json.md: the program reads a sweep's events",
  { ignore: PYTHON === undefined },
  () =>
    Workspace.use(async (workspace) => {
      const file = await workspace.experiment(SHORT);
      const [program] = blocksOf(PAGE).filter(({ language }) => language === "python");
      const words = [file, "--reports", workspace.path("reports")];
      const text = program.text.replace(
        '"experiments/quick.yaml"',
        JSON.stringify(words).slice(1, -1),
      );
      assert(text !== program.text);
      const python = new Deno.Command(PYTHON ?? "", {
        args: ["-c", text],
        cwd: PROJECT,
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
      });
      const { code, stdout, stderr } = await python.output();
      const lines = new TextDecoder().decode(stdout).trimEnd().split("\n");
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      assert(lines.filter((line) => /^l2_penalty=0(.01)? [123] [01]\.\d+$/.test(line)).length >= 6);
      const { answer } = await readManifestIn(workspace.path("reports", "points"));
      assertEquals(lines.at(-1), answer.advice);
    }),
);
