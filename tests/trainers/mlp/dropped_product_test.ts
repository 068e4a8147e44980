import { assert, assertEquals } from "@std/assert";
import { lanesOf } from "../../../src/kernels/kernels.ts";
import { panelStride } from "../../../src/kernels/layouts.ts";
import { type Affine, isProductCheaper } from "../../../src/trainers/mlp/_affine.ts";
import { isDroppedProductCheaper } from "../../../src/trainers/mlp/_dropped_product.ts";
import { modelFixture } from "../_model_fixture.ts";

/** As much of an affine map as the rule looks at. */
const shape = (inputs: number, outputs: number) => ({ inputs, outputs }) as Affine;

Deno.test("isDroppedProductCheaper() prefers corrections where few units are dropped", () => {
  const options = { rows: 1079, capacity: 1079, isFirst: false };
  const isCorrected = (rate: number, rows = options.rows) =>
    isDroppedProductCheaper(shape(128, 128), shape(128, 10), { ...options, rate, rows });
  assertEquals([0.001, 0.025, 0.2, 0.7, 0.99].map((rate) => isCorrected(rate)), [
    true,
    true,
    true,
    false,
    false,
  ]);
  assert(!isCorrected(0.025, 8), "a product of weights is not worth it for 8 rows");
});

Deno.test("isDroppedProductCheaper() is isProductCheaper() where nothing is dropped", () => {
  for (const [inputs, inner, outputs] of [[4, 3, 2], [3, 40, 2], [40, 3, 40], [9, 9, 9]]) {
    const maps = [shape(inputs, inner), shape(inner, outputs)] as const;
    for (const rows of [1, 8, 100]) {
      for (const isFirst of [false, true]) {
        const options = { rows, capacity: rows, isFirst, rate: 0 };
        assertEquals(
          isDroppedProductCheaper(...maps, options),
          isProductCheaper(...maps, options),
        );
      }
    }
  }
});

Deno.test("DroppedProduct drops the very units that a mask would, scaled alike", () => {
  for (const rate of [0, 0.1, 0.3]) {
    const { model, rows, kernels, x, ...fixture } = modelFixture(
      { hidden: [7, 9], activation: ["tanh", "identity"], dropout: [0, rate] },
      { rows: 50 },
    );
    const labels = [...fixture.targets];
    const { layers } = model.parameters;
    const lanes = lanesOf("f64");
    const stride = panelStride(9);
    const bytes = Math.ceil(rows.count / lanes) * stride;
    // A copy of the generator's state, and room for the mask that it gives, behind the model.
    const state = kernels.memory.buffer.byteLength;
    kernels.memory.grow(1 + Math.ceil(bytes / 65536));
    const { buffer } = kernels.memory;
    new Uint8Array(buffer).copyWithin(state, layers[1].random, layers[1].random + 64);
    const threshold = Math.round(rate * 2 ** 32);
    kernels.drawDropout(state, state + 65536, bytes, threshold, 1 / (1 - rate));
    const values = new Float64Array(buffer);
    const weights = layers.map(({ w, b, inputs, outputs }) => ({
      weight: (i: number, o: number) => values[w / 8 + ((o >> 2) * inputs + i) * 4 + (o & 3)],
      bias: (o: number) => values[b / 8 + o],
      inputs,
      outputs,
    }));
    layers.forEach(({ b, outputs }, n) => {
      for (let o = 0; o < outputs; o++) values[b / 8 + o] = 0.1 * (o % 3 - n);
    });

    let loss = 0;
    for (let r = 0; r < rows.count; r++) {
      let h = x.slice(r * 6, r * 6 + 6);
      weights.forEach(({ weight, bias, inputs, outputs }, n) => {
        h = Array.from({ length: outputs }, (_, o) => {
          let sum = bias(o);
          for (let i = 0; i < inputs; i++) sum += h[i] * weight(i, o);
          const at = (state + 65536 + Math.floor(r / lanes) * stride) / 8 + o * lanes + r % lanes;
          return n === 0 ? Math.tanh(sum) : n === 1 ? sum * values[at] : sum;
        });
      });
      const total = h.reduce((sum, logit) => sum + Math.exp(logit), 0);
      loss += Math.log(total) - h[labels[r]];
    }
    const totals = { loss: 0, correct: 0 };
    model.forward(rows, "training");
    model.evaluate(rows, totals);
    // Sums of 50 losses of about 1, of products of up to 9 terms.
    assert(Math.abs(totals.loss - loss) < 1e-12 * loss, `${totals.loss}, not ${loss}`);
  }
});
