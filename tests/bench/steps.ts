import { compileNative } from "../../src/kernels/compile_native.ts";
import type { Kernels } from "../../src/kernels/kernels.ts";
import { nativeKernels } from "../../src/kernels/native_kernels.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import type { Measurement } from "./measure.ts";
import { DIGITS_SHAPE, fastest, modelStep, stepFlops } from "./model_step.ts";
import { notMeasured, Peer } from "./peers.ts";

/** Steps of one turn; a peer takes as many. */
const STEPS = 10;
const TURNS = 20;

/** Which kernels a step is taken with. */
type Implementation = "WebAssembly" | "native";

interface StepCase {
  readonly values: Config;
  /** Rows of the batch; all training rows if not given. */
  readonly rows?: number;
  /** How many times as fast as NumPy it should be. */
  readonly targets?: Readonly<Partial<Record<Implementation, number>>>;
}

/** What a peer has too has the same name there. */
const CASES: Readonly<Record<string, StepCase>> = {
  "relu, identity": { values: linear({}), targets: { WebAssembly: 1.3, native: 3 } },
  "relu, identity, L1": { values: linear({ l1_penalty: 1e-4 }), targets: { WebAssembly: 1.3 } },
  "relu, identity, L2": { values: linear({ l2_penalty: 1e-4 }), targets: { WebAssembly: 1.3 } },
  "relu, identity, pruning": {
    values: linear({ prune_threshold: 0.1 }),
    targets: { WebAssembly: 1.3 },
  },
  "relu, identity, dropout 0.025": {
    values: linear({ dropout: [0, 0.025] }),
    targets: { WebAssembly: 1.2, native: 2.2 },
  },
  "relu, identity, dropout 0.2": {
    values: linear({ dropout: [0, 0.2] }),
    targets: { WebAssembly: 0.9, native: 1.4 },
  },
  "relu, relu": { values: {}, targets: { native: 1.25 } },
  "relu, relu, dropout 0.2": { values: { dropout: [0, 0.2] }, targets: { native: 1.25 } },
  "relu, relu, 64 rows": { values: {}, rows: 64, targets: { native: 1.5 } },
  "relu, relu, 32 rows": { values: {}, rows: 32, targets: { native: 1.5 } },
  "tanh, tanh": { values: { activation: "tanh" } },
};

/** The same of other peers, for native kernels. */
const PEER_TARGETS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  PyTorch: { "relu, relu": 1 },
};

function linear(values: Config): Config {
  return { activation: ["relu", "identity"], ...values };
}

const PEERS = [
  { name: "NumPy", script: "numpy_step.py", module: "numpy" },
  { name: "PyTorch", script: "torch_step.py", module: "torch" },
  { name: "scikit-learn", script: "sklearn_step.py", module: "sklearn" },
];

/** A peer that was found: what it is, and its time for the cases that it has. */
interface Measured {
  readonly name: string;
  readonly what: string;
  readonly best: Map<string, number>;
  readonly peer: Peer;
}

/**
 * Training steps of the default model on all rows of the digits, and those of peers, all in turns.
 *
 * @param peakRate GFLOP/s of strict multiply-then-add in WebAssembly.
 */
export async function measureSteps(peakRate: number): Promise<Measurement[]> {
  const [library] = await compileNative();
  const kernelsOn: Record<Implementation, ((kernels: Kernels) => Kernels) | undefined> = {
    WebAssembly: undefined,
    native: (kernels) => nativeKernels(library, kernels),
  };
  const steps = Object.entries(CASES).map(([name, { values, rows = DIGITS_SHAPE.rows }]) => ({
    name,
    ours: (Object.keys(kernelsOn) as Implementation[]).map((implementation) => ({
      implementation,
      step: modelStep(values, { ...DIGITS_SHAPE, rows }, kernelsOn[implementation]),
    })),
  }));
  const ours: Record<Implementation, Map<string, number>> = {
    WebAssembly: new Map(),
    native: new Map(),
  };
  const peers: Measured[] = [];
  const missing: Measurement[] = [];
  try {
    for (const { name, script, module } of PEERS) {
      const peer = await Peer.start(script, { module });
      if (!peer) missing.push(notMeasured(`against ${name}`, module));
      else peers.push(await introduce(name, peer));
    }
    for (let turn = 0; turn < TURNS; turn++) {
      for (const { name, ours: own } of steps) {
        for (const { implementation, step } of own) {
          keepLeast(ours[implementation], name, fastest(step, STEPS));
        }
        for (const { best, peer } of peers) {
          if (best.has(name)) keepLeast(best, name, Number(await peer.ask(name)));
        }
      }
    }
  } finally {
    for (const { peer } of peers) peer.close();
  }
  return [
    ...times(ours, peakRate),
    ...peers.flatMap((peer) => [
      ...compare("WebAssembly", ours.WebAssembly, peer),
      ...compare("native", ours.native, peer),
    ]),
    ...missing,
  ];
}

async function introduce(name: string, peer: Peer): Promise<Measured> {
  const { what, cases } = JSON.parse(await peer.answer());
  const best = new Map<string, number>(cases.map((each: string) => [each, Infinity]));
  return { name, what, best, peer };
}

function keepLeast(best: Map<string, number>, name: string, time: number): void {
  best.set(name, Math.min(best.get(name) ?? Infinity, time));
}

function times(
  ours: Readonly<Record<Implementation, ReadonlyMap<string, number>>>,
  peakRate: number,
): Measurement[] {
  const rows = Object.entries(ours).flatMap(([implementation, best]) =>
    [...best].map(([name, value]) => {
      return { name: `one step, ${implementation}: ${name}`, value, unit: "ms" };
    })
  );
  const bound = stepFlops([128, 128], DIGITS_SHAPE) / peakRate / 1e6;
  return [...rows, {
    name: "one step, WebAssembly: relu, relu, over its FLOPs at the peak",
    value: (ours.WebAssembly.get("relu, relu") ?? NaN) / bound,
    unit: "times",
    target: { kind: "at most", value: 1.35 },
    note: `${bound.toFixed(2)} ms at the peak of 128 bits`,
  }];
}

function compare(
  implementation: Implementation,
  ours: ReadonlyMap<string, number>,
  { name, what, best }: Measured,
): Measurement[] {
  return [...best].map(([each, theirs]) => {
    const target = name === "NumPy"
      ? CASES[each].targets?.[implementation]
      : implementation === "native"
      ? PEER_TARGETS[name]?.[each]
      : undefined;
    const time = ours.get(each) ?? NaN;
    return {
      name: `${implementation} against ${name}: ${each}`,
      value: theirs / time,
      unit: "times as fast",
      target: target === undefined ? undefined : { kind: "at least", value: target },
      note: `${time.toFixed(3)} ms; ${what}, one thread: ${theirs.toFixed(3)} ms`,
    };
  });
}
