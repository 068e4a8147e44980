import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { predictTable } from "../../src/predict/predict_table.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { inFolder } from "../_in_folder.ts";
import { MIXED, MIXED_HEADER, MIXED_ROWS, textOf, trainModel } from "./_trained_model.ts";

/** The nearer a row is to the mean of a class's rows, the more likely is the class. */
const CENTRES = `
const shares = ({ data: { features, classes }, config, parameters: { centres } }, x, rows) => {
  const scores = new Float64Array(rows * classes.length);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let c = 0; c < classes.length; c++) {
      let distance = config.softness;
      for (let f = 0; f < features; f++) {
        distance += (x[row * features + f] - centres[c * features + f]) ** 2;
      }
      sum += scores[row * classes.length + c] = 1 / distance;
    }
    for (let c = 0; c < classes.length; c++) scores[row * classes.length + c] /= sum;
  }
  return scores;
};
export default {
  name: "centres",
  tasks: ["classification"],
  hyperparameters: { softness: { type: "number", default: 1 } },
  *train({ data, config }) {
    const { train: { x, y, rows }, features, classes } = data;
    const centres = new Float64Array(classes.length * features);
    for (let c = 0; c < classes.length; c++) {
      const own = [...y.keys()].filter((row) => y[row] === c);
      for (let f = 0; f < features; f++) {
        centres[c * features + f] = own.reduce((sum, row) => sum + x[row * features + f], 0) / own.length;
      }
    }
    const parameters = { centres };
    yield { step: 0, predict: (x, rows) => shares({ data, config, parameters }, x, rows) };
    return { parameters };
  },
  predict: (model, x, rows) => shares(model, x, rows),
};
`;

const MIDDLE = `
export default {
  name: "middle",
  tasks: ["regression"],
  *train({ data: { train: { y, rows } } }) {
    const mean = y.reduce((sum, value) => sum + value, 0) / rows;
    yield { step: 0, predict: (x, rows) => new Float64Array(rows).fill(mean) };
    return { parameters: { mean: Float64Array.of(mean) } };
  },
  predict({ parameters: { mean } }, x, rows) {
    if (rows === 1) throw new Error("one row is too few");
    return new Float64Array(rows).fill(mean[0]);
  },
};
`;

async function write(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await Deno.writeTextFile(path, text);
  return path;
}

async function problemOf(work: () => Promise<unknown>, folder: string): Promise<string> {
  const { problems } = await assertRejects(work, UserError);
  return formatProblems(problems).replaceAll(folder, "DIR");
}

Deno.test("predictTable() predicts with a module's predict(), as its run did, to the bit", () =>
  inFolder(async (folder) => {
    const module = await write(folder, "centres.ts", CENTRES);
    const trained = await trainModel(folder, { ...MIXED, module, config: { softness: 0.5 } });
    const { path, rows: { validation: numbers }, validation } = trained;
    const lines = [MIXED_HEADER, ...[...numbers].map((row) => MIXED_ROWS[row])];
    const table = await write(folder, "new.csv", textOf(lines));
    const { score, rows } = await predictTable(path, table, { module });
    assertEquals({ ...score?.measures }, validation);
    const right = rows.filter(({ actual, predicted }) => actual === predicted).length;
    assertEquals(right / rows.length, validation.accuracy);
  }));

Deno.test("predictTable() wants the very module that trained the model", () =>
  inFolder(async (folder) => {
    const module = await write(folder, "centres.ts", CENTRES);
    const { path } = await trainModel(folder, { ...MIXED, module });
    const table = await write(folder, "new.csv", textOf(MIXED.lines));
    const problem = (options?: { module: string }) =>
      problemOf(() => predictTable(path, table, options), folder);
    const prefix = "Cannot predict with DIR/a_seed-3.safetensors: ";
    assertEquals(
      await problem(),
      prefix + 'it is of trainer "centres", which regsweep does not come with ' +
        "(name its module with --trainer)",
    );
    const middle = await write(folder, "middle.ts", MIDDLE);
    assertEquals(
      await problem({ module: middle }),
      prefix + "it is of trainer centres, and DIR/middle.ts is middle",
    );
    await Deno.writeTextFile(module, CENTRES.replace("= 1 / distance", "= 2 / distance"));
    assertEquals(
      await problem({ module }),
      prefix + "DIR/centres.ts is not what trained it: it was changed since",
    );
    const silent = await write(
      folder,
      "silent.ts",
      CENTRES.replace(/^ {2}predict: .*$/m, ""),
    );
    const other = await trainModel(folder, { ...MIXED, module: silent });
    assertEquals(
      await problemOf(() => predictTable(other.path, table, { module: silent }), folder),
      prefix + "DIR/silent.ts has no predict()",
    );
  }));

Deno.test("predictTable() says what a module throws", () =>
  inFolder(async (folder) => {
    const module = await write(folder, "middle.ts", MIDDLE);
    const lines = [
      "x,y",
      ...Array.from({ length: 40 }, (_, row) => `${row % 7},${row * row + 0.5}`),
    ];
    const given = { lines, options: { target: "y", task: "regression" }, module } as const;
    const { path } = await trainModel(folder, given);
    const two = await write(folder, "two.csv", "x\n1\n2\n");
    const { rows } = await predictTable(path, two, { module });
    assertEquals(rows[0].predicted, rows[1].predicted);
    const one = await write(folder, "one.csv", "x\n1\n");
    assertEquals(
      await problemOf(() => predictTable(path, one, { module }), folder),
      "Cannot predict with DIR/a_seed-1.safetensors: DIR/middle.ts:11:27: Error: one row is too few",
    );
  }));
