import {
  assert,
  assertEquals,
  assertGreater,
  assertLess,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { IS_CI } from "../_ci.ts";
import { PrivateSlurm, until } from "../slurm/private_slurm.ts";
import { kill } from "../slurm/processes.ts";
import { ClusterTest, LONG, LONG_RUNS, type Running, SHORT, SHORT_RUNS } from "./_cluster.ts";
import {
  MODULE_EXPERIMENT,
  MODULE_FILES,
  programExperiment,
  PROGRAMS,
  writeModule,
  writeProgram,
} from "./_own_trainers.ts";
import { documentIn, eventsIn } from "./_json.ts";
import { finish, startTask } from "./_task.ts";
import { countRecords, readCsvFiles, Workspace } from "./_workspace.ts";

/** Tests that kill nodes have n2 and n3 for themselves. */
const QUIET_NODE = "--sbatch-arg=--nodelist=n1";
const DOOMED_NODES = "--sbatch-arg=--exclude=n1";
const ONE_TASK = ["--chunk", "100"];
const NOTICE_MILLISECONDS = 120_000;

/** An experiment of which some cells are decided after few seeds. */
const LOOKS = `
metric: validation_loss
equivalence: 0.001
fixed: { hidden: [8], steps: 40, evaluate_every: 20 }
grid: { l2_penalty: [0, 0.00001, 0.03] }
seeds: { from: 3, to: 12, until: decided }
`;

/** An experiment with two batches of three cells. */
const SEARCH = `
metric: validation_loss
fixed: { hidden: [8], steps: 40, evaluate_every: 20 }
grid:
  sample: { count: 6, method: tpe, batch: 3 }
  l2_penalty: { log_uniform: [0.00001, 0.1] }
  dropout: { uniform: [0, 0.5] }
seeds: 2
`;

/** An experiment on two datasets. */
const DATASETS = `name: both
datasets:
  - { name: here, path: points.csv, target: class }
  - { name: there, path: points.csv, target: class, standardize: none }
fixed: { hidden: [8], steps: 30, evaluate_every: 10 }
grid: { l2_penalty: [0, 0.01] }
seeds: 2
`;

/** What a local sweep writes. */
interface Expected {
  readonly short: Record<string, string>;
  readonly long: Record<string, string>;
}
type Step = (slurm: PrivateSlurm, expected: Expected) => Promise<void>;

/** Tests of which each is over in seconds, one after the other. */
const STEPS: Record<string, Step> = {};
/** Tests that mostly wait for Slurm to notice something; they go on beside the others. */
const SLOW_STEPS: Record<string, Step> = {};
/** What all others must be spared. */
const LAST_STEPS: Record<string, Step> = {};

STEPS["the CSV files are a local sweep's, and arrays are split where Slurm wants it"] = (
  slurm,
  { short },
) =>
  ClusterTest.use(slurm, "equal", SHORT, async (test) => {
    const { code, stdout, stderr } = await test.run("sweep", "--chunk", "3", QUIET_NODE);
    assertEquals([code, stderr], [0, "Submitting 6 tasks for 18 runs\n"]);
    assertStringIncludes(stdout, "equal: 18 runs, 18 trained, 0 reused");
    await test.assertResults(short);
    const { tasks } = await test.manifest();
    assertEquals(tasks.length, 6);
    assertEquals(new Set(tasks.map(({ task }: { task: string }) => task.split("_")[0])).size, 2);
    for (const { node, restarts, trained, log } of tasks) {
      assertEquals([node, restarts, trained], ["n1", 0, 3]);
      const text = await Deno.readTextFile(join(test.reports, "equal", log));
      assertMatch(text, /^chunk \d: 3 trained, 0 failed, in [\d.]+ s\n$/);
    }

    // Again: nothing to do, and no need of Slurm.
    const again = await test.start("sweep", [QUIET_NODE], { PATH: "/nowhere" }).finished;
    assertEquals([again.code, again.stderr], [0, ""]);
    assertEquals(test.submissions().length, 1);

    // Records that are deleted, and they alone, are submitted again.
    const keys = short["runs.csv"].trim().split("\n").slice(1).map((line) => line.split(",")[0]);
    for (const key of [keys[0], keys[7], keys[17]]) {
      await Deno.remove(join(test.reports, "store", key.slice(0, 2), `${key.slice(2)}.json`));
    }
    const resumed = await test.run("sweep", ...ONE_TASK, QUIET_NODE);
    assertEquals([resumed.code, resumed.stderr], [0, "Submitting 1 task for 3 runs\n"]);
    assertStringIncludes(resumed.stdout, "equal: 18 runs, 3 trained, 15 reused");
    await test.assertResults(short);
  });

STEPS["the process that waits writes a report of what there is"] = (slurm, { long }) =>
  ClusterTest.use(slurm, "live", LONG, async (test) => {
    const sweep = test.startLive(QUIET_NODE.replace("--sbatch-arg=", ""));
    let runs = 0;
    await until("there is a report", NOTICE_MILLISECONDS, async () => {
      if (sweep.hasEnded) throw new Error((await sweep.finished).stderr);
      const manifest = await test.manifest().catch((error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      });
      runs = manifest?.unfinished?.why === "running" ? manifest.runs.total : 0;
      return runs > 0;
    });
    assertLess(runs, LONG_RUNS);
    const page = await Deno.readTextFile(join(test.reports, "live", "report.html"));
    assertStringIncludes(page, `of ${LONG_RUNS} runs had ended when this was written`);
    const { code, stderr } = await sweep.finished;
    assertEquals(code, 0, stderr);
    await test.assertResults(long);
    assertEquals((await test.manifest()).unfinished, undefined);
  });

STEPS["trainers of one's own give a local sweep's CSV files"] = async (slurm) => {
  const experiments = {
    "own-module": ["sweep", MODULE_EXPERIMENT],
    "own-program": ["sweep-program", programExperiment("exact")],
  } as const;
  for (const [name, [command, text]] of Object.entries(experiments)) {
    await ClusterTest.use(slurm, name, text, async (test, workspace) => {
      await writeModule(workspace);
      await writeProgram(workspace, "exact");
      const env = { XDG_STATE_HOME: workspace.path("state") };
      const local = [test.file, "--reports", workspace.path("local"), "--quiet", "--yes"];
      const alone = await finish(startTask(command, local, { env }));
      assertEquals(alone.code, 0, alone.stderr);
      const args = ["--chunk", "1", "--yes", QUIET_NODE];
      const { code, stdout, stderr } = await test.start(command, args, env).finished;
      assertEquals(code, 0, stderr);
      assertStringIncludes(stdout, `${name}: 4 runs, 4 trained, 0 reused`);
      await test.assertResults(await readCsvFiles(workspace.path("local", name)));
      assertEquals((await test.taskReports()).map(({ end }) => end?.trained), [1, 1, 1, 1]);
    });
  }
};

STEPS["tasks use the module that the sweep has read, and refuse a program that was changed"] =
  async (
    slurm,
  ) => {
    const held = ["--yes", QUIET_NODE, "--sbatch-arg=--hold"];
    await ClusterTest.use(slurm, "changed-module", MODULE_EXPERIMENT, async (test, workspace) => {
      await writeModule(workspace);
      const local = [test.file, "--reports", workspace.path("local"), "--quiet"];
      assertEquals((await finish(startTask("sweep", local))).code, 0);
      const sweep = test.start("sweep", [...ONE_TASK, ...held]);
      await test.untilQueue("the task is held", (queue) => queue.length > 0);
      const [name] = Object.keys(MODULE_FILES);
      await workspace.write(name, "throw new Error();");
      await releaseUntil(test, sweep);
      const { code, stderr } = await sweep.finished;
      assertEquals(code, 0, stderr);
      await test.assertResults(await readCsvFiles(workspace.path("local", test.name)));
      const kept = join(test.reports, test.name, "trainers", "centroids", "centroids.ts");
      assertEquals(await Deno.readTextFile(kept), MODULE_FILES[name]);
    });
    await ClusterTest.use(
      slurm,
      "changed-program",
      programExperiment("exact"),
      async (test, workspace) => {
        await writeProgram(workspace, "exact");
        const env = { XDG_STATE_HOME: workspace.path("state") };
        const refused = await test.start("sweep", held, env).finished;
        assertEquals(refused.code, 2);
        assertStringIncludes(refused.stderr, "deno task sweep-program ");
        const unasked = await test.start("sweep-program", [QUIET_NODE], env).finished;
        assertEquals(unasked.code, 2);
        assertStringIncludes(unasked.stderr, "--yes");
        assertEquals(await test.queue(), []);

        const sweep = test.start("sweep-program", [...ONE_TASK, ...held], env);
        await test.untilQueue("the task is held", (queue) => queue.length > 0);
        const path = await workspace.write(
          "models/exact.sh",
          `${PROGRAMS.exact}echo started > started`,
        );
        await releaseUntil(test, sweep);
        const { code, stderr } = await sweep.finished;
        assertEquals(code, 1, stderr);
        assertStringIncludes(stderr, `Cannot use ${path}: it has changed since the sweep `);
        assertEquals(await countRecords(test.reports), 0);
        assertEquals([...Deno.readDirSync(workspace.path("models"))].length, 1, "it was started");
      },
    );
  };

STEPS["an experiment's launcher block has the options' defaults"] = (slurm, { short }) =>
  ClusterTest.use(
    slurm,
    "defaults",
    `${SHORT}launcher: { partition: main, chunk: 9, cpus_per_task: 2, sbatch_args: [--nodelist=n1] }`,
    async (test) => {
      const { code, stderr } = await test.run("sweep");
      assertEquals([code, stderr], [0, "Submitting 2 tasks for 18 runs\n"]);
      await test.assertResults(short);
      assertEquals(new Set((await test.taskReports()).map(({ node }) => node)), new Set(["n1"]));
    },
  );

STEPS["a task that is killed is submitted again, and goes on where it was"] = (slurm, { long }) =>
  ClusterTest.use(slurm, "killed", LONG, async (test) => {
    const sweep = test.start("sweep", [...ONE_TASK, QUIET_NODE]);
    await test.untilRecords(2, sweep);
    kill(await slurm.tasksOf("killed"));
    const { code, stderr } = await sweep.finished;
    assertEquals(code, 0, stderr);
    assertMatch(stderr, /^Lost \d+ runs: task \d+_0: .*; submitting again$/m);
    await test.assertResults(long);
    assertLess(await trainedLast(test), LONG_RUNS);
  });

STEPS["a task that fails is submitted twice more, and told with its reason"] = (slurm, { short }) =>
  ClusterTest.use(slurm, "failing", SHORT, async (test, workspace) => {
    const sweep = test.start("sweep", [...ONE_TASK, QUIET_NODE, "--sbatch-arg=--hold"]);
    await test.untilQueue("the task is held", (queue) => queue.length > 0);
    await Deno.rename(workspace.path("points.csv"), workspace.path("away.csv"));
    await releaseUntil(test, sweep);
    const { code, stderr } = await sweep.finished;
    assertEquals(code, 1);
    assertStringIncludes(stderr, "Slurm does not start 1 task: JobHeldUser (the user holds it)");
    assertStringIncludes(stderr, "Lost 18 runs: task ");
    assertStringIncludes(stderr, "18 runs failed:");
    const reason =
      /: no result after 3 tasks; the last: task \d+_\d: \S.*, Cannot read .*points.csv/;
    assertMatch(stderr, reason);
    // The third time, in two chunks, which need not be lost in the same moment.
    const submissions = test.submissions().length;
    assert(submissions === 3 || submissions === 4, `${submissions} submissions`);

    await Deno.rename(workspace.path("away.csv"), workspace.path("points.csv"));
    assertEquals((await test.run("sweep", ...ONE_TASK, QUIET_NODE)).code, 0);
    await test.assertResults(short);
  });

STEPS["Ctrl-C leaves no job behind, and the same command does the rest"] = (slurm, { long }) =>
  ClusterTest.use(slurm, "interrupted", LONG, async (test) => {
    const sweep = test.start("sweep", ["--chunk", "2", "--array-parallelism", "1", QUIET_NODE]);
    await test.untilRecords(3, sweep);
    sweep.kill("SIGINT");
    const { code, stderr } = await sweep.finished;
    assertEquals(code, 130);
    await test.untilQueue("the queue is empty", (queue) => queue.length === 0);
    const kept = await countRecords(test.reports);
    assertStringIncludes(stderr, `Stopped; ${kept} of 12 runs are kept, and the same command`);
    const resumed = await test.run("sweep", QUIET_NODE);
    assertEquals(resumed.code, 0);
    assertStringIncludes(resumed.stdout, `${LONG_RUNS - kept} trained, ${kept} reused`);
    await test.assertResults(long);
  });

STEPS["a squeue that fails for a while means nothing"] = (slurm, { short }) =>
  ClusterTest.use(slurm, "blind", SHORT, async (test, workspace) => {
    await Deno.mkdir(workspace.path("bin"));
    const script = await workspace.write(
      join("bin", "squeue"),
      "#!/bin/sh\necho 'slurm_load_jobs error: Unable to contact slurm controller' >&2\nexit 1\n",
    );
    await Deno.chmod(script, 0o755);
    const env = { PATH: `${workspace.path("bin")}:${Deno.env.get("PATH")}` };
    const args = ["--chunk", "3", "--array-parallelism", "1", QUIET_NODE];
    const sweep = test.start("sweep", args, env);
    // Long enough for the first tasks to be forgotten by Slurm.
    await test.untilRecords(SHORT_RUNS / 2, sweep);
    // By a rename: at no moment may there be no squeue.
    await Deno.symlink(await which("squeue"), `${script}.new`);
    await Deno.rename(`${script}.new`, script);
    const { code, stderr } = await sweep.finished;
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "Slurm does not answer; asking again: ");
    assertStringIncludes(stderr, "Unable to contact slurm controller");
    assertEquals(test.submissions().length, 1);
    await test.assertResults(short);
  });

STEPS["--detach leaves the jobs, status tells of them, and the same command picks them up"] = (
  slurm,
  { short },
) =>
  ClusterTest.use(slurm, "detached", SHORT, async (test) => {
    const unknown = await test.run("status");
    assertEquals(unknown.stdout.split("\n")[0], "detached: 18 runs, 0 done, 18 not submitted");
    const hold = ["--chunk", "9", QUIET_NODE, "--sbatch-arg=--hold"];
    const { code, stdout } = await test.run("sweep", ...hold, "--detach");
    assertEquals(code, 0);
    assertStringIncludes(stdout, "0 of 18 runs are done; the others are left to Slurm.");
    const status = await test.run("status");
    assertMatch(
      status.stdout,
      /^detached: 18 runs, 0 done, 18 queued\njob \d+: 2 queued: JobHeldUser \(the user holds it\)\n$/,
    );
    const waiting = test.start("sweep");
    await test.untilOwned();
    await test.release();
    const { code: waitingCode, stderr } = await waiting.finished;
    assertEquals([waitingCode, stderr.split("\n")[0]], [
      0,
      "Waiting for 18 runs in 2 tasks that were submitted earlier",
    ]);
    assertEquals(test.submissions().length, 1);
    await test.assertResults(short);
    assertEquals((await test.run("status")).stdout, "detached: 18 runs, 18 done\n");
  });

STEPS["seeds until decided: each look is a submission, and --detach submits one"] = (slurm) =>
  ClusterTest.use(slurm, "looks", LOOKS, async (test, workspace) => {
    const local = [test.file, "--reports", workspace.path("local"), "--quiet"];
    assertEquals((await finish(startTask("sweep", local))).code, 0);
    const expected = await readCsvFiles(workspace.path("local", test.name));
    const first = await test.run("sweep", "--detach", ...ONE_TASK, QUIET_NODE);
    assertEquals([first.code, first.stderr], [0, "Submitting 1 task for 9 runs\n"]);
    assertStringIncludes(first.stdout, "0 of 9 runs are done; the others are left to Slurm");
    assertStringIncludes(first.stdout, "gives more seeds to cells that are not decided then");
    await until(
      "the first look's runs are there",
      NOTICE_MILLISECONDS,
      async () => await countRecords(test.reports) >= 9,
    );
    const status = await test.run("status");
    assertMatch(status.stdout, /^looks: \d+ runs, 9 done, \d+ not submitted\n/);
    const rest = await test.run("sweep", ...ONE_TASK, QUIET_NODE);
    assertEquals(rest.code, 0, rest.stderr);
    assertMatch(rest.stderr, /^(Submitting 1 task for \d+ runs\n)+$/);
    await test.assertResults(expected);
    assertEquals((await test.manifest()).experiment.looks, [3, 6, 12]);
  });

STEPS["a search: each batch is a submission, and the cells are those of a local sweep"] = (slurm) =>
  ClusterTest.use(slurm, "searched", SEARCH, async (test, workspace) => {
    const local = [test.file, "--reports", workspace.path("local"), "--quiet"];
    assertEquals((await finish(startTask("sweep", local))).code, 0);
    const expected = await readCsvFiles(workspace.path("local", test.name));
    const first = await test.run("sweep", "--detach", ...ONE_TASK, QUIET_NODE);
    assertEquals([first.code, first.stderr], [0, "Submitting 1 task for 6 runs\n"]);
    assertStringIncludes(first.stdout, "proposes the cells of the next batch then");
    await until(
      "the first batch's runs are there",
      NOTICE_MILLISECONDS,
      async () => await countRecords(test.reports) >= 6,
    );
    const status = await test.run("status");
    assertMatch(status.stdout, /^searched: 12 runs, 6 done, 6 not submitted\n/);
    const rest = await test.run("sweep", ...ONE_TASK, QUIET_NODE);
    assertEquals([rest.code, rest.stderr], [0, "Submitting 1 task for 6 runs\n"]);
    await test.assertResults(expected);
  });

STEPS["datasets: each is a submission of its own, and the files are those of a local sweep"] = (
  slurm,
) =>
  ClusterTest.use(slurm, "both", SHORT, async (test, workspace) => {
    await workspace.write("both.yaml", DATASETS);
    const local = [test.file, "--reports", workspace.path("local"), "--quiet"];
    assertEquals((await finish(startTask("sweep", local))).code, 0);
    // All are submitted at once, although none has results yet.
    const first = await test.run("sweep", "--detach", ...ONE_TASK, QUIET_NODE);
    assertEquals([first.code, first.stderr], [0, "Submitting 1 task for 4 runs\n".repeat(2)]);
    await until(
      "all runs are there",
      NOTICE_MILLISECONDS,
      async () => await countRecords(test.reports) >= 8,
    );
    const status = await test.run("status", "--table", "there");
    assertMatch(status.stdout, /^there: 4 runs, 4 done\n/);
    const rest = await test.run("sweep", QUIET_NODE);
    assertEquals([rest.code, rest.stderr], [0, ""]);
    for (const folder of [".", "here", "there"]) {
      const expected = await readCsvFiles(workspace.path("local", "both", folder));
      assertEquals(await readCsvFiles(join(test.reports, "both", folder)), expected);
    }
  });

STEPS["cancel ends the jobs, and whoever waits for them"] = (slurm) =>
  ClusterTest.use(slurm, "cancelled", SHORT, async (test) => {
    const hold = ["--chunk", "9", QUIET_NODE, "--sbatch-arg=--hold"];
    const sweep = test.start("sweep", hold);
    await test.untilQueue("the tasks are held", (queue) => queue.length === 2);
    const { code, stdout } = await test.run("cancel");
    assertEquals(code, 0);
    assertMatch(stdout, /^cancelled: cancelled 1 job: \d+\n$/);
    assertEquals(await test.queue(), []);
    const stopped = await sweep.finished;
    assertEquals(stopped.code, 1);
    assertStringIncludes(stopped.stderr, "Cancelled by deno task cancel\n");
    assertEquals((await test.run("cancel")).stdout, "cancelled: cancelled no job\n");
  });

STEPS["--json tells programs of tasks and jobs"] = (slurm, { short }) =>
  ClusterTest.use(slurm, "json", SHORT, async (test) => {
    const hold = ["--chunk", "9", QUIET_NODE, "--sbatch-arg=--hold"];
    const detached = await test.run("sweep", ...hold, "--detach", "--json");
    const { state, counts, folder } = eventsIn(detached.stdout).at(-1);
    assertEquals([detached.code, state, counts.total, folder], [0, "detached", 18, undefined]);
    const status = documentIn(await test.run("status", "--json"), "status");
    const [{ job, reasons }, ...others] = status.jobs;
    assertEquals([status.queued, reasons, others], [18, ["JobHeldUser (the user holds it)"], []]);
    assertEquals(documentIn(await test.run("cancel", "--json"), "cancel").jobs, [job]);

    const swept = await test.run("sweep", ...ONE_TASK, QUIET_NODE, "--json");
    const events = eventsIn(swept.stdout);
    const runs = events.filter(({ event, stage }) => event === "run" && stage === "runs");
    assertEquals([swept.code, runs.length, events.at(-1).state], [0, 18, "complete"]);
    assert(events.some(({ event, queued, running }) => event === "tasks" && queued + running > 0));
    await test.assertResults(short);
  });

STEPS["two people who sweep the same at once compute nothing twice"] = (slurm, { short }) =>
  ClusterTest.use(slurm, "twice", SHORT, async (test) => {
    const args = ["--chunk", "3", QUIET_NODE];
    const sweeps = [test.start("sweep", args), test.start("sweep", args)];
    for (const { code, stderr } of await Promise.all(sweeps.map(({ finished }) => finished))) {
      assertEquals(code, 0, stderr);
    }
    await test.assertResults(short);
    const trained = (await test.taskReports()).map(({ end }) => end?.trained ?? 0);
    assertEquals(trained.reduce((sum, count) => sum + count), SHORT_RUNS);
  });

STEPS["what Slurm can never start, or refuses, is told with its reason"] = (slurm, { short }) =>
  ClusterTest.use(slurm, "impossible", SHORT, async (test) => {
    const refused = await test.run("sweep", "--partition", "nowhere");
    assertEquals(refused.code, 1);
    assertStringIncludes(
      refused.stderr,
      "Slurm refuses the job: Invalid partition name specified\n",
    );
    assert(!refused.stderr.includes("    at "), refused.stderr);

    const sweep = test.start("sweep", ["--cpus-per-task", "64", ...ONE_TASK]);
    await test.untilQueue(
      "it pends",
      (queue) => queue.some((line) => line.includes("PartitionConfig")),
    );
    const status = await test.run("status");
    assertStringIncludes(status.stdout, "1 queued: PartitionConfig (the partition has no node");
    await sweep.untilSays("Slurm does not start 1 task: PartitionConfig (the partition has");
    sweep.kill("SIGINT");
    assertEquals((await sweep.finished).code, 130);
    await test.untilQueue("the queue is empty", (queue) => queue.length === 0);

    assertEquals((await test.run("sweep", "--chunk", "9", QUIET_NODE)).code, 0);
    await test.assertResults(short);
  });

SLOW_STEPS["a task that runs out of time is submitted again"] = (slurm, { long }) =>
  ClusterTest.use(slurm, "late", LONG, async (test) => {
    const sweep = test.start("sweep", [...ONE_TASK, "--time", "1", QUIET_NODE]);
    // On a busy machine, half of the runs take most of a task's minute.
    await test.untilRecords(LONG_RUNS / 2, sweep);
    kill(await slurm.tasksOf("late"), "SIGSTOP");
    const { code, stderr } = await sweep.finished;
    assertEquals(code, 0, stderr);
    assertMatch(
      stderr,
      /^Lost \d+ runs: task \d+_0: (TIMEOUT|gone) on n1, .* TIME LIMIT .*; submitting again$/m,
    );
    await test.assertResults(long);
  });

SLOW_STEPS["a node that dies, or loses touch, while it works"] = async (slurm, { long }) => {
  await ClusterTest.use(slurm, "dead-node", LONG, async (test) => {
    const sweep = test.start("sweep", [...ONE_TASK, DOOMED_NODES]);
    await test.untilRecords(2, sweep);
    // It must not be done before its node is killed.
    kill(await slurm.tasksOf("dead-node"), "SIGSTOP");
    const node = await test.untilNode();
    await slurm.killNode(node);
    const { code, stderr } = await sweep.finished;
    assertEquals(code, 0, stderr);
    await test.assertResults(long);
    const { tasks: [{ restarts, node: last, trained }] } = await test.manifest();
    assertEquals([restarts, last === node], [1, false]);
    assertLess(trained, LONG_RUNS);
    await slurm.reviveNode(node);
  });
  await ClusterTest.use(slurm, "lost-node", LONG, async (test) => {
    const sweep = test.start("sweep", [...ONE_TASK, DOOMED_NODES]);
    await test.untilRecords(2, sweep);
    const original = await slurm.tasksOf("lost-node");
    // It must not be done before Slurm has given it up.
    kill(original, "SIGSTOP");
    const node = await test.untilNode();
    await slurm.killDaemon(node);
    const { code, stderr } = await sweep.finished;
    assertEquals([code, stderr], [0, "Submitting 1 task for 12 runs\n"]);
    await test.assertResults(long);
    // What it does now has been done by the task that was started again elsewhere.
    kill(original, "SIGCONT");
    const ended = async () => (await slurm.tasksOf("lost-node")).length === 0;
    await until("both tasks have ended", NOTICE_MILLISECONDS, ended);
    const logs = await test.logs();
    const trained = [...logs.matchAll(/: (\d+) trained, 0 failed/g)].map(([, count]) => +count);
    assertEquals(trained.length, 2, logs);
    assertGreater(trained[0] + trained[1], LONG_RUNS, logs);
    assert(!logs.includes("deterministic"), logs);
    assertEquals(await countRecords(test.reports), LONG_RUNS);
    await slurm.reviveNode(node);
  });
};

LAST_STEPS["a controller that starts again"] = (slurm, { long }) =>
  ClusterTest.use(slurm, "controller", LONG, async (test) => {
    // On any node: a controller that has forgotten of tasks drains the nodes that still run them.
    const sweep = test.start("sweep", ["--chunk", "3", "--array-parallelism", "2"]);
    await test.untilRecords(2, sweep);
    await slurm.killController();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await slurm.startController();
    const { code, stderr } = await sweep.finished;
    assertEquals(code, 0, stderr);
    await test.assertResults(long);
  });

const missing = PrivateSlurm.missingProgram();
Deno.test({
  name: "sweep on a Slurm cluster of three nodes" +
    (missing ? ` (skipped: ${missing} is not installed)` : ""),
  ignore: missing !== undefined && !IS_CI,
  fn: async (test) => {
    const slurm = await PrivateSlurm.start({
      nodes: 3,
      cpus: 4,
      maxArraySize: 5,
      minJobAge: 2,
    });
    try {
      const expected = await sweepLocally();
      // Steps beside each other cannot tell whose resources they are.
      const unchecked = { sanitizeOps: false, sanitizeResources: false, sanitizeExit: false };
      const step = (name: string, fn: Step) =>
        test.step({ name, ...unchecked, fn: () => fn(slurm, expected) });
      const all = (steps: Record<string, Step>) => Object.entries(steps);
      const slow = all(SLOW_STEPS).map(([name, fn]) => step(name, fn));
      for (const [name, fn] of all(STEPS)) await step(name, fn);
      await Promise.all(slow);
      for (const [name, fn] of all(LAST_STEPS)) await step(name, fn);
    } finally {
      await slurm.stop();
    }
  },
});

Deno.test("sweep --launcher slurm: without Slurm's commands, one sentence", () =>
  Workspace.use(async (workspace) => {
    const args = [await workspace.experiment(SHORT), "--reports", workspace.path("out")];
    const slurm = ["--launcher", "slurm"];
    const { code, stdout, stderr } = await finish(
      startTask("sweep", [...args, ...slurm], { env: { PATH: "/nowhere" } }),
    );
    assertEquals([code, stdout], [1, ""]);
    assertEquals(
      stderr,
      "Cannot find scontrol: Slurm's commands (sbatch, squeue, scancel and scontrol) must be on " +
        "the PATH of the machine that submits\n",
    );
  }));

for (
  const [options, problem] of [
    [["--partition", "main"], "--partition without --launcher slurm"],
    [
      ["--launcher", "slurm", "--run-timeout", "9"],
      "--run-timeout with --launcher slurm (--time limits its tasks)",
    ],
  ] as const
) {
  Deno.test(`sweep: refuses ${problem}`, () =>
    Workspace.use(async (workspace) => {
      const args = [await workspace.experiment(SHORT), "--reports", workspace.path("out")];
      const { code, stderr } = await finish(startTask("sweep", [...args, ...options]));
      assertEquals([code, stderr], [2, `Cannot use ${problem}\n`]);
    }));
}

async function sweepLocally(): Promise<Expected> {
  const results: Record<string, Record<string, string>> = {};
  for (const [name, text] of Object.entries({ short: SHORT, long: LONG })) {
    await Workspace.use(async (workspace) => {
      const folder = await workspace.sweep(await workspace.experiment(text), "local", "--quiet");
      results[name] = await readCsvFiles(folder);
    });
  }
  return { short: results.short, long: results.long };
}

/** How many runs the task trained that was submitted last. */
async function trainedLast(test: ClusterTest): Promise<number> {
  return (await test.taskReports()).at(-1)?.end?.trained ?? 0;
}

/** Lets tasks start as they are submitted, until a sweep has ended. */
async function releaseUntil(test: ClusterTest, sweep: Running): Promise<void> {
  while (!sweep.hasEnded) {
    await test.release();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

async function which(program: string): Promise<string> {
  const { stdout } = await new Deno.Command("which", { args: [program] }).output();
  return new TextDecoder().decode(stdout).trim();
}
