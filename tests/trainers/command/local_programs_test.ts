import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalPrograms, type LocalStart } from "../../../src/trainers/command/local_programs.ts";
import type { ProgramEnd } from "../../../src/trainers/command/program_runner.ts";
import { sha256 } from "../../../src/sha256.ts";
import type { ProgramCode } from "../../../src/trainers/own_code.ts";
import { inFolder } from "../../_in_folder.ts";
import { isRunning } from "../../_is_running.ts";
import { until } from "../../_until.ts";

const EVALUATION = '{"step": 0, "measures": {"score": 1}}';
const PRINTS = `echo '${EVALUATION}'`;

/** What `run()` takes besides the command. */
interface Run extends Partial<ProgramCode> {
  readonly input?: string;
  readonly local?: LocalStart;
  readonly messages?: string[];
}

/** Runs a shell script as a program in a folder. */
async function run(
  script: string,
  { input = "{}\n", local, messages, ...code }: Run = {},
): Promise<ProgramEnd> {
  await using programs = new LocalPrograms([{
    ...{ kind: "program", name: "p", version: "", tasks: [], hyperparameters: [] },
    ...{ command: ["sh", "-c", script], folder: Deno.cwd(), files: [], env: {} },
    ...{ retries: 0, deterministic: true },
    ...code,
  }]);
  return await programs.run({ trainer: "p", input }, {
    onMessage: (text) => messages?.push(text),
  }, local);
}

async function reasonOf(script: string, options?: Run): Promise<string> {
  const end = await run(script, options);
  assert(end.kind === "failed");
  return end.reason;
}

/** The path of a program that a test starts. */
function fixture(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
}

/** The processes whose numbers a program has written into a file, line by line. */
async function pidsIn(file: string, count: number): Promise<number[]> {
  let pids: number[] = [];
  await until(async () => {
    const text = await Deno.readTextFile(file).catch(() => "");
    pids = text.split("\n").slice(0, -1).map(Number);
    return pids.length >= count;
  }, `${count} processes in ${file}`);
  return pids;
}

async function assertAllEnd(pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    assert(pid > 1);
    await until(async () => !await isRunning(pid), `process ${pid} has ended`);
  }
}

Deno.test("LocalPrograms gives a program its input, and takes what it prints", async () => {
  const messages: string[] = [];
  const end = await run(
    `read -r line; echo "{\\"message\\": \\"got $(printf %s "$line" | wc -c)\\"}"; ${PRINTS}`,
    { input: `{"protocol": 1}\n`, messages },
  );
  assert(end.kind === "completed");
  assertEquals(end.evaluations, [{ step: 0, measures: { score: 1 } }]);
  assertEquals(end.parameters, []);
  assertEquals(messages.map((text) => text.replaceAll(/ +/g, " ")), ["got 15"]);
});

Deno.test("LocalPrograms starts a program in its folder with few variables", async () => {
  await inFolder(async (folder) => {
    const script = `env > env.txt; pwd > pwd.txt; echo x > "$TMPDIR/left"; ${PRINTS}`;
    await Deno.writeTextFile(join(folder, "own.sh"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", fixture("run_own_program.ts"), folder],
      env: { REGSWEEP_TEST_SECRET: "hush" },
      stdout: "null",
      stderr: "inherit",
    }).output();
    assert(success);
    assertEquals(await Deno.readTextFile(join(folder, "pwd.txt")), `${folder}\n`);
    const lines = (await Deno.readTextFile(join(folder, "env.txt"))).split("\n");
    const seen = new Map(lines.map((line) => {
      const [name, ...value] = line.split("=");
      return [name, value.join("=")];
    }));
    assertEquals(seen.get("OMP_NUM_THREADS"), "4");
    assertEquals(seen.get("MKL_NUM_THREADS"), "1");
    assertEquals(seen.get("MINE"), "a b");
    assertEquals(seen.get("PATH"), Deno.env.get("PATH"));
    assert(!seen.has("REGSWEEP_TEST_SECRET"));
    // The folder for its temporary files is its own, and does not outlive it.
    assert(seen.get("TMPDIR")?.includes("regsweep-"));
    const scratch = await Deno.stat(seen.get("TMPDIR") ?? "").catch((error) => error);
    assert(scratch instanceof Deno.errors.NotFound);
  });
});

Deno.test("LocalPrograms says in words why a run failed", async () => {
  const cases: Record<string, string> = {
    "exit 0": 'it printed no line with "step" and "measures"',
    "exit 3": "exit code 3",
    "echo; echo one >&2; echo two >&2; exit 1":
      "line 1 of its output is not a JSON object: it is empty",
    "for n in 1 2 3 4 5 6 7; do echo $n >&2; echo >&2; done; exit 1": "exit code 1: 3\n4\n5\n6\n7",
    "kill -9 $$": "ended by SIGKILL",
    "kill -SEGV $$": "ended by SIGSEGV",
    [`${PRINTS}; exit 1`]: "exit code 1",
    [`${PRINTS}; echo done`]: "line 2 of its output is not a JSON object: done",
    [`${PRINTS}; exec >&-; exit 4`]: "exit code 4",
    'printf \'{"message": "\\377"}\\n\'':
      'line 1 of its output is not UTF-8: {"message": "\ufffd"}',
    "head -c 2097152 /dev/zero | tr '\\0' x": "line 1 of its output is longer than 1 MiB",
    [`${PRINTS}; echo '{"parameters": "/none/weights"}'`]:
      "cannot read its parameters /none/weights: no such file or directory",
    [`${PRINTS}; echo '{"parameters": "a\\u0000"}'`]:
      "cannot read its parameters a\0: its name has a NUL byte",
    [`${PRINTS}; echo '{"parameters": "deno.json"}'`]:
      "cannot read its parameters deno.json: it is no safetensors file",
  };
  for (const [script, reason] of Object.entries(cases)) {
    assertEquals(await reasonOf(script), reason, script);
  }
  assertEquals(
    await reasonOf("", { command: ["regsweep-none"] }),
    "cannot start regsweep-none: it is not in PATH",
  );
  assertEquals(
    await reasonOf("", { command: ["./none.sh"] }),
    "cannot start ./none.sh: no such file or directory",
  );
  assertEquals(
    await reasonOf("", { command: ["./deno.json"] }),
    "cannot start ./deno.json: permission denied",
  );
});

Deno.test("LocalPrograms tells a script whose first line is wrong from one that is not there", async () => {
  await inFolder(async (folder) => {
    const text = `#!/bin/sh\r\n${PRINTS}\r\n`;
    await Deno.writeTextFile(join(folder, "own.sh"), text, { mode: 0o755 });
    assertEquals(
      await reasonOf("", { command: ["./own.sh"], folder }),
      "cannot start ./own.sh: the file is there, but not the program that its first line names " +
        "(a line that ends as on Windows names another one)",
    );
  });
});

Deno.test("LocalPrograms accepts a program that closes its output early, or reads nothing", async () => {
  const input = `{"rows": "${"x".repeat(5_000_000)}"}\n`;
  for (const script of [`${PRINTS}; exec >&- 2>&-; sleep 0.2`, PRINTS, `exec <&-; ${PRINTS}`]) {
    assertEquals((await run(script, { input })).kind, "completed", script);
  }
  // One that reads late gets all of it.
  assertEquals(
    (await run(`sleep 0.2; test $(wc -c) = 5000013 && ${PRINTS}`, { input })).kind,
    "completed",
  );
});

Deno.test("LocalPrograms bounds what a program writes to 100 MiB, on both streams", async () => {
  for (const stream of ["1", "2"]) {
    const lines = `{"message": "${"x".repeat(1000)}"}`;
    const reason = await reasonOf(`yes '${lines}' >&${stream}`);
    assertEquals(reason, "it wrote more than 100 MiB");
  }
});

Deno.test("LocalPrograms ends a program that takes too long, with all that it has started", async () => {
  await inFolder(async (folder) => {
    // It ignores SIGTERM, and so do its children and their children.
    const script = `trap '' TERM; echo $$ >> pids
      (trap '' TERM; sh -c 'trap "" TERM; echo $$ >> pids; sleep 1000') &
      ${PRINTS}; while :; do sleep 1; done`;
    const reason = await reasonOf(script, { folder, timeoutSeconds: 5 });
    assertEquals(reason, "no result after 5 s: stopped; a longer timeout allows more");
    await assertAllEnd(await pidsIn(join(folder, "pids"), 2));
  });
});

Deno.test("LocalPrograms leaves nothing running that a program has started", async () => {
  await inFolder(async (folder) => {
    // It holds the output open, too.
    const script = `sh -c 'trap "" TERM; echo $$ >> pids; sleep 1000' &
      while [ ! -s pids ]; do sleep 0.01; done; ${PRINTS}`;
    assertEquals((await run(script, { folder })).kind, "completed");
    await assertAllEnd(await pidsIn(join(folder, "pids"), 1));
  });
});

Deno.test("LocalPrograms lets programs end by themselves when it is told to stop", async () => {
  await inFolder(async (folder) => {
    const stop = new AbortController();
    const script = `trap 'echo ended > ended; exit 1' TERM; echo $$ >> pids
      while :; do sleep 0.05; done`;
    const running = reasonOf(script, { folder, local: { signal: stop.signal } });
    const pids = await pidsIn(join(folder, "pids"), 1);
    stop.abort();
    assertEquals(await running, "stopped");
    assertEquals(await Deno.readTextFile(join(folder, "ended")), "ended\n");
    await assertAllEnd(pids);
    assertEquals(await reasonOf(script, { folder, local: { signal: stop.signal } }), "stopped");
  });
});

Deno.test("LocalPrograms ends all runs when it is closed", async () => {
  await inFolder(async (folder) => {
    const programs = new LocalPrograms([{
      ...{ kind: "program", name: "p", version: "", tasks: [], hyperparameters: [] },
      ...{ command: ["sh", "-c", "echo $$ >> pids; sleep 1000"], folder, files: [], env: {} },
      ...{ retries: 0, deterministic: true },
    }]);
    const runs = [1, 2].map(() => programs.run({ trainer: "p", input: "" }));
    const pids = await pidsIn(join(folder, "pids"), 2);
    await programs[Symbol.asyncDispose]();
    await assertAllEnd(pids);
    for (const end of await Promise.all(runs)) assertEquals(end.kind, "failed");
  });
});

Deno.test("programs do not outlive a process that is killed", async () => {
  await inFolder(async (folder) => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", fixture("hold_program.ts"), folder],
      stdout: "null",
      stderr: "inherit",
    }).spawn();
    const pids = await pidsIn(join(folder, "pids"), 2);
    for (const pid of pids) assert(await isRunning(pid));
    child.kill("SIGKILL");
    await child.status;
    await assertAllEnd(pids);
  });
});

Deno.test("LocalPrograms keeps everything that a run writes in a log", async () => {
  await inFolder(async (folder) => {
    const log = join(folder, "a.log");
    await Deno.writeTextFile(join(folder, "other"), "kept");
    await Deno.symlink("other", log);
    assertEquals(
      await reasonOf(`echo warning >&2; ${PRINTS}; exit 1`, { local: { log } }),
      `exit code 1: warning (log: ${log})`,
    );
    const text = await Deno.readTextFile(log);
    assertStringIncludes(text, "warning\n");
    assertStringIncludes(text, `${EVALUATION}\n`);
    assertEquals(await Deno.readTextFile(join(folder, "other")), "kept");
    // Nobody needs to read an empty one.
    assertEquals(
      await reasonOf("exit 3", { local: { log: join(folder, "b.log") } }),
      "exit code 3",
    );
    const missing = { log: join(folder, "none/a.log") };
    assertEquals(await reasonOf(PRINTS, { local: missing }), "no such file or directory");
  });
});

Deno.test("LocalPrograms takes no result of a program whose files have changed", async () => {
  await inFolder(async (folder) => {
    const own = join(folder, "own.sh");
    const text = `read -r script; eval "$script"; ${PRINTS}\n`;
    await Deno.writeTextFile(own, text);
    const code: ProgramCode = {
      ...{ kind: "program", name: "p", version: "", tasks: [], hyperparameters: [] },
      ...{ command: ["sh", "own.sh"], folder, env: {}, retries: 0, deterministic: true },
      files: [{ path: "own.sh", checksum: await sha256(new TextEncoder().encode(text)) }],
    };
    await using programs = new LocalPrograms([code]);
    const reasonOf = async (script: string) => {
      const end = await programs.run({ trainer: "p", input: `${script}\n` });
      return end.kind === "failed" ? end.reason : undefined;
    };
    assertEquals(await reasonOf("echo x >> started"), undefined);
    const changed = "own.sh has changed since regsweep read it";
    // While it runs, and before it starts.
    assertEquals(await reasonOf("echo '# another' >> own.sh; echo x >> started"), changed);
    assertEquals(await reasonOf("echo x >> started"), changed);
    assertEquals(await Deno.readTextFile(join(folder, "started")), "x\nx\n");
    await Deno.writeTextFile(own, text);
    assertEquals(await reasonOf(""), undefined);
    await Deno.remove(own);
    assertEquals(await reasonOf(""), "cannot read own.sh any more: no such file or directory");
  });
});

Deno.test("LocalPrograms reads the parameters that a program names", async () => {
  await inFolder(async (folder) => {
    const header = '{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const bytes = new Uint8Array(8 + header.length + 8);
    bytes[0] = header.length;
    bytes.set(new TextEncoder().encode(header), 8);
    new DataView(bytes.buffer).setFloat32(8 + header.length, 1.5, true);
    await Deno.writeFile(join(folder, "weights"), bytes);
    const script = `cp weights "$TMPDIR/w"; ${PRINTS}; echo "{\\"parameters\\": \\"$TMPDIR/w\\"}"`;
    const end = await run(script, { folder });
    assert(end.kind === "completed");
    assertEquals(end.parameters, [{ name: "w", shape: [2], values: Float32Array.of(1.5, 0) }]);
  });
});
