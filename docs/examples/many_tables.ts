// deno-lint-ignore-file no-console
// Which regularization suits which table? One experiment, on several tables.
//
//     deno run --allow-read --allow-write --allow-sys=cpus docs/examples/many_tables.ts
import { makeExperiment, sweepExperiment } from "@regsweep/regsweep";

const TABLES = [
  { path: "data/iris.data", target: "column_5" },
  { path: "data/penguins.csv", target: "species" },
];
const [reports = "reports", seeds = "3"] = Deno.args;

for (const dataset of TABLES) {
  const experiment = await makeExperiment({
    name: `one-of-many-${dataset.path.replace(/^data\/|\..*$/g, "")}`,
    dataset,
    fixed: { hidden: [16], steps: 200, learning_rate: 0.1 },
    grid: [{ l2_penalty: [0, 0.01] }, { dropout: [0.2] }],
    metric: "validation_balanced_accuracy",
  }, { seeds });
  const { answer } = await sweepExperiment(experiment, { reports });
  console.log(`${dataset.path}: ${answer?.advice}`);
  if (answer) console.log(`  ${answer.finding}`);
}
