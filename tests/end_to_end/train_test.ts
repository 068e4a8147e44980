import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { readSafetensors } from "./_read_safetensors.ts";
import { runHere } from "./_run_here.ts";
import { PROJECT, runTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const EXPERIMENT = `
fixed: { hidden: [6, 5], steps: 25, evaluate_every: 10, activation: [relu, tanh] }
grid: { dropout: [0, 0.2], l2_penalty: [0.01, 0] }
seeds: [7, 8]
`;

Deno.test("train: prints a line per evaluation", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const { code, stdout, stderr } = await runTask("train", file);
    assertEquals([code, stderr], [0, ""]);
    const lines = stdout.split("\n");
    assertEquals(lines[0], "points, dropout=0 l2_penalty=0.01, seed 7");
    const steps = lines.slice(2, 6).map((line) => Number(line.trim().split(/ +/)[0]));
    assertEquals(steps, [0, 10, 20, 25]);
    assertStringIncludes(lines[6], "completed after 25 steps in ");
    assert(/^digest [0-9a-f]{64}$/.test(lines[7]), lines[7]);
  }));

Deno.test("train: --json prints one document that agrees with a sweep", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const args = [file, "--json", "--seed", "8", "--set", "dropout=0.2"];
    const { code, stdout } = await runHere("train", ...args);
    assertEquals(code, 0);
    const run = JSON.parse(stdout);
    assertEquals(Object.keys(run), [
      ...["schemaVersion", "command", "experiment", "trainer", "cell", "seed", "config", "status"],
      ...["evaluations", "digest", "trainSeconds", "stepMilliseconds"],
    ]);
    assertEquals(
      [run.experiment, run.trainer, run.seed, run.config.dropout, run.config.l2_penalty],
      ["points", "mlp", 8, 0.2, 0.01],
    );
    const folder = await workspace.sweep(file, "out", "--set", "dropout=0.2");
    const rows = (await Deno.readTextFile(join(folder, "runs.csv"))).split("\n");
    const row = rows.find((line) => line.endsWith(run.digest)) ?? "";
    assertStringIncludes(row, "l2_penalty=0.01,1,8,0.01,completed,25,");
    assertStringIncludes(row, `,${run.evaluations.at(-1).validation_accuracy},`);
  }));

Deno.test("train: --save-weights has what it takes to reproduce the accuracies elsewhere", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.write(
      "digits.yaml",
      `name: digits
dataset: { path: ${JSON.stringify(join(PROJECT, "data/digits.csv"))}, target: digit }
fixed: { hidden: [12, 10], steps: 60, learning_rate: 0.2, activation: [relu, identity] }
seeds: 1
`,
    );
    const weights = workspace.path("weights.safetensors");
    const args = [file, "--json", "--save-weights", weights];
    const { code, stdout } = await runHere("train", ...args);
    assertEquals(code, 0);
    const last = JSON.parse(stdout).evaluations.at(-1);
    const { tensors, metadata } = readSafetensors(await Deno.readFile(weights));
    const csv = await Deno.readTextFile(join(PROJECT, "data/digits.csv"));
    const rows = csv.trim().split("\n").slice(1).map((line) => line.split(",").map(Number));
    const target = csv.split("\n", 1)[0].split(",").indexOf("digit");
    const [mean, deviation] = [JSON.parse(metadata.mean), JSON.parse(metadata.deviation)];

    const predict = (row: readonly number[]) => {
      const features = row.filter((_, column) => column !== target);
      let values = features.map((value, column) => (value - mean[column]) / deviation[column]);
      for (let layer = 0; layer < 3; layer++) {
        const { shape: [inputs, outputs], data } = tensors[`layer${layer}.weight`];
        const bias = tensors[`layer${layer}.bias`].data;
        assertEquals([inputs, bias.length], [values.length, outputs]);
        const sums = Array.from(
          bias,
          (sum, output) =>
            values.reduce(
              (total, value, input) => total + value * data[input * outputs + output],
              sum,
            ),
        );
        values = layer === 0 ? sums.map((sum) => Math.max(0, sum)) : sums;
      }
      return values.indexOf(Math.max(...values));
    };
    const accuracy = (numbers: Iterable<number>) => {
      const chosen = [...numbers].map((number) => rows[number]);
      return chosen.filter((row) => predict(row) === row[target]).length / chosen.length;
    };
    // Equal, not nearly: none of the rows is so close that float32 decides.
    assertEquals(accuracy(tensors["rows.train"].data), last.train_accuracy);
    assertEquals(accuracy(tensors["rows.validation"].data), last.validation_accuracy);
    const parts = ["train", "validation", "test"].flatMap((
      part,
    ) => [...tensors[`rows.${part}`].data]);
    assertEquals(parts.sort((a, b) => a - b), rows.map((_, number) => number));
  }));

Deno.test("train: weights that cannot be written are exit code 1", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const path = workspace.path("no", "such", "folder.safetensors");
    const { code, stderr } = await runHere("train", file, "--save-weights", path);
    assertEquals(code, 1);
    assertStringIncludes(stderr, `Cannot write ${path}: `);
  }));
