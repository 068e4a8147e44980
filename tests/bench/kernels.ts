import { compileKernels } from "../../src/kernels/compile_kernels.ts";
import { panelStride } from "../../src/kernels/layouts.ts";
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
  const products = await loadProducts();
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

interface Work {
  readonly flops: number;
  run(): void;
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

/** Forward, weight gradient and input gradient of every layer, the first layer's input left out. */
async function loadProducts(): Promise<Work> {
  const kernels = instantiateKernels(await loadKernelsModule(), "f32");
  kernels.memory.grow(512);
  const values = new Float32Array(kernels.memory.buffer);
  values.forEach((_, n) => values[n] = (n % 17) / 16 - 0.5);
  const panels = Math.ceil(ROWS / 4);
  const [x, dy, y, w, dw, bias] = [1, 5, 9, 13, 17, 21].map((megabytes) => megabytes << 20);
  const layers = WIDTHS.slice(1).map((outputs, n) => ({ inputs: WIDTHS[n], outputs }));
  const flops = layers.reduce(
    (sum, { inputs, outputs }, n) => sum + (n === 0 ? 2 : 3) * 2 * ROWS * inputs * outputs,
    0,
  );
  return {
    flops,
    run() {
      layers.forEach(({ inputs, outputs }, n) => {
        const xStride = panelStride(inputs);
        const yStride = panelStride(outputs);
        const outputPanels = Math.ceil(outputs / 4);
        const inputPanels = Math.ceil(inputs / 4);
        kernels.denseForward(x, w, bias, y, panels, inputs, outputPanels, xStride, yStride);
        kernels.denseBackwardWeights(
          x,
          dy,
          dw,
          bias,
          panels,
          inputs,
          outputPanels,
          xStride,
          yStride,
        );
        if (n === 0) return;
        kernels.denseForward(dy, w, bias, y, panels, outputs, inputPanels, yStride, xStride);
      });
    },
  };
}
