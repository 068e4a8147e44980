import type { Kernels } from "../../kernels/kernels.ts";
import { randomStream, shuffle } from "../../random_stream.ts";
import { paddedCount, reserveRows } from "./_training_rows.ts";
import type { Arena } from "./arena.ts";
import type { Rows } from "./mlp_model.ts";

/** Regions of the arena for a batch that is a part of the training rows. */
export interface BatchRegions {
  readonly batch: Rows;
  /** Byte offset of the numbers of the batch's rows. */
  readonly numbersAt: number;
}

/** Reserves a batch's regions; undefined for a batch of all rows, which is used in place. */
export function reserveBatch(
  kernels: Kernels,
  arena: Arena,
  { batchSize, trainRows, features }: { batchSize: number; trainRows: number; features: number },
): BatchRegions | undefined {
  if (batchSize >= trainRows) return undefined;
  const batch = reserveRows(kernels, arena, batchSize, features);
  return { batch, numbersAt: arena.region(batchSize * 4) };
}

/** The rows that each step trains on: `next()` returns those of the next step. */
export interface Batches {
  next(): Rows;
}

/**
 * Batches without replacement, reshuffled for each epoch; an epoch's last batch can be smaller.
 *
 * @param regions Absent for a batch of all rows.
 */
export function drawBatches(
  kernels: Kernels,
  train: Rows,
  regions: BatchRegions | undefined,
  { features, seed }: { features: number; seed: number | string },
): Batches {
  if (!regions) return { next: () => train };
  const { batch, numbersAt } = regions;
  const batchSize = batch.count;
  const order = Int32Array.from({ length: train.count }, (_, row) => row);
  const random = randomStream(`${seed}/batches`);
  let position = train.count;
  return {
    next() {
      if (position >= train.count) {
        shuffle(order, random);
        position = 0;
      }
      const numbers = order.subarray(position, position + batchSize);
      position += batchSize;
      const { buffer } = kernels.memory;
      new Int32Array(buffer, numbersAt, numbers.length).set(numbers);
      const trainLabels = new Int32Array(buffer, train.labels, train.count);
      const labels = new Int32Array(buffer, batch.labels, paddedCount(kernels, batchSize));
      labels.fill(-1);
      numbers.forEach((row, b) => labels[b] = trainLabels[row]);
      kernels.gatherRows(
        train.values,
        numbersAt,
        batch.values,
        numbers.length,
        features,
        batch.stride,
      );
      return { ...batch, count: numbers.length };
    },
  };
}
