import { assert, assertEquals } from "@std/assert";
import decisionTree from "../../../experiments/trainers/decision_tree.ts";
import elasticNet from "../../../experiments/trainers/elastic_net.ts";
import logisticRegression from "../../../experiments/trainers/logistic_regression.ts";
import nearestNeighbours from "../../../experiments/trainers/nearest_neighbours.ts";
import ridge from "../../../experiments/trainers/ridge.ts";
import { accuracy, runExample, tableData, valuesOf } from "./_run_example.ts";

const FOLDER = new URL("../../../experiments/trainers/", import.meta.url);
/** Lines of a module, at most. */
const MOST_LINES = 100;

Deno.test(`examples have fewer than ${MOST_LINES} lines, and say where their methods come from`, () => {
  for (const { name } of Deno.readDirSync(FOLDER)) {
    const text = Deno.readTextFileSync(new URL(name, FOLDER));
    const lines = text.trimEnd().split("\n").length;
    assert(lines < MOST_LINES, `${name} has ${lines}`);
    if (!name.startsWith("_")) assert(/\n \* Source: /.test(text), name);
  }
});

Deno.test("ridge.ts has probabilities that add up to 1", async () => {
  const data = await tableData("wine", "feature");
  const { curve: [{ predictions }] } = await runExample(ridge, data, { l2_penalty: 0.1 });
  for (let row = 0; row < data.validation.rows; row++) {
    const own = predictions.subarray(3 * row, 3 * row + 3);
    assert(own.every((value) => value > 0));
    assert(Math.abs(own.reduce((sum, value) => sum + value) - 1) < 1e-15);
  }
  assert(accuracy(predictions, data) > 0.95);
});

Deno.test("ridge.ts without a penalty takes columns that say the same", async () => {
  const data = await tableData("diabetes", "feature");
  const { train: { x, y, rows }, features } = data;
  const twice = { ...data, features: features + 2 };
  const wider = (x: Float64Array, rows: number) => {
    const result = new Float64Array(rows * (features + 2));
    for (let row = 0; row < rows; row++) {
      const own = x.subarray(row * features, (row + 1) * features);
      // A column of ones, and the third one again.
      result.set([1, ...own, own[2]], row * (features + 2));
    }
    return result;
  };
  const { validation } = data;
  const [{ curve: [once] }, { curve: [both] }] = await Promise.all([
    runExample(ridge, data, {}),
    runExample(ridge, {
      ...twice,
      train: { x: wider(x, rows), y, rows },
      validation: { ...validation, x: wider(validation.x, validation.rows) },
    }, {}),
  ]);
  once.predictions.forEach((value, row) => {
    assert(Math.abs(value - both.predictions[row]) < 1e-9);
  });
});

Deno.test("elastic_net.ts with an L2 penalty alone is ridge.ts", async () => {
  const data = await tableData("diabetes", "feature");
  const net = await runExample(elasticNet, data, { l2_penalty: 0.05, sweeps: 2000 });
  const weight = valuesOf(await runExample(ridge, data, { l2_penalty: 0.05 }), "weight");
  valuesOf(net, "weight").forEach((w, i) => assert(Math.abs(w - weight[i]) < 1e-12));
});

Deno.test("elastic_net.ts sets more weights to exactly 0, the stronger its L1 penalty", async () => {
  const data = await tableData("diabetes", "feature");
  const zeros = await Promise.all([0, 0.03, 0.1, 0.3, 10].map(async (l1_penalty) => {
    const run = await runExample(elasticNet, data, { l1_penalty });
    return valuesOf(run, "weight").filter((w) => w === 0).length;
  }));
  assertEquals(zeros, zeros.toSorted((a, b) => a - b));
  assertEquals([zeros[0], zeros[4]], [0, data.features]);
  assert(zeros[2] > 2);
});

Deno.test("elastic_net.ts evaluates after 0, 1, 2, 4 … and all sweeps", async () => {
  const data = await tableData("wine", "feature");
  const stepsOf = async (sweeps: number) => {
    const { curve } = await runExample(elasticNet, data, { sweeps, l1_penalty: 0.01 });
    return curve.map(({ step }) => step);
  };
  assertEquals(await stepsOf(0), [0]);
  assertEquals(await stepsOf(4), [0, 1, 2, 4]);
  assertEquals(await stepsOf(21), [0, 1, 2, 4, 8, 16, 21]);
});

Deno.test("logistic_regression.ts ends at the minimum", async () => {
  const data = await tableData("wine", "feature");
  const { curve } = await runExample(logisticRegression, data, { l2_penalty: 0.1 });
  assert(curve.length < 12, `${curve.length} evaluations`);
  const short = await runExample(logisticRegression, data, { l2_penalty: 0.1, newton_steps: 2 });
  assertEquals(short.curve, curve.slice(0, 3));
});

Deno.test("logistic_regression.ts stays finite where classes can be told apart", async () => {
  const data = await tableData("wine", "feature");
  const run = await runExample(logisticRegression, data, { newton_steps: 60 });
  assert(valuesOf(run, "weight").every(Number.isFinite));
  const { predictions } = run.curve[run.curve.length - 1];
  assert(predictions.every((p) => p >= 0 && p <= 1));
  assert(accuracy(predictions, data) > 0.9);
});

Deno.test("nearest_neighbours.ts finds a known row itself", async () => {
  const data = await tableData("wine", "feature");
  const known = { ...data, validation: data.train };
  for (const config of [{ neighbours: 1 }, { neighbours: 9, weighting: "distance" }]) {
    const { curve: [{ predictions }] } = await runExample(nearestNeighbours, known, config);
    assertEquals(accuracy(predictions, known), 1);
  }
});

Deno.test("nearest_neighbours.ts takes the first of rows that are equally near, and at most all", async () => {
  const x = Float64Array.of(0, 2, 2, 4);
  const rows = { x, y: Float64Array.of(10, 20, 40, 80), rows: 4 };
  const data = {
    train: rows,
    validation: { x: Float64Array.of(3), y: Float64Array.of(0), rows: 1 },
    features: 1,
    featureNames: ["a"],
    classes: [],
  };
  const predicted = async (config: Record<string, number | string>) => {
    const { curve: [{ predictions }] } = await runExample(nearestNeighbours, data, config);
    return Math.round(1e9 * predictions[0]) / 1e9;
  };
  assertEquals(await predicted({ neighbours: 1 }), 20);
  assertEquals(await predicted({ neighbours: 2 }), 30);
  assertEquals(await predicted({ neighbours: 100 }), 37.5);
  // Distances 1, 1, 1 and 3.
  const weighted = (20 + 40 + 80 + 10 / 3) / (3 + 1 / 3);
  assertEquals(await predicted({ neighbours: 4, weighting: "distance" }), weighted);
});

Deno.test("step d of decision_tree.ts is the tree of depth d", async () => {
  const data = await tableData("digits", "none");
  const { curve } = await runExample(decisionTree, data, { max_depth: 6, min_leaf_rows: 3 });
  assertEquals(curve.map(({ step }) => step), [0, 1, 2, 3, 4, 5, 6]);
  for (const depth of [0, 2, 5]) {
    const run = await runExample(decisionTree, data, { max_depth: depth, min_leaf_rows: 3 });
    assertEquals(run.curve[depth], curve[depth]);
  }
});

Deno.test("decision_tree.ts learns its rows by heart, or leaves as many as it is told", async () => {
  const data = await tableData("diabetes", "none");
  const known = { ...data, validation: data.train };
  const { curve } = await runExample(decisionTree, known, { max_depth: 30 });
  const { predictions } = curve[30];
  data.train.y.forEach((y, row) => assert(Math.abs(predictions[row] - y) < 1e-9));
  const coarse = await runExample(decisionTree, known, { max_depth: 30, min_leaf_rows: 40 });
  const leaves = Map.groupBy(coarse.curve[30].predictions, (value) => value);
  assert(leaves.size > 2);
  assert([...leaves.values()].every(({ length }) => length >= 40));
});

Deno.test("decision_tree.ts asks nothing where there is nothing to ask", async () => {
  const data = await tableData("wine", "none");
  const { train } = data;
  const same = { ...data, train: { ...train, x: new Float64Array(train.x.length) } };
  const run = await runExample(decisionTree, same, {});
  assertEquals(valuesOf(run, "column"), [-1]);
  const shares = [0, 1, 2].map((c) => train.y.filter((y) => y === c).length / train.rows);
  assertEquals(valuesOf(run, "mean"), shares);
});
