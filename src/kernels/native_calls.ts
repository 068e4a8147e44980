import { lanesOf, type Precision } from "./kernels.ts";
import { panelStride } from "./layouts.ts";
import type { NativeKernelName } from "./native_parameters.ts";

/** What kernels are called with: places in a memory that is filled with made-up numbers. */
export interface CheckMemory {
  readonly precision: Precision;
  /** The offset of so many numbers. */
  numbers(count: number): number;
  /** The offset of activations of so many lane panels. */
  activations(panels: number, features: number): number;
  /** The offset of weights, outputs padded. */
  weights(inputs: number, outputs: number): number;
  /** The offset of row-major rows. */
  rows(rows: number, features: number): number;
  /** The offset of these int32, such as labels. */
  integers(values: ArrayLike<number>): number;
}

/** Lane panels, inputs and outputs: remainders of every tile, long sums, several chunks and blocks. */
const PRODUCTS = [[1, 1, 1], [7, 5, 10], [9, 270, 5], [131, 3, 9], [2, 6, 268]] as const;
/** Inputs, units between and outputs. */
const SHAPES = [[1, 1, 1], [5, 3, 10], [17, 9, 23]] as const;
/** Lane panels, units that are dropped or not, and features. */
const DROPPED = [[1, 1, 1], [2, 7, 6], [5, 21, 70]] as const;
/** Whole vectors of 128 bits: remainders of wider ones. */
const VECTORS = [1, 7, 86] as const;

/** By kernel, the arguments of each call. A kernel that has none cannot be used. */
export const NATIVE_CALLS: Readonly<Record<NativeKernelName, (memory: CheckMemory) => number[][]>> =
  {
    denseForward: (memory) => products(memory, (x, y, weights) => [x, ...weights, y]),
    denseBackwardWeights: (memory) => products(memory, (x, y, weights) => [x, y, ...weights]),
    transposeWeights: (memory) =>
      SHAPES.map(([inputs, , outputs]) => {
        const transposed = memory.weights(padded(outputs), inputs);
        return [memory.weights(inputs, outputs), transposed, inputs, outputs];
      }),
    addWeightProduct: (memory) =>
      SHAPES.map(([inputs, inner, outputs]) => [
        memory.weights(inputs, inner),
        memory.weights(inner, outputs),
        memory.weights(inputs, outputs),
        ...[inputs, inner, outputs],
      ]),
    addOuterProduct: (memory) =>
      SHAPES.map(([inputs, , outputs]) => [
        memory.numbers(padded(inputs)),
        memory.weights(1, outputs),
        memory.weights(inputs, outputs),
        ...[inputs, outputs],
      ]),
    drawDropped: (memory) =>
      DROPPED.map(([panels, width]) => {
        const rows = panels * lanesOf(memory.precision);
        const state = generatorState(memory);
        const lists = [memory.numbers(rows * padded(width)), memory.numbers(rows)];
        return [state, ...lists, panels, width, panelStride(padded(width)), 0x40000000];
      }),
    panelsToRows: (memory) => rowsAndPanels(memory, (x, rows, ...shape) => [x, rows, ...shape]),
    addRowsToPanels: (memory) => rowsAndPanels(memory, (x, rows, ...shape) => [rows, x, ...shape]),
    weightsToRows: (memory) =>
      SHAPES.map(([inputs, , outputs]) => {
        return [memory.weights(inputs, outputs), memory.rows(inputs, outputs), inputs, outputs];
      }),
    rowsToWeights: (memory) =>
      SHAPES.map(([inputs, , outputs]) => {
        return [memory.rows(inputs, outputs), memory.weights(inputs, outputs), inputs, outputs];
      }),
    dotDropped: (memory) =>
      dropped(memory, ({ rows, features, width, units, counts, coefficients }) => [
        ...[memory.rows(rows, features), memory.rows(width, features)],
        ...[memory.numbers(padded(width)), units, counts, coefficients(), rows, features, width],
      ]),
    combineDropped: (memory) =>
      dropped(memory, ({ rows, features, width, units, counts, coefficients }) => [
        ...[coefficients(), memory.rows(width, features), memory.rows(rows, features)],
        ...[units, counts, rows, features, width],
      ]),
    transposeDropped: (memory) =>
      dropped(memory, ({ rows, width, units, counts, coefficients }) => {
        const [unitRows, unitA, unitB] = [1, 2, 3].map(() => memory.numbers(width * padded(rows)));
        const lists = [units, counts, coefficients(), coefficients()];
        return [...lists, rows, width, unitRows, memory.numbers(padded(width)), unitA, unitB];
      }),
    sumDropped: (memory) =>
      dropped(memory, ({ rows, width, counts, coefficients }) => {
        return [coefficients(), memory.numbers(padded(rows)), counts, rows, width];
      }),
    softmaxBackward: (memory) =>
      losses(memory, ([logits, labels], shape) => [logits, labels, ...shape, 0.01, 0.1]),
    softmaxEvaluate: (memory) =>
      losses(memory, ([logits, labels], shape) => [logits, labels, ...shape, memory.numbers(12)]),
    huberBackward: (memory) =>
      losses(memory, ([y, , x], [panels, , stride]) => [y, x, panels, stride, 0.01, 0.5]),
    huberEvaluate: (memory) =>
      losses(memory, ([y, , x], [panels, , stride]) => {
        return [y, x, panels, stride, 0.5, memory.numbers(2)];
      }),
    scaleRows: (memory) => losses(memory, ([y, , factors], shape) => [y, factors, ...shape]),
    gatherRows: (memory) =>
      losses(memory, ([source], [panels, features, stride]) => {
        const count = panels * lanesOf(memory.precision) - 1;
        const rows = memory.integers(Array.from({ length: count }, (_, row) => count - row));
        const target = memory.activations(panels, features);
        return [source, rows, target, count, features, stride];
      }),
    addMatrix: (memory) =>
      losses(memory, ([x], [panels, features, stride]) => {
        const rows = panels * lanesOf(memory.precision) - 1;
        return [x, memory.weights(rows, features), x, rows, features, stride];
      }),
    batchMoments: (memory) =>
      batches(memory, ({ x, list, rows, shape }) => [x(), list(), list(), rows, ...shape]),
    normalize: (memory) =>
      batches(memory, ({ x, list, panels, shape }) => {
        return [x(), list(), list(), list(), list(), x(), panels, ...shape, 1e-5];
      }),
    normalizeBackward: (memory) =>
      batches(memory, ({ x, list, rows, shape }) => {
        return [x(), x(), list(), list(), list(), list(), rows, ...shape, 1e-5];
      }),
    sgdUpdate: (memory) => updates(memory, 3, [0.1, 0.9, 0.01, 0.02, 0.03, 0.5]),
    penalizeGradient: (memory) => elementwise(memory, 2, [0.01, 0.02, 0.5]),
    adamUpdate: (memory) => updates(memory, 4, [0.1, 0.9, 0.999, 1e-8, 0.01, 0.02]),
    adamStepSizes: (memory) => elementwise(memory, 2, [0.1, 1e-8]),
    softThreshold: (memory) => elementwise(memory, 1, [0.3]),
    moveTowards: (memory) => elementwise(memory, 2, [0.3]),
    weightSums: (memory) =>
      SHAPES.map(([inputs, , outputs]) => {
        return [memory.weights(inputs, outputs), inputs, outputs, memory.numbers(6)];
      }),
    pruneWeights: (memory) =>
      SHAPES.map(([inputs, , outputs]) => {
        const [w, mask] = [memory.weights(inputs, outputs), memory.weights(inputs, outputs)];
        return [w, mask, inputs, outputs, 0.3];
      }),
    addGroupGradient: (memory) =>
      SHAPES.map(([inputs, , outputs]) => {
        const [w, dw] = [memory.weights(inputs, outputs), memory.weights(inputs, outputs)];
        return [w, dw, inputs, outputs, 0.3];
      }),
    drawDropout: (memory) =>
      VECTORS.map((vectors) => {
        const state = generatorState(memory), mask = memory.numbers(4 * vectors);
        return [state, mask, 64 / lanesOf(memory.precision) * vectors, 0x40000000, 1.25];
      }),
    drawUniform: (memory) => draws(memory),
    drawNormal: (memory) => draws(memory),
    tanh: (memory) => elementwise(memory, 1),
    relu: (memory) => elementwise(memory, 1),
    reluBackward: (memory) => elementwise(memory, 2),
    tanhBackward: (memory) => elementwise(memory, 2),
    add: (memory) => elementwise(memory, 3),
    multiply: (memory) => elementwise(memory, 3),
    scale: (memory) => elementwise(memory, 2, [0.7]),
  };

/** Calls of a dense layer's kernels, whose arguments differ in their order. */
function products(
  memory: CheckMemory,
  offsets: (x: number, y: number, weights: readonly number[]) => number[],
): number[][] {
  return PRODUCTS.map(([panels, inputs, outputs]) => {
    const weights = [memory.weights(inputs, outputs), memory.weights(1, outputs)];
    const x = memory.activations(panels, inputs);
    const y = memory.activations(panels, padded(outputs));
    const strides = [panelStride(inputs), panelStride(padded(outputs))];
    return [...offsets(x, y, weights), panels, inputs, padded(outputs) / 4, ...strides];
  });
}

/** Calls with so many matrices, a mask that keeps two of three numbers, and what follows their length. */
function updates(memory: CheckMemory, matrices: number, others: number[]): number[][] {
  return elementwise(memory, matrices).map(([...offsets]) => {
    const bytes = offsets.pop() ?? 0;
    const words = 4 / lanesOf(memory.precision);
    const kept = Array.from({ length: bytes / 4 }, (_, n) => Math.floor(n / words) % 3 ? -1 : 0);
    return [...offsets, memory.integers(kept), bytes, ...others];
  });
}

/** Calls with activations, their labels and their factors, and with panels, features and stride. */
function losses(
  memory: CheckMemory,
  call: (offsets: readonly number[], shape: readonly number[]) => number[],
): number[][] {
  return DROPPED.map(([panels, width]) => {
    const rows = panels * lanesOf(memory.precision);
    const labels = Array.from({ length: rows }, (_, row) => row % 9 === 8 ? -1 : row % width);
    const y = memory.activations(panels, padded(width));
    const offsets = [y, memory.integers(labels), memory.numbers(rows)];
    return call(offsets, [panels, width, panelStride(padded(width))]);
  });
}

/** Places of activations and of a number for each feature; the last panel has padding rows. */
interface Batch {
  readonly x: () => number;
  readonly list: () => number;
  readonly panels: number;
  readonly rows: number;
  /** Features and stride. */
  readonly shape: readonly number[];
}

function batches(memory: CheckMemory, call: (batch: Batch) => number[]): number[][] {
  return DROPPED.map(([panels, , width]) => {
    const features = padded(width);
    return call({
      x: () => memory.activations(panels, features),
      list: () => memory.numbers(features),
      panels,
      rows: panels * lanesOf(memory.precision) - 1,
      shape: [features, panelStride(features)],
    });
  });
}

/** Calls that draw weights; the last one more than are drawn at once. */
function draws(memory: CheckMemory): number[][] {
  return SHAPES.map(([inputs, , outputs]) => {
    return [generatorState(memory), memory.weights(inputs, outputs), inputs, outputs, 0.5];
  });
}

/** Calls with so many matrices and what follows their length. */
function elementwise(memory: CheckMemory, matrices: number, others: number[] = []): number[][] {
  return VECTORS.map((vectors) => {
    const count = vectors * lanesOf(memory.precision);
    const offsets = Array.from({ length: matrices }, () => memory.numbers(count));
    return [...offsets, 16 * vectors, ...others];
  });
}

/** Calls that take activations both in panels and in rows. */
function rowsAndPanels(
  memory: CheckMemory,
  call: (x: number, rows: number, ...shape: number[]) => number[],
): number[][] {
  return DROPPED.map(([panels, , features]) => {
    const x = memory.activations(panels, padded(features));
    const rows = memory.rows(panels * lanesOf(memory.precision), features);
    return call(x, rows, panels, features, panelStride(padded(features)));
  });
}

/** Lists of dropped units, and places of their coefficients. */
interface Dropped {
  readonly rows: number;
  readonly width: number;
  readonly features: number;
  readonly units: number;
  readonly counts: number;
  readonly coefficients: () => number;
}

/** Calls with lists of which some are empty and some have every unit. */
function dropped(memory: CheckMemory, call: (lists: Dropped) => number[]): number[][] {
  return DROPPED.map(([panels, width, features]) => {
    const rows = panels * lanesOf(memory.precision);
    const lists = Array.from({ length: rows }, (_, row) => {
      const all = Array.from({ length: width }, (_, unit) => unit);
      return all.filter((unit) => (7 * row + 3 * unit) % 5 < row % 6);
    });
    const units = lists.flatMap((list) => {
      return [...list, ...new Array<number>(padded(width) - list.length).fill(0)];
    });
    return call({
      ...{ rows, width, features },
      units: memory.integers(units),
      counts: memory.integers(lists.map(({ length }) => length)),
      coefficients: () => memory.numbers(rows * padded(width)),
    });
  });
}

/** The offset of the state of random numbers. */
function generatorState(memory: CheckMemory): number {
  return memory.integers(Array.from({ length: 16 }, (_, n) => n * 0x9e3779b1));
}

/** A count of outputs, padded to whole panels. */
export function padded(outputs: number): number {
  return Math.ceil(outputs / 4) * 4;
}
