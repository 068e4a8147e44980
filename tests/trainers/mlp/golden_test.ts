import { assert, assertEquals } from "@std/assert";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { chunksOf } from "../../../src/trainers/mlp/_chunks_of.ts";
import golden from "../../fixtures/mlp/golden.json" with { type: "json" };
import { modelFixture, numbers } from "../_model_fixture.ts";

/** The kernels' sums run in another order than NumPy's; ten steps let that grow to about 1e-14. */
const TOLERANCE_F64 = 1e-12;
/** Single precision has 24 bits, 6e-8, and ten steps of sums of up to 11 terms. */
const TOLERANCE_F32 = 5e-6;

for (const precision of ["f32", "f64"] as const) {
  const tolerance = precision === "f64" ? TOLERANCE_F64 : TOLERANCE_F32;
  golden.forEach((expected, index) => {
    Deno.test(`ten steps in ${precision} are NumPy's, case ${index}`, () => {
      const config: Config = {
        hidden: expected.hidden,
        activation: expected.activation,
        learning_rate: expected.learning_rate,
        momentum: expected.momentum ?? 0,
        l1_penalty: expected.l1 ?? 0,
        l2_penalty: expected.l2 ?? 0,
        weight_decay: expected.decay ?? 0,
        clip_gradient: expected.clip ?? "none",
        optimizer: expected.optimizer ?? "sgd",
        beta1: expected.beta1 ?? 0.9,
        beta2: expected.beta2 ?? 0.999,
        epsilon: expected.epsilon ?? 1e-8,
        l1_method: expected.l1_method ?? "gradient",
        group_lasso: expected.group_lasso ?? 0,
        max_norm: expected.max_norm ?? "none",
        label_smoothing: expected.label_smoothing ?? 0,
        loss: expected.loss ?? "squared",
        cutout: expected.cutout ?? 0,
        cutout_share: expected.cutout_share ?? 0.2,
        cutmix: expected.cutmix ?? 0,
        mixup: expected.mixup ?? 0,
        adversarial: expected.adversarial ?? 0,
        adversarial_weight: expected.adversarial_weight ?? 0.5,
        schedule: expected.schedule ?? "constant",
        warm_up: expected.warm_up ?? 0,
        schedule_period: expected.schedule_period ?? 250,
        step_factor: expected.step_factor ?? 0.1,
        cycle_factor: expected.cycle_factor ?? 1,
        lookahead_steps: expected.lookahead_steps ?? "none",
        lookahead_rate: expected.lookahead_rate ?? 0.5,
        averaging_start: expected.averaging_start ?? "none",
        averaging_period: expected.averaging_period ?? 10,
        snapshots: expected.snapshots ?? "none",
        steps: expected.losses.length - 1,
        skip: expected.skip ?? "none",
        shake_drop: expected.shake_drop ?? 0,
        batch_norm: expected.batch_norm ?? "off",
        batch_norm_momentum: expected.batch_norm_momentum ?? 0.9,
      };
      const classes = expected.loss === undefined ? 3 : 1;
      const fixture = modelFixture(config, {
        precision,
        classes,
        factorOf: expected.class_factors,
      });
      const { kernels, model, rows, changes, adversarial, view } = fixture;
      const size = view.BYTES_PER_ELEMENT;
      model.parameters.layers.forEach(({ w, b, inputs, outputs }, n) => {
        const weights = numbers(inputs * outputs, n + 2);
        for (let i = 0; i < inputs; i++) {
          for (let o = 0; o < outputs; o++) {
            view[w / size + ((o >> 2) * inputs + i) * 4 + (o & 3)] = weights[i * outputs + o];
          }
        }
        numbers(outputs, n + 20).forEach((bias, o) => view[b / size + o] = bias);
      });
      const assertNear = (actual: number, wanted: number, what: string) =>
        assert(Math.abs(actual - wanted) <= tolerance, `${what}: ${actual}, NumPy ${wanted}`);

      expected.losses.forEach((loss, step) => {
        const totals = { loss: 0, correct: 0 };
        model.predict(rows);
        model.evaluate(rows, totals);
        assertNear(totals.loss / rows.count, loss, `loss of step ${step}`);
        if (step === expected.losses.length - 1) return;
        model.takeSnapshot(step, [rows]);
        model.beginStep(step);
        const changed = changes.apply(rows);
        model.forward(changed, "training");
        (adversarial ?? model).backward(changed);
        model.update();
      });
      // Passes of 4 rows, the last of 3.
      const chunks = [...chunksOf(kernels, rows, { classes, capacity: 4 })];
      model.exchangeResult(config.steps as number, chunks.map(({ chunk }) => chunk));
      assertNear(model.penalty(model.parameters.weightSums()), expected.penalty, "penalty");
      model.parameters.trainedLayers().forEach(({ weight, bias, norm }, n) => {
        assertEquals(weight.length, expected.weights[n].length);
        // Parameters come out in float32, whatever they were trained in.
        const near = Math.max(tolerance, 1e-6);
        weight.forEach((w, k) => assert(Math.abs(w - expected.weights[n][k]) < near, `${n}: ${k}`));
        const zeros = (values: Iterable<number>) => Array.from(values, (value) => value === 0);
        assertEquals(zeros(weight), zeros(expected.weights[n]), `zeros of layer ${n}`);
        if (norm) {
          const [mean, variance] = expected.running?.[n] ?? [];
          const wanted = { scale: expected.scales?.[n] ?? [], mean, variance };
          for (const [what, values] of Object.entries(wanted)) {
            assertEquals(values.length, bias.length);
            const actual = norm[what as keyof typeof wanted];
            actual.forEach((value, o) =>
              assert(Math.abs(value - values[o]) < near, `${what} ${n}`)
            );
          }
        }
        bias.forEach((b, o) => assert(Math.abs(b - expected.biases[n][o]) < near, `${n}: ${o}`));
      });
    });
  });
}
