import type { Kernels } from "../../kernels/kernels.ts";
import { randomStream, shuffle } from "../../random_stream.ts";
import { paddedCount, reserveRows } from "./_training_rows.ts";
import type { Arena } from "./arena.ts";
import type { Rows } from "./mlp_model.ts";

/** The rows that each step trains on: `next()` returns those of the next step. */
export interface Batches {
  next(): Rows;
}

/**
 * Batches without replacement, reshuffled for each epoch; an epoch's last batch can be smaller.
 *
 * A batch of all rows is used in place, without copying.
 */
export function reserveBatches(
  kernels: Kernels,
  arena: Arena,
  train: Rows,
  { batchSize, features, seed }: { batchSize: number; features: number; seed: number },
): Batches {
  if (batchSize >= train.count) return { next: () => train };
  const batch = reserveRows(kernels, arena, batchSize, features);
  const numbersAt = arena.region(batchSize * 4);
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
