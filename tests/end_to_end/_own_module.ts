import type { Workspace } from "./_workspace.ts";

/**
 * A module in two files that uses all that modules get: named streams, exact functions, prepared
 * rows, every type of hyperparameter, and parameters of several shapes.
 */
const FILES: Readonly<Record<string, string>> = {
  "shrunken.ts": `
import { distance } from "./lib/distance.ts";

interface Sums { readonly means: Float64Array; readonly counts: Float64Array }

export default {
  name: "shrunken",
  tasks: ["classification"],
  hyperparameters: {
    shrinkage: {
      type: "number",
      minimum: 0,
      maximum: 1,
      default: 0,
      regularizer: true,
      label: "Shrinkage of means",
      help: "how far the mean of each class moves towards the mean of all",
    },
    rounds: { type: "integer", minimum: 1, default: 2 },
    scale: { type: "choice", choices: ["plain", "root"], default: "plain" },
    jitter: { type: "boolean", default: true },
  },
  *train({ config, data, random, math }) {
    const { train, features } = data;
    const classes = data.classes.length;
    const { means, counts }: Sums = {
      means: new Float64Array(classes * features),
      counts: new Float64Array(classes),
    };
    const draw = random("jitter");
    const predict = (x: Float64Array, rows: number) => {
      const scores = new Float64Array(rows * classes);
      for (let row = 0; row < rows; row++) {
        let sum = 0;
        for (let c = 0; c < classes; c++) {
          const far = distance(x, row * features, means, c * features, features);
          const score = math.exp(-(config.scale === "root" ? math.pow(far, 0.75) : far) / 2);
          scores[row * classes + c] = score;
          sum += score;
        }
        for (let c = 0; c < classes; c++) {
          scores[row * classes + c] = sum > 0 ? scores[row * classes + c] / sum : 1 / classes;
        }
      }
      return scores;
    };
    for (let step = 0; step < config.rounds; step++) {
      for (let row = step; row < train.rows; row += config.rounds) {
        counts[train.y[row]]++;
        for (let i = 0; i < features; i++) {
          const at = train.y[row] * features + i;
          means[at] += (train.x[row * features + i] - means[at]) / counts[train.y[row]];
        }
      }
      if (step === config.rounds - 1) break;
      yield { step, predict, measures: { largest: Math.max(...means) } };
    }
    for (let at = 0; at < means.length; at++) {
      means[at] *= 1 - config.shrinkage;
      if (config.jitter) means[at] += 0.01 * math.tanh(draw() - 0.5);
    }
    yield { step: config.rounds, predict, measures: { largest: Math.max(...means) } };
    return { parameters: { means: { shape: [classes, features], values: means }, counts } };
  },
};
`,
  "lib/distance.ts": `
/** The squared distance of two vectors of a length, each within an array. */
export function distance(
  a: Float64Array,
  atA: number,
  b: Float64Array,
  atB: number,
  length: number,
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const difference = a[atA + i] - b[atB + i];
    sum += difference * difference;
  }
  return sum;
}
`,
};

/** What an experiment of the module says beside its dataset: 16 runs. */
export const MODULE_EXPERIMENT = `trainer: ./shrunken.ts
grid:
  - { shrinkage: [0, 0.5], scale: [plain, root] }
  - { rounds: [3, 4] , jitter: [false, true] }
seeds: 2
baseline: { shrinkage: 0, scale: plain }
`;
export const MODULE_RUNS = 16;

/** Writes the module's files beside an experiment. */
export async function writeModule(workspace: Workspace): Promise<void> {
  await Deno.mkdir(workspace.path("lib"), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) await workspace.write(name, text);
}

/** Writes the module and an experiment with it; gives the experiment's file. */
export async function moduleExperiment(workspace: Workspace): Promise<string> {
  await writeModule(workspace);
  return await workspace.experiment(MODULE_EXPERIMENT);
}
