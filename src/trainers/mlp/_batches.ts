import type { Kernels } from "../../kernels/kernels.ts";
import { resumableStream, shuffle } from "../../random_stream.ts";
import { UnfitState } from "../unfit_state.ts";
import type { KeptBytes } from "../kept_bytes.ts";
import { numbersAt, paddedCount, paddingTarget, perRowBytes, targetsOf } from "./row_targets.ts";
import { reserveRows } from "./_training_rows.ts";
import type { Arena } from "./arena.ts";
import type { Rows } from "./rows.ts";

/** Regions of the arena for a batch that is a part of the training rows. */
export interface BatchRegions {
  readonly batch: Rows;
  /** Byte offset of the numbers of the batch's rows. */
  readonly rowNumbers: number;
}

/** Reserves a batch's regions; undefined for a batch of all rows, which is used in place. */
export function reserveBatch(
  kernels: Kernels,
  arena: Arena,
  { batchSize, train, features }: { batchSize: number; train: Rows; features: number },
): BatchRegions | undefined {
  if (batchSize >= train.count) return undefined;
  const batch = reserveRows(kernels, arena, batchSize, features);
  const factors = train.factors === undefined
    ? undefined
    : arena.region(perRowBytes(kernels, batchSize));
  return { batch: { ...batch, factors }, rowNumbers: arena.region(batchSize * 4) };
}

/** The rows that each step trains on: `next()` returns those of the next step. */
export interface Batches {
  next(): Rows;
  /** What their order depends on, beside the number of steps. */
  kept(): KeptBytes[];
  /** @throws {UnfitState} If what is kept has been overwritten by something else. */
  check(): void;
}

/**
 * Batches without replacement, reshuffled for each epoch; an epoch's last batch can be smaller.
 *
 * @param regions Absent for a batch of all rows.
 * @param options.firstStep If it is not 0, what is kept has to be set before it.
 */
export function drawBatches(
  kernels: Kernels,
  train: Rows,
  regions: BatchRegions | undefined,
  { features, classes, seed, firstStep = 0 }: {
    features: number;
    classes: number;
    seed: number | string;
    firstStep?: number;
  },
): Batches {
  if (!regions) return { next: () => train, kept: () => [], check() {} };
  const { batch, rowNumbers } = regions;
  const batchSize = batch.count;
  const order = Int32Array.from({ length: train.count }, (_, row) => row);
  const { random, state } = resumableStream(`${seed}/batches`);
  const stepOfEpoch = firstStep % Math.ceil(train.count / batchSize);
  let position = stepOfEpoch === 0 ? train.count : stepOfEpoch * batchSize;
  return {
    next() {
      if (position >= train.count) {
        shuffle(order, random);
        position = 0;
      }
      const numbers = order.subarray(position, position + batchSize);
      position += batchSize;
      new Int32Array(kernels.memory.buffer, rowNumbers, numbers.length).set(numbers);
      const trainTargets = targetsOf(kernels, train, classes);
      const targets = targetsOf(kernels, batch, classes);
      targets.fill(paddingTarget(classes));
      numbers.forEach((row, b) => targets[b] = trainTargets[row]);
      gatherFactors(kernels, train, batch, numbers);
      kernels.gatherRows(
        train.values,
        rowNumbers,
        batch.values,
        numbers.length,
        features,
        batch.stride,
      );
      return { ...batch, count: numbers.length };
    },
    kept: () => [
      { name: "batches.order", bytes: new Uint8Array(order.buffer) },
      { name: "batches.random", bytes: state },
    ],
    check() {
      // Kernels read the rows that these numbers say, wherever that is.
      const isInOrder = order.toSorted().every((row, index) => row === index);
      if (!isInOrder) throw new UnfitState("A state's batches must have each row once");
    },
  };
}

/** Copies the factors of some rows, if they have any, and fills up with 0. */
function gatherFactors(kernels: Kernels, from: Rows, to: Rows, numbers: Int32Array): void {
  if (from.factors === undefined || to.factors === undefined) return;
  const source = numbersAt(kernels, from.factors, from.count);
  const target = numbersAt(kernels, to.factors, paddedCount(kernels, to.count));
  target.fill(0);
  numbers.forEach((row, b) => target[b] = source[row]);
}
