import { assertEquals, assertStringIncludes } from "@std/assert";
import { readRuns } from "../../src/results/runs_csv.ts";
import { trainCommand } from "../../src/report/train_command.ts";
import { finish, startTask } from "./_task.ts";
import { readCsvFiles, Workspace } from "./_workspace.ts";

const EXPERIMENT = `name: points
dataset: { path: points.csv, target: class, split: { folds: 3 } }
fixed: { hidden: [8], steps: 20, evaluate_every: 10, batch_size: 16 }
grid: { l2_penalty: [0, 0.01], activation: [relu, tanh] }
seeds: 2
`;

/** The words of a command as a shell reads them, where quotes are around whole words. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}

Deno.test("trainCommand() trains a run of a sweep again, to the last bit, whatever its command line was", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.write("points.yaml", EXPERIMENT);
    const changes = ["--set", "steps=30", "--seeds", "3", "--only", "activation=tanh"];
    const folder = await workspace.sweep(file, "one", ...changes);
    const runs = readRuns((await readCsvFiles(folder))["runs.csv"]);
    assertEquals(runs.length, 18);
    for (const run of [runs[4], runs[17]]) {
      const command = trainCommand(run, "train");
      const [deno, task, name, ...words] = wordsOf(command);
      assertEquals([deno, task, name], ["deno", "task", "train"]);
      const { code, stdout } = await finish(startTask("train", words, { cwd: folder }));
      assertEquals(code, 0, command);
      assertStringIncludes(stdout, `\ndigest ${run.digest}\n`);
      const json = await finish(startTask("train", [...words, "--json"], { cwd: folder }));
      const { digest, evaluations } = JSON.parse(json.stdout);
      assertEquals(digest, run.digest);
      assertEquals(evaluations.at(-1).validation_accuracy, run.measures?.validation_accuracy);
    }
  }));
