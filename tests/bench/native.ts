import { fileURLToPath } from "node:url";
import { compileNative } from "../../src/kernels/compile_native.ts";
import type { Kernels, Precision } from "../../src/kernels/kernels.ts";
import { nativeKernels } from "../../src/kernels/native_kernels.ts";
import type { VectorBits } from "../../src/kernels/native_options.ts";
import {
  forwardProduct,
  kernelsWithRoom,
  type Layer,
  stepProducts,
  weightsProduct,
  type Work,
} from "./kernels.ts";
import { bestTimes, type Measurement } from "./measure.ts";

const ROUNDS = 300;
const PEAK_TURNS = 10_000;
/** Smaller products are repeated until there is something to time. */
const LEAST_FLOPS = 2e6;

const PRECISIONS: Readonly<Record<Precision, string>> = { f32: "float32", f64: "float64" };

const SHAPES: readonly Layer[] = [
  [1080, 64, 128],
  [1080, 128, 128],
  [1080, 128, 10],
  [1080, 10, 128],
  [1080, 784, 128],
  [1080, 128, 300],
  [1080, 7, 128],
  [1080, 128, 7],
  [1080, 7, 7],
  [1080, 1, 128],
  [1080, 128, 1],
  [64, 64, 128],
  [64, 128, 128],
  [64, 128, 10],
  [32, 128, 128],
  [32, 128, 10],
  [1, 128, 128],
].map(([rows, inputs, outputs]) => ({ rows, inputs, outputs }));

/**
 * The products of native kernels: a training step's over the strict peak of the widest vectors, and
 * those of single layers over the time of WebAssembly's, each in turns.
 */
export async function measureNative(): Promise<Measurement[]> {
  const [library] = await compileNative();
  const { bits } = library;
  const peak = await loadPeak(bits);
  const measurements: Measurement[] = [];
  for (const precision of Object.keys(PRECISIONS) as Precision[]) {
    const wasm = await kernelsWithRoom(precision);
    const native = nativeKernels(library, wasm);
    measurements.push(...measureStep(native, peak, bits));
    for (const layer of SHAPES) {
      measurements.push(
        compare("forward", layer, forwardProduct(wasm, layer), forwardProduct(native, layer)),
        compare("weights", layer, weightsProduct(wasm, layer), weightsProduct(native, layer)),
      );
    }
  }
  return measurements;
}

/** Single-precision multiply-then-add with registers only, on vectors of a width. */
async function loadPeak(bits: VectorBits): Promise<Work> {
  const source = fileURLToPath(new URL("./native/peak.c", import.meta.url));
  const library = await Deno.makeTempFile({ suffix: ".so" });
  const options = ["-O3", "-ffp-contract=off", "-fPIC", "-shared"];
  const { success } = await new Deno.Command("cc", { args: [...options, "-o", library, source] })
    .output();
  if (!success) throw new Error(`cc cannot compile ${source}`);
  const { symbols } = Deno.dlopen(library, {
    peak: { name: `peak${bits}`, parameters: ["u32"], result: "f32" },
    operationsPerTurn: { name: "OPERATIONS_PER_TURN", type: "u32" },
  });
  await Deno.remove(library);
  return {
    flops: PEAK_TURNS * Number(symbols.operationsPerTurn) * bits / 32,
    run: () => void symbols.peak(PEAK_TURNS),
  };
}

function measureStep(native: Kernels, peak: Work, bits: VectorBits): Measurement[] {
  const products = stepProducts(native);
  const times = bestTimes({ peak: peak.run, products: products.run }, ROUNDS);
  const peakRate = peak.flops / times.peak / 1e6 / (native.precision === "f32" ? 1 : 2);
  const rate = products.flops / times.products / 1e6;
  const precision = PRECISIONS[native.precision];
  return [
    {
      name: `native, ${precision}: multiply-then-add peak, registers only`,
      value: peakRate,
      unit: "GFLOP/s",
      note: `vectors of ${bits} bits`,
    },
    {
      name: `native, ${precision}: matrix products of a training step`,
      value: rate,
      unit: "GFLOP/s",
    },
    {
      name: `native, ${precision}: products over peak`,
      value: rate / peakRate,
      unit: "",
      target: { kind: "at least", value: 0.8 },
    },
  ];
}

function compare(
  name: string,
  { rows, inputs, outputs }: Layer,
  theirs: Work,
  ours: Work,
): Measurement {
  const calls = Math.ceil(LEAST_FLOPS / ours.flops);
  const repeat = (work: Work) => () => {
    for (let call = 0; call < calls; call++) work.run();
  };
  const times = bestTimes({ theirs: repeat(theirs), ours: repeat(ours) }, ROUNDS / 10);
  return {
    name: `native ${name} of ${rows} rows, ${inputs} to ${outputs}, against WebAssembly`,
    value: times.theirs / times.ours,
    unit: "times as fast",
    target: { kind: "at least", value: 1 },
    note: `${(calls * ours.flops / times.ours / 1e6).toFixed(1)} GFLOP/s`,
  };
}
