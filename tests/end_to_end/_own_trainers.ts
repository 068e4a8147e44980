import type { Workspace } from "./_workspace.ts";

/** A module of two files, in folders of their own. */
export const MODULE_FILES: Readonly<Record<string, string>> = {
  "models/centroids.ts": `import { distances } from "./lib/distances.ts";

export default {
  name: "centroids",
  tasks: ["classification"],
  hyperparameters: {
    shrinkage: { type: "number", minimum: 0, default: 0, regularizer: true, label: "Shrinkage" },
  },
  *train({ config, data }) {
    const { features, classes, train } = data;
    const centroids = new Float64Array(classes.length * features);
    const counts = new Float64Array(classes.length);
    for (let row = 0; row < train.rows; row++) {
      counts[train.y[row]]++;
      for (let input = 0; input < features; input++) {
        centroids[train.y[row] * features + input] += train.x[row * features + input];
      }
    }
    centroids.forEach((sum, place) => {
      centroids[place] = sum / (counts[Math.floor(place / features)] + config.shrinkage);
    });
    yield { step: 0, predict: (x, rows) => distances(x, rows, centroids, features) };
    return { parameters: { centroids: { shape: [classes.length, features], values: centroids } } };
  },
};
`,
  "models/lib/distances.ts": `/** Closer centroids get more of the probability. */
export function distances(x, rows, centroids, features) {
  const classes = centroids.length / features;
  const scores = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let kind = 0; kind < classes; kind++) {
      let distance = 1;
      for (let input = 0; input < features; input++) {
        const gap = x[row * features + input] - centroids[kind * features + input];
        distance += gap * gap;
      }
      sum += scores[row * classes + kind] = 1 / distance;
    }
    for (let kind = 0; kind < classes; kind++) scores[row * classes + kind] /= sum;
  }
  return scores;
}
`,
};
/** What an experiment on the points says of it. */
export const MODULE_EXPERIMENT = `
trainer: ./models/centroids.ts
grid: { shrinkage: [0, 10] }
seeds: 2
`;
/** Writes the module's files. */
export async function writeModule(workspace: Workspace): Promise<void> {
  await Deno.mkdir(workspace.path("models", "lib"), { recursive: true });
  for (const [name, text] of Object.entries(MODULE_FILES)) await workspace.write(name, text);
}

/** The line of a program that ends with an accuracy. */
const lineWith = (accuracy: string) =>
  `echo "{\\"step\\": 0, \\"measures\\": {\\"train_loss\\": 1, \\"train_accuracy\\": 0.5, ` +
  `\\"validation_loss\\": 1, \\"validation_accuracy\\": ${accuracy}, ` +
  `\\"test_loss\\": 1, \\"test_accuracy\\": 0.5}}"\n`;

/** A program whose results follow from its config and seed, and one whose results do not. */
export const PROGRAMS = {
  exact: `input=$(cat)
c=$(echo "$input" | sed 's/.*"config":{"c":\\([0-9.]*\\).*/\\1/')
seed=$(echo "$input" | sed 's/.*"seed":\\([0-9]*\\).*/\\1/')
echo left > where-it-was-started.txt
${lineWith("0.$c$seed")}`,
  // A digit behind it: 0.12 and 0.120 are the same.
  noisy: lineWith("0.$$1"),
};

export type ProgramName = keyof typeof PROGRAMS;

/** What an experiment on the points says of a program, whose mapping has these other lines. */
export function programExperiment(name: ProgramName, lines = ""): string {
  return `
trainer:
  command: [sh, ${name}.sh]
  folder: models
  tasks: [classification]
  hyperparameters: { c: { type: integer, minimum: 1, default: 1 } }
${lines}
grid: { c: [2, 3] }
seeds: 2
`;
}

/** Writes a program's file. */
export async function writeProgram(workspace: Workspace, name: ProgramName): Promise<void> {
  await Deno.mkdir(workspace.path("models"), { recursive: true });
  await workspace.write(`models/${name}.sh`, PROGRAMS[name]);
}
