// A stand-in for Slurm's commands, whose tasks are over at once: `sbatch` writes the records of all
// chunks of its array before it answers, hence small arrays, and `squeue` has forgotten all of them.
import { dirname, join } from "node:path";
import { type PackedFile, Packs } from "../../src/store/_packs.ts";
import { encodeRecord } from "../../src/store/_record_file.ts";
import { RUN_SHAPE } from "../../src/store/_record_shapes.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { Submission } from "../../src/sweep/slurm/submission.ts";
import type { RunResult } from "../../src/trainers/run_result.ts";

const EVALUATIONS = 2;

/** A result as large as a small model's, by its seed. */
function resultOf(seed: number): RunResult {
  const value = (salt: number) => ((seed * 2654435761 + salt * 40503) % 1e6) / 1e6;
  const counts = Array.from({ length: 16 }, (_, bin) => Math.floor(100 * value(bin)));
  return {
    status: "completed",
    steps: 100,
    evaluations: Array.from({ length: EVALUATIONS }, (_, index) => ({
      step: 100 * index,
      measures: {
        "train_loss": value(1),
        "train_accuracy": value(2),
        "validation_loss": value(3),
        "validation_accuracy": value(4),
        penalty: value(5),
        sparsity: 0,
      },
    })),
    measures: { "weight_l1": value(6), "weight_l2": value(7) },
    bestStep: 100,
    best: { "best_validation_accuracy": value(4) },
    histograms: [{ minimum: -1, maximum: 1, counts }, { minimum: -1, maximum: 1, counts }],
    digest: "0".repeat(64),
    trainSeconds: 0.1,
  };
}

async function* filesOf(runs: readonly PlannedRun[]): AsyncGenerator<PackedFile> {
  for (const { key, identity, task } of runs) {
    yield { key, bytes: encodeRecord({ key, identity, result: resultOf(task.seed) }) };
  }
}

async function finishArray(argv: readonly string[]): Promise<void> {
  const started = performance.now();
  const [script, first] = argv.slice(-2);
  const last = Number(argv.join(" ").match(/--array=0-(\d+)/)?.[1]);
  const folder = dirname(script);
  const submission = await Submission.open(folder);
  if (!submission) throw new Error(`no submission in ${folder}`);
  const packs = new Packs(join(submission.manifest.store, "packs"), {
    shape: RUN_SHAPE,
    onProblem: (message) => {
      throw new Error(message);
    },
  });
  for (let chunk = Number(first); chunk <= Number(first) + last; chunk++) {
    await packs.write(filesOf(await submission.readChunk(chunk)));
  }
  // For the bench, which does not count what a cluster would do.
  const seconds = (performance.now() - started) / 1000;
  Deno.writeTextFileSync(join(folder, "fake_seconds"), `${seconds}\n`, { append: true });
}

const [program, ...argv] = Deno.args;
// deno-lint-ignore no-console -- what these commands answer
const answer = (text: string) => console.log(text);
if (program === "sbatch") {
  await finishArray(argv);
  answer(String(Deno.pid));
} else if (program === "scontrol") answer("MaxArraySize            = 101");
