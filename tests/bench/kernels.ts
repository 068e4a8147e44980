import { compileKernels } from "../../src/kernels/compile_kernels.ts";
import { panelStride } from "../../src/kernels/layouts.ts";
import { type Kernels, lanesOf, type Precision } from "../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { bestTimes, type Measurement } from "./measure.ts";

/** The digits' training rows and the widths of the default model. */
const ROWS = 1079;
const WIDTHS = [64, 128, 128, 10];
const ROUNDS = 400;

/** The products of one training step, and what multiply-then-add can do at most, in GFLOP/s. */
export async function measureKernels(): Promise<
  { peakRate: number; measurements: Measurement[] }
> {
  const peak = await loadPeak();
  const products = stepProducts(await kernelsWithRoom("f32"));
  const { peak: peakTime, products: productsTime } = bestTimes(
    { peak: peak.run, products: products.run },
    ROUNDS,
  );
  const peakRate = peak.flops / peakTime / 1e6;
  const rate = products.flops / productsTime / 1e6;
  const measurements: Measurement[] = [
    { name: "multiply-then-add peak, registers only", value: peakRate, unit: "GFLOP/s" },
    {
      name: "matrix products of a training step",
      value: rate,
      unit: "GFLOP/s",
      note: `${WIDTHS.join("-")}, ${ROWS} rows`,
    },
    {
      name: "products over peak",
      value: rate / peakRate,
      unit: "",
      target: { kind: "at least", value: 0.8 },
    },
  ];
  return { peakRate, measurements };
}

/** What can be timed, and how many floating-point operations it has. */
export interface Work {
  readonly flops: number;
  run(): void;
}

/** Rows and widths of one layer. */
export interface Layer {
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

async function loadPeak(): Promise<Work> {
  const source = new URL("./assembly/peak.ts", import.meta.url);
  const { instance } = await WebAssembly.instantiate(await compileKernels(source), {
    env: { memory: new WebAssembly.Memory({ initial: 1 }) },
  });
  const { run, OPERATIONS_PER_TURN } = instance.exports as {
    run: (turns: number) => number;
    OPERATIONS_PER_TURN: WebAssembly.Global;
  };
  const turns = 100_000;
  return { flops: turns * Number(OPERATIONS_PER_TURN.value) * 4, run: () => void run(turns) };
}

/** WebAssembly's kernels with a memory in which every number is ordinary. */
export async function kernelsWithRoom(precision: Precision): Promise<Kernels> {
  const kernels = instantiateKernels(await loadKernelsModule(), precision);
  kernels.memory.grow(MEGABYTES * 16);
  const { buffer } = kernels.memory;
  const values = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  values.forEach((_, n) => values[n] = (n % 17) / 16 - 0.5);
  return kernels;
}

/** The kernels' memory, and where matrices are in it. */
const MEGABYTES = 128;
const [X, DY, Y, W, DW, BIAS] = [1, 25, 50, 75, 85, 95].map((megabytes) => megabytes << 20);

/** The forward product of a layer, y = x·w. */
export function forwardProduct(kernels: Kernels, layer: Layer): Work {
  const shape = productShape(kernels, layer);
  return { flops: flopsOf(layer), run: () => kernels.denseForward(X, W, BIAS, Y, ...shape) };
}

/** The product for the gradients of a layer's weights, dw = xᵀ·dy. */
export function weightsProduct(kernels: Kernels, layer: Layer): Work {
  const shape = productShape(kernels, layer);
  return {
    flops: flopsOf(layer),
    run: () => kernels.denseBackwardWeights(X, DY, DW, BIAS, ...shape),
  };
}

/** What a layer's kernels take after their offsets. */
function productShape({ precision }: Kernels, { rows, inputs, outputs }: Layer) {
  const panels = Math.ceil(rows / lanesOf(precision));
  const outputPanels = Math.ceil(outputs / 4);
  return [panels, inputs, outputPanels, panelStride(inputs), panelStride(outputs)] as const;
}

function flopsOf({ rows, inputs, outputs }: Layer): number {
  return 2 * rows * inputs * outputs;
}

/** Forward, weight gradient and input gradient of every layer, the first layer's input left out. */
export function stepProducts(kernels: Kernels): Work {
  const works = WIDTHS.slice(1).flatMap((outputs, n) => {
    const inputs = WIDTHS[n];
    const layer = { rows: ROWS, inputs, outputs };
    const turned = { rows: ROWS, inputs: outputs, outputs: inputs };
    return [
      forwardProduct(kernels, layer),
      weightsProduct(kernels, layer),
      ...n > 0 ? [forwardProduct(kernels, turned)] : [],
    ];
  });
  return {
    flops: works.reduce((sum, { flops }) => sum + flops, 0),
    run: () => works.forEach((work) => work.run()),
  };
}
