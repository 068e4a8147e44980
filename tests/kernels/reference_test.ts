import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Kernels, lanesOf } from "../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { assertTwins, PRECISIONS } from "./_twins.ts";

const module = await loadKernelsModule();

const shape = fc.record({
  precision: fc.constantFrom(...PRECISIONS),
  seed: fc.nat(),
  rows: fc.integer({ min: 1, max: 40 }),
  inputs: fc.integer({ min: 1, max: 21 }),
  outputs: fc.integer({ min: 1, max: 21 }),
  extraStride: fc.constantFrom(0, 64),
});

const [A, B, C, D, E] = [1, 2, 3, 4, 5].map((n) => n * 65536);
const panels4 = (features: number) => Math.ceil(features / 4);

function checkShapes(run: (kernels: Kernels, s: Shape) => unknown, runs = 100): void {
  fc.assert(
    fc.property(shape, (s) => {
      const panels = Math.ceil(s.rows / lanesOf(s.precision));
      const xStride = panels4(s.inputs) * 64 + s.extraStride;
      const yStride = panels4(s.outputs) * 64 + s.extraStride;
      assertTwins(
        s.precision,
        s.seed,
        (kernels) => run(kernels, { ...s, panels, xStride, yStride }),
        (kernels) => {
          const labels = new Int32Array(kernels.memory.buffer, E, 64);
          labels.forEach((_, b) => labels[b] = b < s.rows ? (b * 7 + s.seed % 5) % s.outputs : -1);
        },
      );
    }),
    { numRuns: runs, seed: 1 },
  );
}

interface Shape {
  rows: number;
  inputs: number;
  outputs: number;
  panels: number;
  xStride: number;
  yStride: number;
}

Deno.test("denseForward() equals its reference bit for bit", () => {
  checkShapes((k, s) =>
    k.denseForward(A, B, C, D, s.panels, s.inputs, panels4(s.outputs), s.xStride, s.yStride)
  );
});

Deno.test("denseBackwardWeights() equals its reference bit for bit", () => {
  checkShapes((k, s) =>
    k.denseBackwardWeights(
      A,
      B,
      C,
      D,
      s.panels,
      s.inputs,
      panels4(s.outputs),
      s.xStride,
      s.yStride,
    )
  );
});

Deno.test("products of many inputs and outputs, packed, equal their references bit for bit", () => {
  const megabytes = [1, 2, 3, 4].map((n) => n << 20);
  const [x, w, bias, y] = megabytes;
  const large = fc.record({
    precision: fc.constantFrom(...PRECISIONS),
    seed: fc.nat(),
    panels: fc.integer({ min: 1, max: 41 }),
    inputs: fc.integer({ min: 29, max: 71 }),
    outputPanels: fc.constantFrom(7, 8, 9, 63, 64, 65, 70),
  });
  fc.assert(
    fc.property(large, ({ precision, seed, panels, inputs, outputPanels }) => {
      const strides = [panels4(inputs) * 64, outputPanels * 64] as const;
      assertTwins(
        precision,
        seed,
        (k) => {
          k.denseForward(x, w, bias, y, panels, inputs, outputPanels, ...strides);
          k.denseBackwardWeights(x, y, w, bias, panels, inputs, outputPanels, ...strides);
        },
        () => {},
        5 << 20,
      );
    }),
    { numRuns: 20, seed: 1 },
  );
});

Deno.test("products with sums longer than what is packed at a time equal their references", () => {
  const [a, b, c] = [1, 2, 3].map((megabytes) => megabytes << 20);
  for (const precision of PRECISIONS) {
    for (const inner of [127, 129, 258, 515, 777]) {
      const strides = [panels4(inner) * 64, 128] as const;
      assertTwins(
        precision,
        inner,
        (k) => {
          k.denseForward(a, b, b, c, 7, inner, 2, ...strides);
          k.addWeightProduct(a, b, c + 4096, 19, inner, 6);
        },
        () => {},
        4 << 20,
      );
    }
  }
});

Deno.test("denseBackwardWeights() of a few features equals its reference bit for bit", () => {
  for (const precision of PRECISIONS) {
    for (let inputs = 1; inputs <= 17; inputs++) {
      for (const outputPanels of [1, 2, 3, 5]) {
        const strides = [panels4(inputs) * 64, outputPanels * 64] as const;
        assertTwins(
          precision,
          inputs,
          (k) => k.denseBackwardWeights(A, B, C, D, 131, inputs, outputPanels, ...strides),
        );
      }
    }
  }
});

Deno.test("products of special numbers equal their references", () => {
  const special = [0, -0, NaN, Infinity, -Infinity, 1e-40, -1e-45, 5e-324, 1e38, -1e308, 1, -1];
  fc.assert(
    fc.property(shape, (s) => {
      const panels = Math.ceil(s.rows / lanesOf(s.precision));
      const strides = [panels4(s.inputs) * 64, panels4(s.outputs) * 64] as const;
      const outputPanels = panels4(s.outputs);
      assertTwins(
        s.precision,
        s.seed,
        (k) => {
          k.denseForward(A, B, C, D, panels, s.inputs, outputPanels, ...strides);
          k.denseBackwardWeights(A, D, C, E, panels, s.inputs, outputPanels, ...strides);
          k.addWeightProduct(A, B, E, s.inputs, s.rows, s.outputs);
          k.addOuterProduct(B, A, D, s.inputs, s.outputs);
          k.transposeWeights(A, C, s.inputs, s.outputs);
        },
        ({ precision, memory }) => {
          const values = precision === "f32"
            ? new Float32Array(memory.buffer)
            : new Float64Array(memory.buffer);
          // One number in 13 and, elsewhere, one in 101 is special.
          for (let n = s.seed % 13; n < values.length; n += n < values.length / 3 ? 13 : 101) {
            values[n] = special[(n * 7 + s.seed) % special.length];
          }
        },
      );
    }),
    { numRuns: 100, seed: 1 },
  );
});

Deno.test("denseBackwardWeights() folds chunks of rows as its reference does", () => {
  for (const precision of PRECISIONS) {
    for (const panels of [128, 129, 300]) {
      assertTwins(
        precision,
        panels,
        (k) => k.denseBackwardWeights(A, B, C, D, panels, 5, 1, 128, 64),
      );
    }
  }
});

Deno.test("transposeWeights() equals its reference bit for bit", () => {
  checkShapes((k, s) => k.transposeWeights(A, B, s.inputs, s.outputs));
});

Deno.test("addWeightProduct() and addOuterProduct() equal their references bit for bit", () => {
  checkShapes((k, s) => {
    k.addWeightProduct(A, B, C, s.inputs, s.rows, s.outputs);
    k.addOuterProduct(B, A, D, s.inputs, s.outputs);
  });
});

Deno.test("activations and their gradients equal their references bit for bit", () => {
  checkShapes((k, s) => {
    const bytes = s.panels * s.xStride;
    k.relu(A, bytes);
    k.reluBackward(A, B, bytes);
    k.tanh(C, bytes);
    k.tanhBackward(C, D, bytes);
    k.multiply(B, D, E, bytes);
    k.scale(E, E, bytes, 1.25);
  });
});

Deno.test("tanh() equals its reference at zeros, infinities and tiny and large numbers", () => {
  const special = [0, -0, 1e-30, -1e-30, 1e-7, 0.17, -0.18, 9.5, -19.9, 20, 21, 1e30, Infinity];
  for (const precision of PRECISIONS) {
    assertTwins(precision, 1, (k) => k.tanh(A, 256), (k) => {
      const size = precision === "f32" ? 4 : 8;
      const values = precision === "f32"
        ? new Float32Array(k.memory.buffer, A, 256 / size)
        : new Float64Array(k.memory.buffer, A, 256 / size);
      values.set(special);
    });
  }
});

Deno.test("drawDropout() equals its reference bit for bit", () => {
  for (const threshold of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
    checkShapes((k, s) => k.drawDropout(A, B, s.panels * s.xStride, threshold, 1.25), 20);
  }
});

Deno.test("drawUniform() and drawNormal() equal their references bit for bit", () => {
  checkShapes((k, s) => {
    k.drawUniform(A, B, s.inputs, s.outputs, 0.3);
    k.drawNormal(A, C, s.inputs, s.outputs, 0.7);
  });
});

/** Where a step is limited or a weight is 0, and where it is not. */
const updates = fc.record({
  precision: fc.constantFrom(...PRECISIONS),
  seed: fc.nat(),
  rate: fc.double({ min: 1e-6, max: 1, noNaN: true }),
  share: fc.constantFrom(0, 0.5, 0.9, 0.999),
  l1: fc.constantFrom(0, 1e-4, 0.1),
  l2: fc.constantFrom(0, 1e-3, 0.2),
  decay: fc.constantFrom(0, 0.01),
  clip: fc.constantFrom(Infinity, 0.5, 5),
  vectors: fc.integer({ min: 1, max: 60 }),
});
type Update = typeof updates extends fc.Arbitrary<infer T> ? T : never;

/** Compares a kernel on weights at A, with a mask at D, with its twin. */
function checkUpdates(run: (kernels: Kernels, u: Update, bytes: number) => void): void {
  fc.assert(
    fc.property(updates, (u) => {
      const bytes = u.vectors * 16;
      assertTwins(u.precision, u.seed, (k) => run(k, u, bytes), (k) => {
        const size = u.precision === "f32" ? 4 : 8;
        const { buffer } = k.memory;
        const mask = new Uint8Array(buffer, D, bytes);
        mask.forEach((_, n) => mask[n] = Math.floor(n / size) % 3 === 0 ? 0 : 255);
        const values = u.precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
        values[A / size] = 0; // sign(0) is 0
        // A mean of squares is not negative.
        for (let n = 0; n < bytes / size; n++) {
          values[E / size + n] = Math.abs(values[E / size + n]);
        }
      });
    }),
    { numRuns: 100, seed: 1 },
  );
}

Deno.test("sgdUpdate() equals its reference bit for bit", () => {
  checkUpdates((k, u, bytes) =>
    k.sgdUpdate(A, B, C, D, bytes, u.rate, u.share, u.l1, u.l2, u.decay, u.clip)
  );
});

Deno.test("penalizeGradient() and softThreshold() equal their references bit for bit", () => {
  checkUpdates((k, u, bytes) => {
    k.penalizeGradient(A, B, bytes, u.l1, u.l2, u.clip);
    k.softThreshold(A, bytes, u.rate * u.share);
  });
});

Deno.test("adamUpdate() and adamStepSizes() equal their references bit for bit", () => {
  checkUpdates((k, u, bytes) => {
    k.adamUpdate(A, B, C, E, D, bytes, u.rate, u.share, 0.999, 1e-8, u.decay, u.l1);
    k.adamStepSizes(E, B, bytes, u.rate, 1e-8);
  });
});

Deno.test("moveTowards() equals its reference bit for bit, and goes a share of the way", () => {
  checkUpdates((k, u, bytes) => k.moveTowards(A, B, bytes, u.rate * u.share));
  const kernels = instantiateKernels(module, "f64");
  const values = new Float64Array(kernels.memory.buffer, 64, 4);
  values.set([1, -3, 2, 5]);
  kernels.moveTowards(64, 80, 16, 0.25);
  assertEquals([...values], [1, -3, 1.75, 3]);
});

Deno.test("softThreshold() moves weights towards 0 and sets what does not reach further to 0", () => {
  const kernels = instantiateKernels(module, "f64");
  const weights = new Float64Array(kernels.memory.buffer, 64, 6);
  weights.set([0.75, -0.75, 0.25, -0.25, 0, -2]);
  kernels.softThreshold(64, 48, 0.25);
  assertEquals([...weights], [0.5, -0.5, 0, 0, 0, -1.75]);
});

Deno.test("softmaxBackward() equals its reference bit for bit", () => {
  for (const smoothing of [0, 0.3]) {
    checkShapes(
      (k, s) => k.softmaxBackward(A, E, s.panels, s.outputs, s.yStride, 1 / s.rows, smoothing),
      50,
    );
  }
});

Deno.test("softmaxEvaluate() equals its reference bit for bit", () => {
  checkShapes((k, s) => k.softmaxEvaluate(A, E, s.panels, s.outputs, s.yStride, B));
});

Deno.test("gatherRows() equals its reference bit for bit", () => {
  checkShapes((k, s) => {
    const rows = new Int32Array(k.memory.buffer, D, 64);
    rows.forEach((_, n) => rows[n] = (n * 13) % 37);
    k.gatherRows(A, D, B, s.rows, s.inputs, s.xStride);
  });
});

Deno.test("addMatrix() equals its reference bit for bit", () => {
  checkShapes((k, s) => k.addMatrix(A, B, C, s.rows, s.inputs, s.xStride));
});

Deno.test("limitNorms() equals its reference bit for bit", () => {
  for (const limit of [0.1, 3, 10]) {
    checkShapes((k, s) => k.limitNorms(A, s.inputs, s.outputs, limit), 20);
  }
});

/** Positive step sizes at B for weights at A. */
function fillSteps(k: Kernels): void {
  const { buffer } = k.memory;
  const all = k.precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  for (let at = B / all.BYTES_PER_ELEMENT; at < C / all.BYTES_PER_ELEMENT; at++) {
    all[at] = Math.abs(all[at]) + 1e-6;
  }
}

Deno.test("addGroupGradient() and shrinkGroups() equal their references bit for bit", () => {
  for (const strength of [0.001, 0.3, 4]) {
    checkShapes((k, s) => {
      k.addGroupGradient(A, C, s.inputs, s.outputs, strength);
      fillSteps(k);
      k.shrinkGroups(A, B, s.inputs, s.outputs, strength);
      // Groups of zeros have no gradient.
      k.addGroupGradient(A, D, s.inputs, s.outputs, strength);
    }, 50);
  }
});

Deno.test("shrinkGroups() gives the least of penalty and distance, whatever the step sizes", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 30 }), fc.double({ min: 1e-3, max: 10 }), (
      seed,
      outputs,
      strength,
    ) => {
      const k = instantiateKernels(module, "f64");
      const inputs = 3;
      const [w, steps] = [32_768, 49_152].map((at) => new Float64Array(k.memory.buffer, at, 96));
      let state = seed;
      const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
      const place = (i: number, o: number) => ((o >> 2) * inputs + i) * 4 + (o & 3);
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < outputs; o++) {
          w[place(i, o)] = random() - 0.5;
          steps[place(i, o)] = 10 ** (4 * random() - 4);
        }
      }
      for (let n = 0; n < steps.length; n++) steps[n] ||= 1;
      const before = w.slice();
      k.shrinkGroups(w.byteOffset, steps.byteOffset, inputs, outputs, strength);
      for (let i = 0; i < inputs; i++) {
        const places = Array.from({ length: outputs }, (_, o) => place(i, o));
        const pulls = places.map((at) => (before[at] - w[at]) / steps[at]);
        const norm = Math.hypot(...places.map((at) => w[at]));
        if (norm === 0) {
          assert(Math.hypot(...pulls) <= strength * (1 + 1e-12));
          continue;
        }
        // The penalty's gradient balances the distance's, to the rounding of their difference.
        places.forEach((at, n) => {
          const scale = Math.abs(before[at] / steps[at]) + strength;
          assert(Math.abs(pulls[n] - strength * w[at] / norm) < 1e-11 * scale);
        });
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});

Deno.test("weightSums() and pruneWeights() equal their references bit for bit", () => {
  checkShapes((k, s) => {
    k.weightSums(A, s.inputs, s.outputs, B);
    const zeros = k.pruneWeights(A, C, s.inputs, s.outputs, 0.3);
    k.weightSums(A, s.inputs, s.outputs, D);
    return zeros;
  });
});

Deno.test("batch normalization equals its reference bit for bit, padding rows left out", () => {
  const [mean, variance, scale, shift] = [0, 1, 2, 3].map((n) => E + 1024 * n);
  checkShapes((k, { rows, inputs, panels, xStride }) => {
    const features = 4 * panels4(inputs);
    const lists = [scale, C, C + 1024] as const;
    k.batchMoments(A, mean, variance, rows, features, xStride);
    k.normalize(A, mean, variance, scale, shift, B, panels, features, xStride, 1e-5);
    k.normalizeBackward(A, B, variance, ...lists, rows, features, xStride, 1e-5);
  });
});
