import { assert, assertEquals, assertRejects } from "@std/assert";
import { learnPreparation } from "../../../src/dataset/preparation.ts";
import { splitRows } from "../../../src/dataset/split_rows.ts";
import { loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { mlpPredictor } from "../../../src/trainers/mlp/predict_mlp.ts";
import { loadMlp, trainMlp } from "../../../src/trainers/mlp/train_mlp.ts";
import type { Parameter } from "../../../src/trainers/trainer.ts";
import { UnfitState } from "../../../src/trainers/unfit_state.ts";
import { configWith, modelFixture } from "../_model_fixture.ts";
import { madeUpRows, newKernels, stateBefore, taskWith, trainInStages } from "./_stages.ts";

const kernels = await loadKernelsModule();
const dataset = madeUpRows(3);

/** Cycles end after 7, 12, 17, 22 and 27 of 30 steps. */
const RESTARTS: Config = { schedule: "restarts", warm_up: 2, schedule_period: 5, momentum: 0.9 };

async function train(values: Config, of = dataset) {
  return await trainMlp(newKernels(), of, taskWith({ ...RESTARTS, ...values }));
}

/** The parameters of the run without snapshots that ends after some steps. */
async function parametersAfter(steps: number, values: Config = {}): Promise<readonly Parameter[]> {
  return (await train({ ...values, steps })).parameters;
}

function valuesOf(parameters: readonly Parameter[]) {
  return parameters.map(({ values }) => values);
}

/** Members' parameters in the order of a model's: the current one, then snapshots. */
async function valuesAfter(steps: readonly number[], values?: Config) {
  const members = await Promise.all(steps.map((count) => parametersAfter(count, values)));
  return members.flatMap(valuesOf);
}

Deno.test("a model's snapshots are the models at the ends of the last cycles", async () => {
  const cases = [
    { steps: 7, members: [7] },
    { steps: 8, members: [8, 7] },
    { steps: 16, members: [16, 7, 12] },
    // The model at the end of a cycle is counted once.
    { steps: 17, members: [17, 7, 12] },
    { steps: 18, members: [18, 12, 17] },
    { steps: 30, members: [30, 22, 27] },
  ];
  for (const { steps, members } of cases) {
    const { parameters } = await train({ snapshots: 3, steps });
    assertEquals(valuesOf(parameters), await valuesAfter(members), `${steps} steps`);
    const snapshots = parameters.filter(({ name }) => name.endsWith("layer0.weight"));
    assertEquals(snapshots.map(({ name, hasHistogram }) => ({ name, hasHistogram })), [
      { name: "layer0.weight", hasHistogram: true },
      ...members.slice(1).map((_, n) => {
        return { name: `snapshot${n}.layer0.weight`, hasHistogram: undefined };
      }),
    ]);
  }
});

Deno.test("snapshots change neither training nor the evaluations up to the end of the first cycle", async () => {
  const [plain, two, three] = await Promise.all((["none", 2, 3] as const).map(async (snapshots) => {
    const { result } = await train({ snapshots, evaluate_every: 1 });
    return result.evaluations.map(({ measures }) => measures.validation_loss);
  }));
  const same = (a: readonly number[], b: readonly number[]) => a.findIndex((x, n) => x !== b[n]);
  assertEquals(same(plain, two), 8);
  assertEquals(same(two, three), 13);
  const last = await valuesAfter([30]);
  const { parameters } = await train({ snapshots: 3 });
  assertEquals(valuesOf(parameters).slice(0, last.length), last);
});

for (const classes of [3, 1]) {
  Deno.test(`an ensemble predicts the mean of what its members do: ${classes > 1 ? "classes" : "a quantity"}`, async () => {
    const table = madeUpRows(classes);
    const task = taskWith({ ...RESTARTS, snapshots: 3 });
    const { parameters } = await trainMlp(newKernels(), table, task);
    const { split, seed } = task;
    if (!split) throw new TypeError("The task has no split");
    const rows = splitRows(table, split, seed);
    const preparation = learnPreparation(table, rows.train, { ...task, impute: "mean" });
    const predictor = mlpPredictor({ kernels });
    const predict = async (parameters: readonly Parameter[], snapshots: number | "none") => {
      const config = { ...task.config, snapshots };
      const model = { config, parameters, trainRows: rows.train.length, preparation };
      return (await predictor.predict(model, { table, numbers: rows.validation })).scores;
    };
    const own = parameters.filter(({ name }) => name.startsWith("layer"));
    const snapshots = [0, 1].map((n) => {
      const prefix = `snapshot${n}.`;
      return parameters.filter(({ name }) => name.startsWith(prefix))
        .map((parameter) => ({ ...parameter, name: parameter.name.slice(prefix.length) }));
    });
    const alone = await Promise.all([own, ...snapshots].map((member) => predict(member, "none")));
    const together = await predict(parameters, 3);
    assertEquals(together.length, rows.validation.length * classes);
    together.forEach((score, n) => {
      const mean = alone.reduce((sum, scores) => sum + scores[n], 0) / 3;
      // Outputs have float32's 24 bits.
      assert(Math.abs(score - mean) <= 1e-6 * Math.max(1, Math.abs(mean)), `${score}, not ${mean}`);
    });
    assert(together.some((score, n) => Math.abs(score - alone[0][n]) > 0.01));
  });
}

Deno.test("the measures of weights are means over the members, and the penalty is of the current one", async () => {
  const values = { l1_penalty: 0.002, l1_method: "proximal", steps: 16 };
  const { result } = await train({ ...values, snapshots: 3 });
  const members = await Promise.all([7, 12, 16].map((steps) => train({ ...values, steps })));
  const meanOf = (of: (member: typeof members[0]) => number) =>
    members.reduce((sum, member) => sum + of(member), 0) / 3;
  const last = ({ result: { evaluations } }: typeof members[0]) =>
    evaluations[evaluations.length - 1].measures;
  const { sparsity, penalty } = last({ ...members[0], result });
  assert(sparsity > 0);
  assertEquals(sparsity, meanOf((member) => last(member).sparsity));
  assertEquals(penalty, last(members[2]).penalty);
  const { weight_l1, weight_l2 } = result.measures;
  const near = (a: number, b: number) => assert(Math.abs(a - b) < 1e-9 * b, `${a}, not ${b}`);
  near(weight_l1, meanOf(({ result }) => result.measures.weight_l1));
  near(weight_l2, Math.sqrt(meanOf(({ result }) => result.measures.weight_l2 ** 2)));
});

Deno.test("early stopping keeps the snapshots of the best ensemble", async () => {
  const values = {
    ...RESTARTS,
    snapshots: 3,
    learning_rate: 0.9,
    momentum: 0.95,
    evaluate_every: 1,
  };
  const task = taskWith({ ...values, early_stopping: 30 }, { scoresTest: true });
  const best = await trainMlp(newKernels(), dataset, task);
  const { steps, evaluations } = best.result;
  assertEquals(evaluations.length, 31);
  assert(steps > 7 && steps < 22, `the best step is ${steps}`);
  const ending = await train({ ...values, steps });
  assertEquals(best.parameters, ending.parameters);
  const score = loadMlp({ dataset, kernels }).score;
  assertEquals(await score?.(task, best.parameters), best.test);
});

Deno.test("snapshots are of slow weights where lookahead has some", async () => {
  const values = { lookahead_steps: 4 };
  const { parameters } = await train({ ...values, snapshots: 2 });
  assertEquals(valuesOf(parameters), await valuesAfter([30, 27], values));
});

Deno.test("states have the snapshots that were taken before them", async () => {
  const tasks = [taskWith({ ...RESTARTS, snapshots: 3 })];
  const namesBefore = async (step: number) => {
    const { arrays } = await stateBefore(step, dataset, { tasks });
    return Object.keys(arrays).filter((name) => name.endsWith("layer1.bias"));
  };
  assertEquals(await namesBefore(7), ["layer1.bias"]);
  assertEquals(await namesBefore(8), ["layer1.bias", "snapshot0.layer1.bias"]);
  const all = ["layer1.bias", "snapshot0.layer1.bias", "snapshot1.layer1.bias"];
  assertEquals(await namesBefore(13), all);
  assertEquals(await namesBefore(30), all);
});

Deno.test("runs with different snapshots share the first cycle", async () => {
  const tasks = (["none", 2, 3] as const).map((snapshots) =>
    taskWith({ ...RESTARTS, snapshots, dropout: 0.2 })
  );
  const from = await stateBefore(7, dataset, { tasks });
  for (const task of tasks) {
    const [alone] = await trainInStages(dataset, [task]);
    assertEquals(await trainInStages(dataset, [task], { cuts: [7, 12, 13] }), [alone]);
    const other = await stateBefore(12, dataset, { tasks: [task] });
    assertEquals(
      await stateBefore(12, dataset, { tasks: [task], from }).then(({ arrays }) => arrays),
      other.arrays,
    );
  }
});

Deno.test("parameters of another ensemble are refused", async () => {
  const task = taskWith({ ...RESTARTS, snapshots: 3 });
  const train = loadMlp({ dataset, kernels });
  const { parameters } = await train(task);
  const renamed = parameters.map((parameter) => {
    return { ...parameter, name: parameter.name.replace("snapshot1", "snapshot2") };
  });
  const refused: (readonly Parameter[])[] = [
    [...parameters, ...renamed.filter(({ name }) => name.startsWith("snapshot2"))],
    renamed,
    parameters.slice(0, -1),
    parameters.filter(({ name }) => name.startsWith("snapshot")),
  ];
  for (const given of refused) {
    await assertRejects(async () => await train.score?.(task, given), UnfitState, "A model must");
  }
  const plain = { ...task, config: { ...task.config, snapshots: "none" } };
  await assertRejects(async () => await train.score?.(plain, parameters), UnfitState, "at most 0");
});

Deno.test("the loss of an ensemble is finite where all members exclude the true class", () => {
  const values = configWith({ hidden: [], ...RESTARTS, snapshots: 2, schedule_period: 1 });
  for (const [bias, isFinite] of [[1e4, true], [NaN, false]] as const) {
    const { model, rows, view } = modelFixture(values);
    const [{ b }] = model.parameters.layers;
    view[b / view.BYTES_PER_ELEMENT] = bias;
    model.takeSnapshot(3, [rows]);
    assertEquals(model.ensemble.size, 2);
    const totals = { loss: 0, correct: 0 };
    model.predict(rows);
    model.evaluate(rows, totals);
    assertEquals(Number.isFinite(totals.loss), isFinite, `${totals.loss}`);
  }
});
