import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import type { LaunchedRun } from "../../../src/sweep/launcher.ts";
import { LocalLauncher } from "../../../src/sweep/local/local_launcher.ts";
import { logPath } from "../../../src/sweep/run_logs.ts";
import type { ProgramTables } from "../../../src/trainers/command/program_tables.ts";
import type { ProgramCode } from "../../../src/trainers/own_code.ts";
import { HANG_SECONDS } from "../../_hang_seconds.ts";
import { inFolder } from "../../_in_folder.ts";
import { isRunning } from "../../_is_running.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { until } from "../../_until.ts";
import { plannedRuns } from "../_planned_runs.ts";

const DATASET = numericDataset({ rows: 10, columns: 2, classes: 2, checksum: "sum" });
const TABLES: ProgramTables = { path: "/data/numbers.csv", target: "class" };

/** A program that does what the config's `behaviour` says, as a shell script. */
function program(folder: string, cases: string, code: Partial<ProgramCode> = {}): ProgramCode {
  const script = `read -r input
    seed=\${input#*'"seed":'}; seed=\${seed%%[,\\}]*}
    behaviour=\${input#*'"behaviour":"'}; behaviour=\${behaviour%%'"'*}
    prints() { echo "{\\"step\\": $1, \\"measures\\": {\\"score\\": $seed}}"; }
    case $behaviour in ${cases} esac`;
  return {
    ...{ kind: "program", name: "p", version: "1", tasks: [], hyperparameters: [] },
    ...{ command: ["sh", "-c", script], folder, files: [], env: {} },
    ...{ retries: 0, deterministic: true },
    ...code,
  };
}

interface Launched {
  readonly outcomes: readonly LaunchedRun[];
  readonly problems: readonly string[];
  readonly messages: readonly string[];
}

async function launch(
  code: ProgramCode,
  behaviours: readonly string[],
  { signal, logs, runTimeoutSeconds }: {
    readonly signal?: AbortSignal;
    readonly logs?: string;
    readonly runTimeoutSeconds?: number;
  } = {},
): Promise<Launched> {
  const runs = plannedRuns(behaviours.map((behaviour) => ({ behaviour }))).map((run) => {
    const key = `${run.task.seed}`.repeat(64);
    const trainer = "p";
    return { ...run, key, task: { ...run.task, trainer }, cell: { ...run.cell, trainer } };
  });
  const context = { dataset: DATASET, own: [code], tables: TABLES };
  const launcher = new LocalLauncher({ workers: 2, context, logs, runTimeoutSeconds });
  const [outcomes, problems, messages]: [LaunchedRun[], string[], string[]] = [[], [], []];
  const launched = launcher.launch(runs, {
    signal: signal ?? AbortSignal.timeout(1000 * HANG_SECONDS),
    onProblem: (text) => problems.push(text),
    onMessage: (text) => messages.push(text),
  });
  for await (const outcome of launched) outcomes.push(outcome);
  return { outcomes, problems, messages };
}

/** How runs ended, in the order of their seeds: the score of the last evaluation, or the failure. */
function endsOf({ outcomes }: Launched): unknown[] {
  return outcomes.toSorted((a, b) => a.run.task.seed - b.run.task.seed)
    .map(({ result, failure }) => failure ?? result?.evaluations.at(-1)?.measures.score);
}

Deno.test("LocalLauncher runs programs for its workers, and each failure is one run's", async () => {
  await inFolder(async (folder) => {
    const cases = `works) prints 0; prints 5;; fails) echo no >&2; exit 2;;
      says) echo '{"message": "hello"}'; prints 1;;`;
    const launched = await launch(program(folder, cases), ["works", "fails", "says", "works"]);
    assertEquals(endsOf(launched), [0, "exit code 2: no", 2, 3]);
    assertEquals(launched.messages, ["cell 2, seed 2: hello"]);
    assertEquals(launched.problems, []);
    const [{ result }] = launched.outcomes.filter(({ run }) => run.task.seed === 0);
    assertEquals([result?.steps, result?.evaluations.length, result?.status], [5, 2, "completed"]);
    assertEquals(result?.digest.length, 64);
  });
});

Deno.test("LocalLauncher gives programs the rows of their run", async () => {
  await inFolder(async (folder) => {
    const cases = 'keeps) echo "$input" > $seed.json; prints 0;;';
    await launch(program(folder, cases), ["keeps", "keeps"]);
    const inputs = await Promise.all([0, 1].map(async (seed) => {
      return JSON.parse(await Deno.readTextFile(join(folder, `${seed}.json`)));
    }));
    for (const [seed, { rows, ...input }] of inputs.entries()) {
      assertEquals(input, {
        ...{ protocol: 1, seed, config: { behaviour: "keeps" } },
        dataset: { path: "/data/numbers.csv", target: "class" },
      });
      assertEquals([rows.train.length, rows.validation.length, rows.test], [6, 2, undefined]);
      assertEquals(new Set([...rows.train, ...rows.validation]).size, 8);
    }
    assert(JSON.stringify(inputs[0].rows) !== JSON.stringify(inputs[1].rows));
  });
});

Deno.test("LocalLauncher tries a program's run again as often as it may", async () => {
  await inFolder(async (folder) => {
    const cases = `once) if mkdir tried; then exit 3; fi 2>&-; prints 0;;
      never) echo x >> tries; exit 4;;`;
    const code = program(folder, cases, { retries: 2 });
    const launched = await launch(code, ["once", "never"]);
    assertEquals(endsOf(launched), [0, "exit code 4"]);
    assertEquals(await Deno.readTextFile(join(folder, "tries")), "x\nx\nx\n");
    assertEquals(launched.problems.toSorted(), [
      "cell 0, seed 0: exit code 3; trying again",
      "cell 1, seed 1: exit code 4; trying again",
      "cell 1, seed 1: exit code 4; trying once more",
    ]);
  });
});

Deno.test("LocalLauncher ends programs that hang: by their own limit, or that of all runs", async () => {
  await inFolder(async (folder) => {
    const cases = "hangs) echo $$ >> pids; sleep 1000;; works) prints 0;;";
    const own = await launch(program(folder, cases, { timeoutSeconds: 1 }), ["hangs", "works"]);
    assertEquals(endsOf(own), [
      "no result after 1 s: stopped; a longer timeout allows more",
      1,
    ]);
    const all = await launch(program(folder, cases), ["hangs", "works"], { runTimeoutSeconds: 5 });
    assertEquals(endsOf(all), ["no result after 5 s: stopped; --run-timeout allows more", 1]);
    // A log with something in it is named, and both limits hold: the shorter one ends the run.
    const says = `hangs) echo here >&2; ${cases.slice("hangs) ".length)}`;
    const limits = { runTimeoutSeconds: 3, logs: folder };
    const both = await launch(program(folder, says, { timeoutSeconds: 900 }), ["hangs"], limits);
    const log = logPath(folder, both.outcomes[0].run.key);
    assertEquals(endsOf(both), [
      `no result after 3 s: stopped; --run-timeout allows more (log: ${log})`,
    ]);
    assertEquals(await Deno.readTextFile(log), "here\n");
    const pids = (await Deno.readTextFile(join(folder, "pids"))).trim().split("\n").map(Number);
    assertEquals(pids.length, 3);
    for (const pid of pids) assertEquals(await isRunning(pid), false);
  });
});

Deno.test("LocalLauncher ends programs before its stream ends when it is interrupted", async () => {
  await inFolder(async (folder) => {
    const cases = "hangs) echo $$ >> pids; sleep 1000;;";
    const stop = new AbortController();
    const launching = launch(program(folder, cases), ["hangs", "hangs", "hangs"], {
      signal: stop.signal,
    });
    const pids = () => Deno.readTextFile(join(folder, "pids")).catch(() => "");
    await until(async () => (await pids()).split("\n").length === 3);
    stop.abort();
    assertEquals((await launching).outcomes, []);
    for (const pid of (await pids()).trim().split("\n")) {
      assertEquals(await isRunning(Number(pid)), false);
    }
  });
});

Deno.test("LocalLauncher keeps a log of each run of a program, named by its key", async () => {
  await inFolder(async (folder) => {
    const logs = join(folder, "logs");
    await Deno.mkdir(logs);
    const cases = "works) echo seen >&2; prints 0;; fails) echo why >&2; exit 1;;";
    const launched = await launch(program(folder, cases), ["works", "fails"], { logs });
    const [first, second] = launched.outcomes.toSorted((a, b) => a.run.task.seed - b.run.task.seed);
    assertStringIncludes(await Deno.readTextFile(logPath(logs, first.run.key)), "seen\n");
    assertEquals(second.failure, `exit code 1: why (log: ${logPath(logs, second.run.key)})`);
  });
});
