import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { IS_CI } from "../_ci.ts";
import { isRunning } from "../_is_running.ts";
import { until } from "../_until.ts";
import { finish, PROJECT, startTask, taskCommand } from "./_task.ts";
import { countRecords, readCsvFiles, Workspace } from "./_workspace.ts";

/**
 * A program whose score depends on its seed and hyperparameter, and that does what its variable `DO`
 * says besides.
 */
const PROGRAM = `read -r input
seed=\${input#*'"seed":'}; seed=\${seed%%[,\\}]*}
shift=\${input#*'"shift":'}; shift=\${shift%%[,\\}]*}
prints() {
  echo "{\\"step\\": $1, \\"measures\\": {\\"validation_loss\\": $seed, \\"validation_accuracy\\": 0.$shift$seed}}"
}
eval "$DO"
prints 0
echo "a warning of seed $seed" >&2
prints 5
`;
/** Starts programs of its own, and ends neither by itself nor when it is asked to. */
const HANGS = `trap '' TERM; echo $$ >> pids; sh -c 'trap "" TERM; echo $$ >> pids; sleep 1000'`;

/** An experiment with the program; what it does, and other members of its trainer. */
async function experimentIn(
  workspace: Workspace,
  does = "",
  { trainer = "", text = "grid: { shift: [1, 2] }\nseeds: 3" } = {},
): Promise<string> {
  await workspace.write("own.sh", PROGRAM);
  return await workspace.write(
    "points.yaml",
    `
name: points
dataset: { path: points.csv, target: class, split: { train: 0.8, validation: 0.2, test: 0 } }
trainer:
  command: [sh, own.sh]
  tasks: [classification]
  env: { DO: ${JSON.stringify(does)} }
  hyperparameters:
    shift: { type: integer, minimum: 0, default: 0, regularizer: true }
  ${trainer}
metric: validation_accuracy
${text}
`,
  );
}

/** Calls a task that keeps its approvals in the workspace. */
function tasksIn(workspace: Workspace) {
  const env = { XDG_STATE_HOME: workspace.path("state") };
  const start = (name: string, ...args: string[]) => startTask(name, args, { env });
  return { start, run: (...words: [string, ...string[]]) => finish(start(...words)) };
}

/** The processes that programs have named, when there are so many. */
async function pidsIn(workspace: Workspace, count: number): Promise<string[]> {
  const read = async () => {
    const text = await Deno.readTextFile(workspace.path("pids")).catch(() => "");
    return text.split("\n").slice(0, -1);
  };
  await until(async () => (await read()).length >= count);
  return await read();
}

async function assertEnded(pids: readonly string[]): Promise<void> {
  for (const pid of pids) await until(async () => !await isRunning(Number(pid)));
}

Deno.test({
  name: "sweep-program: a file that the report cannot keep by its name is refused before any run",
  ignore: Deno.build.os === "windows",
  fn: () =>
    Workspace.use(async (workspace) => {
      const { run } = tasksIn(workspace);
      const path = await workspace.write("own\\2.sh", "");
      const trainer = "files: [own.sh, 'own\\2.sh']";
      const file = await experimentIn(workspace, "echo x >> started", { trainer });
      const reports = ["--reports", workspace.path("out")];
      // Before anyone is asked to approve it, too.
      const calls = [["sweep-program"], ["sweep-program", "--yes"], ["sweep"], ["plan"]] as const;
      for (const [task, ...options] of calls) {
        const { code, stderr } = await run(task, file, ...reports, ...options);
        assertStringIncludes(
          stderr,
          `Cannot keep a copy of ${path}: its name cannot be used in a report`,
        );
        assertEquals(code, 2);
        assertEquals(stderr.includes("is a program"), false, stderr);
      }
      assertEquals(await Deno.lstat(workspace.path("out")).catch(() => undefined), undefined);
      assertEquals(await Deno.readTextFile(workspace.path("started")).catch(() => ""), "");
    }),
});

Deno.test("sweep-program: a run's log has all that the program wrote, and goes with the run", async () => {
  await Workspace.use(async (workspace) => {
    const { run } = tasksIn(workspace);
    const reports = ["--reports", workspace.path("out"), "--yes"];
    const logs = workspace.path("out", "points", "logs");
    const namesIn = () => [...Deno.readDirSync(logs)].map(({ name }) => name).sort();
    const file = await experimentIn(workspace);
    assertEquals((await run("sweep-program", file, ...reports)).code, 0);
    const names = namesIn();
    assertEquals(names.length, 6);
    const { "runs.csv": runs } = await readCsvFiles(workspace.path("out", "points"));
    for (const name of names) {
      const key = name.slice(0, -".log".length);
      assertEquals(runs.split("\n").filter((line) => line.startsWith(key)).length, 1);
      const text = await Deno.readTextFile(join(logs, name));
      assertEquals(text.match(/a warning of seed [123]\n/g)?.length, 1, text);
      assertEquals(text.match(/"validation_loss"/g)?.length, 2, text);
    }
    // Logs are no result: the folder verifies with and without them.
    await Deno.writeTextFile(join(logs, names[0]), "something else");

    const fewer = await experimentIn(workspace, "", { text: "grid: { shift: [1, 2] }\nseeds: 2" });
    assertEquals((await run("sweep-program", fewer, ...reports)).code, 0);
    const rest = namesIn();
    assertEquals(rest.length, 4);
    assert(rest.every((name) => names.includes(name)));
  });
});

Deno.test("sweep-program: a run that fails is tried again, and says so; its failure names the log", async () => {
  await Workspace.use(async (workspace) => {
    const { run } = tasksIn(workspace);
    const reports = ["--reports", workspace.path("out"), "--yes"];
    const does = "if mkdir tried-$seed-$shift 2>&-; then echo not yet >&2; exit 3; fi";
    const retried = await run(
      "sweep-program",
      await experimentIn(workspace, does, { trainer: "retries: 1" }),
      ...reports,
    );
    assertEquals(retried.code, 0, retried.stderr);
    const again = retried.stderr.match(
      /shift=[12], seed [123]: exit code 3: not yet .*; trying once more\n/g,
    );
    assertEquals(again?.length, 6, retried.stderr);

    const failed = await run(
      "sweep-program",
      await experimentIn(workspace, "echo 'no data' >&2; exit 4"),
      ...reports,
    );
    assertEquals(failed.code, 1);
    assertStringIncludes(failed.stderr, "6 runs failed:");
    const [, log] = /exit code 4: no data \(log: (\S+)\)/.exec(failed.stderr) ?? [];
    assertEquals(await Deno.readTextFile(log), "no data\n");
  });
});

Deno.test("sweep-program: a result of a program that is edited meanwhile is not kept", async () => {
  await Workspace.use(async (workspace) => {
    const { run } = tasksIn(workspace);
    const args = ["--reports", workspace.path("out"), "--yes"];
    const file = await experimentIn(workspace, 'if test -e edit; then echo "#" >> own.sh; fi');
    await workspace.write("edit", "");
    const edited = await run("sweep-program", file, ...args);
    assertEquals(edited.code, 1);
    assertStringIncludes(edited.stderr, "own.sh: it has changed since the sweep began");
    assertEquals(await countRecords(workspace.path("out")), 0);
    // With the file as it was, none of the other's results is there to be taken for its own.
    await Deno.remove(workspace.path("edit"));
    await workspace.write("own.sh", PROGRAM);
    const { stdout } = await run("sweep-program", file, ...args);
    assertStringIncludes(stdout, "6 trained, 0 reused");
  });
});

Deno.test("a program may measure less than the trainer beside it", async () => {
  await Workspace.use(async (workspace) => {
    const { run } = tasksIn(workspace);
    const line = '{"step": 0, "measures": {"validation_accuracy": 0.9, "test_accuracy": 0.8}}';
    await workspace.write("less.sh", `echo '${line}'\n`);
    const file = await workspace.write(
      "beside.yaml",
      `name: beside
dataset: { path: points.csv, target: class, split: { train: 0.6, validation: 0.2, test: 0.2 } }
grid:
  - trainer: { command: [sh, less.sh] }
  - { trainer: mlp, hidden: [[4]], steps: 20 }
seeds: 2
baseline: { trainer: mlp }
`,
    );
    const folder = workspace.path("out", "beside");
    const args = ["--reports", workspace.path("out"), "--yes"];
    const swept = await run("sweep-program", file, ...args);
    assertEquals(swept.code, 0, swept.stderr);
    const test = await Deno.readTextFile(join(folder, "test.csv"));
    assertEquals(test.match(/,completed,,0\.8\n/g)?.length, 2, test);
    const verified = await run("verify-program", folder, "--yes");
    assertEquals(verified.code, 0, verified.stdout + verified.stderr);
    assertEquals((await run("report", folder)).code, 0);
    // Each part is named, although the loss that usually comes first is missing.
    const trained = await run("train-program", file, "--only", "trainer=less");
    assertStringIncludes(trained.stdout, "    step  validation accuracy  test_accuracy\n");
  });
});

Deno.test("train-program: prints a run's curve and the program's messages", async () => {
  await Workspace.use(async (workspace) => {
    const { run } = tasksIn(workspace);
    const file = await experimentIn(workspace, `echo '{"message": "reading"}'`);
    const { code, stdout, stderr } = await run("train-program", file, "--seed", "2", "--yes");
    assertEquals(code, 0, stderr);
    assert(stderr.endsWith("reading\n"), stderr);
    assertStringIncludes(stdout, "points, shift=1, seed 2\n");
    const json = await run("train-program", file, "--seed", "2", "--json");
    assertEquals([json.code, json.stderr], [0, "reading\n"]);
    assertEquals(
      JSON.parse(json.stdout).evaluations.map(({ step }: { step: number }) => step),
      [0, 5],
    );
    const failing = await experimentIn(workspace, "echo oh no >&2; exit 1");
    const failed = await run("train-program", failing, "--yes");
    assertEquals([failed.code, failed.stdout.includes("digest")], [1, false]);
    assert(failed.stderr.endsWith("exit code 1: oh no\n"), failed.stderr);
  });
});

Deno.test("train-program: a run has diverged if its metric is not finite, whatever else is not", async () => {
  await Workspace.use(async (workspace) => {
    const { run } = tasksIn(workspace);
    await workspace.write(
      "own.sh",
      `echo '{"step": 0, "measures": {"score": 1, "ratio": NaN}}'\n`,
    );
    for (const [metric, status] of [["score", "completed"], ["ratio", "diverged"]]) {
      const file = await workspace.write(
        "scores.yaml",
        `name: scores
trainer: { command: [sh, own.sh], hyperparameters: { a: { type: number } } }
metric: { key: ${metric}, better: larger }
grid: { a: [1, 2] }
seeds: 2
`,
      );
      const { code, stdout, stderr } = await run("train-program", file, "--yes");
      assertEquals(code, 0, stderr);
      assertStringIncludes(stdout, `\n${status} in `);
    }
  });
});

Deno.test("plan: starts no program, and estimates its time from the first runs", async () => {
  await Workspace.use(async (workspace) => {
    const { run } = tasksIn(workspace);
    const reports = ["--reports", workspace.path("out")];
    const file = await experimentIn(workspace, "echo x >> started");
    const started = () => Deno.readTextFile(workspace.path("started")).catch(() => "");
    const before = await run("plan", file, ...reports);
    assertEquals([before.code, before.stderr], [0, ""]);
    assertStringIncludes(before.stdout, "time     not known before a run of own has ended\n");
    assertEquals(await started(), "");
    const swept = await run("sweep-program", file, ...reports, "--seeds", "1", "--yes");
    assertEquals(swept.code, 0, swept.stderr);
    const after = await run("plan", file, ...reports);
    assertStringIncludes(after.stdout, "by the time that the known runs took");
    assertStringIncludes(after.stdout, "6: 2 known, 4 to train");
    for (const name of ["report", "compare"]) {
      const folder = workspace.path("out", "points");
      assertEquals((await run(name, folder, ...name === "compare" ? [folder] : [])).code, 0);
    }
    assertEquals(await started(), "x\nx\n");
  });
});

Deno.test("sweep-program: nothing is left running, whichever way it ends", async (test) => {
  for (const [what, kill] of Object.entries(WAYS_TO_END)) {
    await test.step(what, () =>
      Workspace.use(async (workspace) => {
        const { start } = tasksIn(workspace);
        const file = await experimentIn(workspace, HANGS);
        const options = ["--reports", workspace.path("out"), "--workers", "2", "--yes"];
        const task = start("sweep-program", file, ...options);
        // Two programs, each with another one.
        const pids = await pidsIn(workspace, 4);
        await kill(task);
        const { code, stderr } = await finish(task);
        assert(code !== 0, stderr);
        await assertEnded(pids);
        assertEquals(await countRecords(workspace.path("out")), 0);
      }));
  }
});

const WAYS_TO_END: Readonly<Record<string, (task: Deno.ChildProcess) => void | Promise<void>>> = {
  "Ctrl-C": (task) => task.kill("SIGINT"),
  "SIGTERM": (task) => task.kill("SIGTERM"),
  "a second Ctrl-C, which does not wait": async (task) => {
    task.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 400));
    // It may have ended already.
    try {
      task.kill("SIGINT");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  },
  "killed": (task) => task.kill("SIGKILL"),
};

Deno.test("sweep-program: on a terminal, it shows the program and asks", async (test) => {
  await Workspace.use(async (workspace) => {
    const file = await experimentIn(workspace);
    const words = [file, "--reports", workspace.path("out")];
    const answered = async (answer: string) => {
      return await onTerminal(taskCommand("sweep-program", words), answer, {
        XDG_STATE_HOME: workspace.path("state"),
      });
    };
    const refused = await answered("n");
    await test.step({
      name: refused === undefined ? "skipped: there is no script command" : "as script records it",
      ignore: refused === undefined && !IS_CI,
      fn: async () => {
        assertStringIncludes(refused ?? "", "  command  sh own.sh\r\n");
        assertStringIncludes(refused ?? "", "Start it? [y/N] ");
        assertStringIncludes(refused ?? "", "Cannot go on without own, which was not approved");
        assertEquals(await countRecords(workspace.path("out")), 0);
        assertStringIncludes(await answered("yes") ?? "", "points: 6 runs, 6 trained");
        // It is remembered.
        const { run } = tasksIn(workspace);
        const again = await run("sweep-program", ...words);
        assertEquals([again.code, again.stderr], [0, ""]);
      },
    });
  });
});

/** What a command shows on a terminal on which an answer is typed; nothing if there is no way to. */
async function onTerminal(
  words: readonly string[],
  answer: string,
  env: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const command = words.map((word) => `'${word}'`).join(" ");
  try {
    const child = new Deno.Command("script", {
      args: ["--quiet", "--command", command, "/dev/null"],
      cwd: PROJECT,
      env: { NO_COLOR: "1", TERM: "xterm", ...env },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(`${answer}\n`));
    const { stdout }: Pick<Deno.CommandOutput, "stdout"> = await child.output();
    await writer.close();
    return new TextDecoder().decode(stdout);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}
