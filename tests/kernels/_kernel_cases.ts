import type { KernelName } from "../../src/kernels/native_parameters.ts";
import type { Precision } from "../../src/kernels/kernels.ts";
import { CaseMemory, type KernelCase, padded } from "./_case_memory.ts";

/** A random call of a kernel, with a memory for it; the seed alone determines both. */
export function kernelCase(kernel: KernelName, precision: Precision, seed: number): KernelCase {
  const memory = new CaseMemory(kernel, precision, seed);
  return memory.caseOf(CALLS[kernel](memory));
}

type Call = (memory: CaseMemory) => number[];

/** The kernels that there are cases of: all. */
export function caseKernels(): KernelName[] {
  return Object.keys(CALLS) as KernelName[];
}

const CALLS: Record<KernelName, Call> = {
  denseForward(m) {
    const { rows, inputs, outputs } = m.shape();
    const x = m.activations(rows, inputs), y = m.activations(rows, outputs);
    const w = m.weights(inputs, outputs), bias = m.weights(1, outputs);
    return [x.at, w, bias, y.at, x.panels, inputs, padded(outputs) / 4, x.stride, y.stride];
  },
  denseBackwardWeights(m) {
    const { rows, inputs, outputs } = m.shape();
    const x = m.activations(rows, inputs), dy = m.activations(rows, outputs);
    const dw = m.weights(inputs, outputs), db = m.weights(1, outputs);
    return [x.at, dy.at, dw, db, x.panels, inputs, padded(outputs) / 4, x.stride, dy.stride];
  },
  transposeWeights(m) {
    const { inputs, outputs } = m.shape();
    return [m.weights(inputs, outputs), m.weights(outputs, inputs), inputs, outputs];
  },
  addWeightProduct(m) {
    const { rows: inner, inputs, outputs } = m.shape();
    const a = m.weights(inputs, inner), b = m.weights(inner, outputs);
    return [a, b, m.weights(inputs, outputs), inputs, inner, outputs];
  },
  addOuterProduct(m) {
    const { inputs, outputs } = m.shape();
    const x = m.weights(1, inputs), y = m.weights(1, outputs);
    return [x, y, m.weights(inputs, outputs), inputs, outputs];
  },

  relu: (m) => m.vectors(1),
  reluBackward: (m) => m.vectors(2),
  tanh: (m) => m.vectors(1),
  tanhBackward: (m) => m.vectors(2),
  add: (m) => twoOperands(m),
  multiply: (m) => twoOperands(m),
  scale(m) {
    const [x, z, bytes] = m.vectors(2);
    return [x, m.dice.one([x, z]), bytes, m.factor()];
  },

  drawDropout(m) {
    const { rows, inputs: width } = m.shape();
    const bytes = Math.ceil(rows / m.lanes) * padded(width) * 16;
    return [m.state(), m.region(bytes), bytes, m.threshold(), m.factor()];
  },
  drawUniform: (m) => drawWeights(m),
  drawNormal: (m) => drawWeights(m),

  sgdUpdate(m) {
    const [w, dw, v, bytes] = m.vectors(3);
    const [momentum, l1, l2, decay] = [m.share(), m.share(), m.share(), m.share()];
    return [w, dw, v, m.mask(bytes), bytes, m.share(), momentum, l1, l2, decay, m.limit()];
  },
  penalizeGradient: (m) => [...m.vectors(2), m.share(), m.share(), m.limit()],
  adamUpdate(m) {
    const [w, dw, mean, bytes] = m.vectors(3);
    const square = m.positive(bytes);
    const rest = [m.share(), m.share(), 1e-8, m.share(), m.share()];
    return [w, dw, mean, square, m.mask(bytes), bytes, m.share(), ...rest];
  },
  adamStepSizes(m) {
    const [steps, bytes] = m.vectors(1);
    return [m.positive(bytes), steps, bytes, m.share(), m.dice.one([0, 1e-8])];
  },
  softThreshold: (m) => [...m.vectors(1), m.share()],
  moveTowards: (m) => [...m.vectors(2), m.share()],

  softmaxBackward(m) {
    const { rows, outputs: classes } = m.shape();
    const logits = m.activations(rows, classes);
    const labels = m.labels(logits.panels * m.lanes, classes);
    const numbers = [1 / rows, m.dice.one([0, 0.1])];
    return [logits.at, labels, logits.panels, classes, logits.stride, ...numbers];
  },
  softmaxEvaluate(m) {
    const { rows, outputs: classes } = m.shape();
    const logits = m.activations(rows, classes);
    const labels = m.labels(logits.panels * m.lanes, classes);
    return [logits.at, labels, logits.panels, classes, logits.stride, m.float64s(6)];
  },
  huberBackward(m) {
    const { rows } = m.shape();
    const outputs = m.activations(rows, 1);
    return [outputs.at, m.targets(rows), outputs.panels, outputs.stride, 1 / rows, m.limit()];
  },
  huberEvaluate(m) {
    const { rows } = m.shape();
    const outputs = m.activations(rows, 1);
    const targets = m.targets(rows);
    return [outputs.at, targets, outputs.panels, outputs.stride, m.limit(), m.float64s(1)];
  },
  scaleRows(m) {
    const { rows, inputs: features } = m.shape();
    const y = m.activations(rows, features);
    return [y.at, m.numbers(y.panels * m.lanes), y.panels, features, y.stride];
  },
  gatherRows(m) {
    const { rows, inputs: features } = m.shape();
    const source = m.activations(rows, features);
    const count = 1 + m.dice.below(rows);
    const target = m.region(source.panels * source.stride);
    const chosen = Array.from({ length: count }, () => m.dice.below(rows));
    return [source.at, m.integers(chosen), target, count, features, source.stride];
  },
  addMatrix(m) {
    const { rows, inputs: features } = m.shape();
    const x = m.activations(rows, features);
    const y = m.dice.one([x.at, m.region(x.panels * x.stride)]);
    return [x.at, m.weights(rows, features), y, rows, features, x.stride];
  },

  batchMoments(m) {
    const { x, list, features } = normalized(m);
    return [x.at, list(), list(), m.dice.one(x.counts), features, x.stride];
  },
  normalize(m) {
    const { x, list, features } = normalized(m);
    const y = m.dice.one([x.at, m.region(x.panels * x.stride)]);
    const lists = [list(), m.positive(features * m.size), list(), list()];
    return [x.at, ...lists, y, x.panels, features, x.stride, 1e-5];
  },
  normalizeBackward(m) {
    const { x, list, features } = normalized(m);
    const dy = m.region(x.panels * x.stride);
    const lists = [m.positive(features * m.size), list(), list(), list()];
    return [x.at, dy, ...lists, m.dice.one(x.counts), features, x.stride, 1e-5];
  },

  weightSums(m) {
    const { inputs, outputs } = m.shape();
    return [m.weights(inputs, outputs), inputs, outputs, m.float64s(3)];
  },
  pruneWeights(m) {
    const { inputs, outputs } = m.shape();
    const w = m.weights(inputs, outputs);
    const mask = m.mask(inputs * padded(outputs) * m.size);
    return [w, mask, inputs, outputs, m.dice.one([0, 0.3, 1, 10])];
  },
  addGroupGradient(m) {
    const { inputs, outputs } = m.shape();
    return [m.weights(inputs, outputs), m.weights(inputs, outputs), inputs, outputs, m.share()];
  },
  shrinkGroups(m) {
    const { inputs, outputs } = m.shape();
    const steps = m.positive(inputs * padded(outputs) * m.size, 1e-6);
    return [m.weights(inputs, outputs), steps, inputs, outputs, m.dice.one([1e-3, 0.3, 4])];
  },
  limitNorms(m) {
    const { inputs, outputs } = m.shape();
    return [m.weights(inputs, outputs), inputs, outputs, m.dice.one([0.1, 3, 10])];
  },

  drawDropped(m) {
    const { rows, inputs: width } = m.shape();
    const stride = padded(width) * 16 + m.dice.one([0, 64, 192]);
    const panels = Math.ceil(rows / m.lanes);
    const units = m.region(panels * m.lanes * padded(width) * 4);
    const counts = m.region(panels * m.lanes * 4);
    return [m.state(), units, counts, panels, width, stride, m.threshold()];
  },
  panelsToRows(m) {
    const { rows, inputs: features } = m.shape();
    const x = m.activations(rows, features);
    return [x.at, m.rows(x.panels * m.lanes, features), x.panels, features, x.stride];
  },
  addRowsToPanels(m) {
    const { rows, inputs: features } = m.shape();
    const x = m.activations(rows, features);
    return [m.rows(x.panels * m.lanes, features), x.at, x.panels, features, x.stride];
  },
  weightsToRows(m) {
    const { inputs, outputs } = m.shape();
    return [m.weights(inputs, outputs), m.rows(inputs, outputs), inputs, outputs];
  },
  rowsToWeights(m) {
    const { inputs, outputs } = m.shape();
    return [m.rows(inputs, outputs), m.weights(inputs, outputs), inputs, outputs];
  },
  dotDropped(m) {
    const { rows, inputs: features, outputs: width } = m.shape();
    const { units, counts } = m.lists(rows, width);
    const factors = [m.rows(rows, features), m.rows(width, features), m.weights(1, width)];
    const coefficients = m.numbers(rows * padded(width));
    return [...factors, units, counts, coefficients, rows, features, width];
  },
  combineDropped(m) {
    const { rows, inputs: features, outputs: width } = m.shape();
    const { units, counts } = m.lists(rows, width);
    const coefficients = m.numbers(rows * padded(width));
    const r = m.rows(width, features), out = m.rows(rows, features);
    return [coefficients, r, out, units, counts, rows, features, width];
  },
  transposeDropped(m) {
    const { rows, outputs: width } = m.shape();
    const { units, counts } = m.lists(rows, width);
    const [a, b] = [m.numbers(rows * padded(width)), m.numbers(rows * padded(width))];
    const lists = [units, counts, a, b, rows, width];
    const [unitRows, unitCounts] = [m.region(width * padded(rows) * 4), m.region(width * 4)];
    const [unitA, unitB] = [m.numbers(width * padded(rows)), m.numbers(width * padded(rows))];
    return [...lists, unitRows, unitCounts, unitA, unitB];
  },
  sumDropped(m) {
    const { rows, outputs: width } = m.shape();
    const { counts } = m.lists(rows, width);
    return [m.numbers(rows * padded(width)), m.numbers(rows), counts, rows, width];
  },
};

/** Activations, how many of their rows there can be, and places for a number of each feature. */
function normalized(m: CaseMemory) {
  const { rows, inputs } = m.shape();
  const features = padded(inputs);
  const x = m.activations(rows, features);
  const most = x.panels * m.lanes;
  const counts = Array.from({ length: m.lanes }, (_, padding) => most - padding);
  return { x: { ...x, counts }, list: () => m.numbers(features), features };
}

function twoOperands(m: CaseMemory): number[] {
  const [x, y, z, bytes] = m.vectors(3);
  // The result may take the place of one operand, and both operands may be the same.
  return m.dice.one([[x, y, z, bytes], [x, y, x, bytes], [x, y, y, bytes], [x, x, z, bytes]]);
}

function drawWeights(m: CaseMemory): number[] {
  const { inputs, outputs } = m.shape();
  return [m.state(), m.weights(inputs, outputs), inputs, outputs, m.factor()];
}
