import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { weightIndex } from "../../kernels/layouts.ts";
import type { TrainedLayer } from "../trained_layer.ts";
import { type Affine, reserveAffine } from "./_affine.ts";
import {
  initializeNorm,
  keptNorm,
  loadNorm,
  type Norm,
  reserveNorm,
  trainedNorm,
} from "./_batch_norm.ts";
import { bytesAt, copyKept, type KeptBytes, type KeptCopies, restoreKept } from "../kept_bytes.ts";
import { GENERATOR_BYTES, seedGenerator } from "./kernel_generator.ts";
import type { Arena } from "./arena.ts";
import { type MlpConfig, skipsOf } from "./mlp_config.ts";
import type { ParameterBlock, WeightSums } from "./parameter_block.ts";

/** One dense layer's parameters. */
export interface DenseLayer extends Affine {
  /** The weights' mask: no bits are set where a weight was pruned. */
  readonly mask: number;
  /** State of the layer's generator: first for its initial weights, then for its dropout. */
  readonly random: number;
  /** Batch normalization, if the layer has it; its shift is the layer's biases. */
  readonly norm?: Norm;
  /** State of the generator of its shake-drop, if the layer has it. */
  readonly shaking?: number;
}

/**
 * A multilayer perceptron's parameters, and the operations on them that do not depend on data.
 *
 * Build it, let the arena allocate, then call `initialize()`.
 */
export class MlpParameters {
  readonly #kernels: Kernels;
  readonly #config: MlpConfig;
  /** First to last. */
  readonly layers: readonly DenseLayer[];
  /** Weights, biases and scales of each layer. */
  readonly blocks: readonly ParameterBlock[];
  readonly #sums: number;
  /** A mask with all bits set, as long as the widest layer: only weights are ever masked. */
  readonly #noMask: number;
  readonly #widest: number;

  /** @param widths Features, hidden units of each layer, classes. */
  constructor(kernels: Kernels, arena: Arena, config: MlpConfig, widths: readonly number[]) {
    this.#kernels = kernels;
    this.#config = config;
    const size = 16 / lanesOf(kernels.precision);
    const skips = skipsOf(config);
    this.layers = widths.slice(1).map((outputs, n) => {
      const affine = reserveAffine(arena, widths[n], outputs, size);
      const mask = arena.region(affine.weightBytes);
      const random = arena.region(GENERATOR_BYTES);
      const isNormalized = config.batchNorm === "on" && n < config.hidden.length;
      const norm = isNormalized ? reserveNorm(arena, outputs, affine.biasBytes) : undefined;
      const isShaken = config.shakeDrop > 0 && skips[n];
      const shaking = isShaken ? arena.region(GENERATOR_BYTES) : undefined;
      return { ...affine, mask, random, norm, shaking };
    });
    this.#sums = arena.region(64);
    this.#widest = Math.max(...this.layers.map(({ biasBytes }) => biasBytes));
    const noMask = this.#noMask = arena.region(this.#widest);
    this.blocks = this.layers.flatMap((layer): ParameterBlock[] => {
      const { inputs, outputs, w, dw, mask, weightBytes, b, db, biasBytes, norm } = layer;
      const perUnit = { inputs: 1, outputs, mask: noMask, bytes: biasBytes };
      return [
        { kind: "weights", inputs, outputs, values: w, gradient: dw, mask, bytes: weightBytes },
        { kind: "biases", values: b, gradient: db, ...perUnit },
        ...norm
          ? [{ kind: "scales", values: norm.scale, gradient: norm.dscale, ...perUnit } as const]
          : [],
      ];
    });
  }

  /** What initial weights and streams depend on beside the seed. */
  get drawing(): unknown {
    const { init, initScale } = this.#config;
    const layers = this.layers.map(({ inputs, outputs, shaking }) => {
      return [inputs, outputs, shaking !== undefined];
    });
    return [init, initScale, layers];
  }

  /** Draws the initial weights and seeds the streams of layers; biases start at 0. */
  initialize(seed: number | string): void {
    const kernels = this.#kernels;
    const { init, initScale } = this.#config;
    this.#reset();
    this.layers.forEach(({ w, inputs, outputs, random, shaking }, n) => {
      seedGenerator(kernels, random, `${seed}/init/${n}`);
      if (init === "glorot") {
        kernels.drawUniform(random, w, inputs, outputs, Math.sqrt(6 / (inputs + outputs)));
      } else {
        const scale = init === "he" ? Math.sqrt(2 / inputs) : initScale;
        kernels.drawNormal(random, w, inputs, outputs, scale);
      }
      seedGenerator(kernels, random, `${seed}/dropout/${n}`);
      if (shaking !== undefined) seedGenerator(kernels, shaking, `${seed}/shake_drop/${n}`);
    });
  }

  /** The size of what `saveInitial()` copies. */
  get initialBytes(): number {
    return this.#drawn().reduce((sum, { length }) => sum + length, 0);
  }

  /** Copies of what `initialize()` has drawn. */
  saveInitial(): Uint8Array[] {
    return this.#drawn().map((bytes) => bytes.slice());
  }

  /** Does what `initialize()` did when the copies were made. */
  initializeFrom(saved: readonly Uint8Array[]): void {
    this.#reset();
    this.#drawn().forEach((bytes, n) => bytes.set(saved[n]));
  }

  #drawn(): Uint8Array[] {
    return this.layers.flatMap(({ w, weightBytes, random, shaking }) => [
      bytesAt(this.#kernels, w, weightBytes),
      bytesAt(this.#kernels, random, GENERATOR_BYTES),
      ...shaking === undefined ? [] : [bytesAt(this.#kernels, shaking, GENERATOR_BYTES)],
    ]);
  }

  /** Sets all bits of all masks, and batch normalization to its start. */
  #reset(): void {
    bytesAt(this.#kernels, this.#noMask, this.#widest).fill(0xff);
    for (const { mask, weightBytes, norm } of this.layers) {
      bytesAt(this.#kernels, mask, weightBytes).fill(0xff);
      if (norm) initializeNorm(this.#kernels, norm);
    }
  }

  /** Sums over all weights, layer by layer. */
  weightSums(): WeightSums {
    let l1 = 0;
    let squares = 0;
    let zeros = 0;
    let count = 0;
    for (const { w, inputs, outputs } of this.layers) {
      this.#kernels.weightSums(w, inputs, outputs, this.#sums);
      const sums = new Float64Array(this.#kernels.memory.buffer, this.#sums, 3);
      l1 += sums[0];
      squares += sums[1];
      zeros += sums[2];
      count += inputs * outputs;
    }
    return { l1, squares, sparsity: zeros / count };
  }

  /** Copies of all parameters, row-major. */
  trainedLayers(): TrainedLayer[] {
    return this.layers.map(({ w, b, inputs, outputs, norm }) => {
      const values = this.#values();
      const size = values.BYTES_PER_ELEMENT;
      const weight = new Float32Array(inputs * outputs);
      for (let o = 0; o < outputs; o++) {
        const first = w / size + weightIndex(inputs, 0, o);
        for (let i = 0; i < inputs; i++) weight[i * outputs + o] = values[first + 4 * i];
      }
      const bias = Float32Array.from(values.subarray(b / size, b / size + outputs));
      return {
        ...{ inputs, outputs, weight, bias },
        ...norm && { norm: trainedNorm(this.#kernels, norm) },
      };
    });
  }

  /** Sets all parameters to those that `trainedLayers()` would then give; padding stays as it is. */
  load(layers: readonly TrainedLayer[]): void {
    this.layers.forEach(({ w, b, inputs, outputs, norm }, n) => {
      const { weight, bias, norm: trained } = layers[n];
      const values = this.#values();
      const size = values.BYTES_PER_ELEMENT;
      for (let o = 0; o < outputs; o++) {
        const first = w / size + weightIndex(inputs, 0, o);
        for (let i = 0; i < inputs; i++) values[first + 4 * i] = weight[i * outputs + o];
      }
      values.set(bias, b / size);
      if (norm && trained) loadNorm(this.#kernels, norm, trained);
    });
  }

  /** Copies of all parameters in the layout of the kernels' memory. */
  save(): KeptCopies {
    return copyKept(this.saved());
  }

  /** Sets all parameters to the copies that `save()` returned. */
  restore(saved: KeptCopies): void {
    restoreKept(this.saved(), saved);
  }

  /** What `save()` copies. */
  saved(): KeptBytes[] {
    return this.layers.flatMap(({ w, weightBytes, b, biasBytes, norm }, n) => [
      { name: `layer${n}.weight`, bytes: bytesAt(this.#kernels, w, weightBytes) },
      { name: `layer${n}.bias`, bytes: bytesAt(this.#kernels, b, biasBytes) },
      ...norm ? keptNorm(this.#kernels, norm, `layer${n}`) : [],
    ]);
  }

  /** The parameters, and what else of the layers lives from step to step. */
  kept(): KeptBytes[] {
    const kernels = this.#kernels;
    const generator = (name: string, state: number) => {
      return { name, bytes: bytesAt(kernels, state, GENERATOR_BYTES) };
    };
    const others = this.layers.flatMap(({ mask, weightBytes, random, shaking }, n): KeptBytes[] => [
      { name: `layer${n}.mask`, bytes: bytesAt(kernels, mask, weightBytes), isMask: true },
      generator(`layer${n}.dropout`, random),
      ...shaking === undefined ? [] : [generator(`layer${n}.shake_drop`, shaking)],
    ]);
    return [...this.saved(), ...others];
  }

  #values(): Float32Array | Float64Array {
    const { precision, memory } = this.#kernels;
    return precision === "f32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
  }
}
