// deno-lint-ignore-file no-console -- a program for the terminal
// deno run -A --v8-flags=--max-old-space-size=4096 tests/bench/slurm_scale.ts [RUNS] [CHUNKS]
import { join } from "node:path";
import process from "node:process";
import type { Experiment } from "../../src/experiment/experiment.ts";
import { resultColumns } from "../../src/results/result_columns.ts";
import { RunSummaries } from "../../src/results/run_summaries.ts";
import { Store } from "../../src/store/store.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { RunTables } from "../../src/sweep/run_tables.ts";
import { pace } from "../../src/sweep/slurm/pace.ts";
import { SlurmLauncher } from "../../src/sweep/slurm/slurm_launcher.ts";
import { slurmOptions } from "../../src/sweep/slurm/slurm_options.ts";
import { taskScript } from "../../src/sweep/slurm/task_script.ts";
import { trainRuns } from "../../src/sweep/train_runs.ts";
import { parseOnDataset } from "../_on_dataset.ts";
import { DIGITS_TASK, loadDigits } from "./digits.ts";

const SEEDS = 10;
const [runs = 10_000, chunks = 2000] = Deno.args.map(Number);

/** An experiment of so many runs. */
function experimentOf(runCount: number): Experiment {
  const text = `name: scale\ndataset: { path: digits.csv, target: digit }\n` +
    `grid: { l1_penalty: { linear: [0, 1], count: ${runCount / SEEDS} } }\nseeds: ${SEEDS}\n`;
  const experiment = parseOnDataset(text, "scale.yaml");
  return { ...experiment, dataset: { ...experiment.dataset, ...DIGITS_TASK } };
}

/** Resident memory now and at most, in MiB. */
function memory(): string {
  const status = Deno.readTextFileSync("/proc/self/status");
  const [now, most] = ["VmRSS", "VmHWM"].map((name) =>
    Math.round(Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))?.[1]) / 1024)
  );
  return `${now} MiB, at most ${most} MiB`;
}

async function phase<T>(
  name: string,
  work: () => T | Promise<T>,
  notCounted = () => 0,
): Promise<T> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const seconds = (performance.now() - started) / 1000 - notCounted();
  const { user, system } = process.cpuUsage(before);
  const times = [seconds, (user + system) / 1e6].map((time) => `${time.toFixed(2).padStart(8)} s`);
  console.log(`${name.padEnd(38)} ${times.join(" (processor ")})   ${memory()}`);
  return result;
}

const folder = await Deno.makeTempDir({ prefix: "regsweep-scale-" });
try {
  const bin = join(folder, "bin");
  await Deno.mkdir(bin);
  const fake = new URL("./fake_slurm.ts", import.meta.url).pathname;
  for (const program of ["sbatch", "squeue", "scancel", "scontrol"]) {
    const command = program === "squeue" || program === "scancel"
      ? "exit 0"
      : `exec '${Deno.execPath()}' run --quiet --no-check -A '${fake}' ${program} "$@"`;
    await Deno.writeTextFile(join(bin, program), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  }
  Deno.env.set("PATH", `${bin}:${Deno.env.get("PATH")}`);

  console.log(`${runs} runs in ${chunks} chunks`);
  const { dataset } = await loadDigits();
  const experiment = experimentOf(runs);
  const plan = await phase("planning", () => planRuns(experiment, dataset));
  const store = await Store.open(join(folder, "store"), { onProblem: console.error });
  const launcher = new SlurmLauncher({
    store,
    folder: join(folder, "slurm"),
    manifest: {
      format: 1,
      experiment: "scale",
      jobName: "regsweep-scale",
      dataset: { path: "digits.csv", options: { target: "digit" }, checksum: dataset.checksum },
      store: join(folder, "store"),
      workers: 1,
    },
    script: (submission) => taskScript({ deno: Deno.execPath(), project: folder, submission }),
    slurm: slurmOptions({ chunk: Math.ceil(runs / chunks) }, {}),
    measureRate: () => Promise.resolve(1),
    detach: false,
    user: Deno.uid(),
    onMessage: console.log,
    pace: pace(0.05),
  });
  const fakeSeconds = () => {
    const [submission] = [...Deno.readDirSync(join(folder, "slurm"))];
    const text = Deno.readTextFileSync(join(folder, "slurm", submission.name, "fake_seconds"));
    return text.trim().split("\n").reduce((sum, line) => sum + Number(line), 0);
  };
  const outcomes = await phase("chunks, submission, listing, reading", () =>
    trainRuns(plan.runs, {
      store,
      launcher,
      summaries: new RunSummaries(),
      failFast: false,
      leavesToOthers: true,
      signal: new AbortController().signal,
      onProblem: console.error,
      onEvent: () => {},
    }), fakeSeconds);
  if (outcomes.length !== runs) throw new Error(`${outcomes.length} outcomes`);
  const nothing = { has: () => false };
  await phase("one more listing", () => store.keys(nothing));
  const files = await phase("runs.csv, curves.csv, histograms.csv", async () => {
    using tables = await RunTables.write(experiment, outcomes, {
      columns: resultColumns(experiment),
      folder,
      resultsOf: async (keys) => (await store.getMany(keys)).map((record) => record?.result),
    });
    tables.name();
    return Object.keys(tables.checksums);
  });
  for (const name of files) {
    const { size } = await Deno.stat(join(folder, name));
    console.log(`${name.padEnd(38)} ${(size / 2 ** 20).toFixed(0).padStart(8)} MiB`);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
