import type { Kernels } from "../../kernels/kernels.ts";
import { resumableStream, shuffle } from "../../random_stream.ts";
import { UnfitState } from "../unfit_state.ts";
import type { KeptBytes } from "../kept_bytes.ts";
import type { Arena } from "./arena.ts";
import { type GatheredRegions, gatherRows, reserveGathered } from "./gathered_rows.ts";
import type { Rows } from "./rows.ts";

/** Reserves a batch's regions; undefined for a batch of all rows, which is used in place. */
export function reserveBatch(
  kernels: Kernels,
  arena: Arena,
  { batchSize: count, train, features }: { batchSize: number; train: Rows; features: number },
): GatheredRegions | undefined {
  if (count >= train.count) return undefined;
  const isWeighted = train.factors !== undefined;
  return reserveGathered(kernels, arena, { count, features, isWeighted });
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
  regions: GatheredRegions | undefined,
  { features, classes, seed, firstStep = 0 }: {
    features: number;
    classes: number;
    seed: number | string;
    firstStep?: number;
  },
): Batches {
  if (!regions) return { next: () => train, kept: () => [], check() {} };
  const batchSize = regions.rows.count;
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
      return gatherRows(kernels, train, regions, numbers, { features, classes });
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
