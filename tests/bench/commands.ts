import type { Measurement } from "./measure.ts";

const PROJECT = new URL("../../", import.meta.url).pathname;
const ROUNDS = 5;
/** Longer than any command measured here may take. */
const LIMIT_MILLISECONDS = 300_000;

/** The real commands: how soon training starts, and what a sweep costs that knows all its runs. */
export async function measureCommands(): Promise<Measurement[]> {
  const reports = await Deno.makeTempDir({ prefix: "regsweep-bench-" });
  try {
    const sweep = ["sweep", "experiments/l1-vs-l2.yaml", "--set", "steps=2", "--reports", reports];
    await timeCommand(sweep);
    let first = Infinity;
    let known = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      first = Math.min(first, await timeToFirstLine(["train", "experiments/quick.yaml"]));
      known = Math.min(known, await timeCommand(sweep));
    }
    return [
      {
        name: "from start to the first step of training",
        value: first,
        unit: "s",
        target: { kind: "at most", value: 0.2 },
        note: "to the first line of deno task train",
      },
      {
        name: "a sweep of 90 known runs, report included",
        value: known,
        unit: "s",
        target: { kind: "at most", value: 0.7 },
      },
    ];
  } finally {
    await Deno.remove(reports, { recursive: true });
  }
}

function spawn(args: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd: PROJECT,
    stdout: "piped",
    stderr: "null",
    signal: AbortSignal.timeout(LIMIT_MILLISECONDS),
  }).spawn();
}

async function timeCommand(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const { success } = await spawn(args).output();
  if (!success) throw new Error(`deno task ${args.join(" ")} failed`);
  return (performance.now() - started) / 1000;
}

async function timeToFirstLine(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(args);
  const reader = child.stdout.getReader();
  await reader.read();
  const seconds = (performance.now() - started) / 1000;
  while (!(await reader.read()).done);
  await child.status;
  return seconds;
}
