import type { Config } from "../../src/trainers/hyperparameter.ts";
import type { Measurement } from "./measure.ts";
import { DIGITS_SHAPE, fastest, modelStep, stepFlops } from "./model_step.ts";
import { notMeasured, Peer } from "./peers.ts";

/** Steps of one turn; a peer takes as many. */
const STEPS = 10;
const TURNS = 20;

interface StepCase {
  readonly values: Config;
  /** How many times as fast as NumPy it should be. */
  readonly target?: number;
}

/** What a peer has too has the same name there. */
const CASES: Readonly<Record<string, StepCase>> = {
  "relu, identity": { values: linear({}), target: 1.3 },
  "relu, identity, L1": { values: linear({ l1_penalty: 1e-4 }), target: 1.3 },
  "relu, identity, L2": { values: linear({ l2_penalty: 1e-4 }), target: 1.3 },
  "relu, identity, pruning": { values: linear({ prune_threshold: 0.1 }), target: 1.3 },
  "relu, identity, dropout 0.025": { values: linear({ dropout: [0, 0.025] }), target: 1.2 },
  "relu, identity, dropout 0.2": { values: linear({ dropout: [0, 0.2] }), target: 0.9 },
  "relu, relu": { values: {} },
  "relu, relu, dropout 0.2": { values: { dropout: [0, 0.2] } },
  "tanh, tanh": { values: { activation: "tanh" } },
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
 * @param peakRate GFLOP/s of strict multiply-then-add.
 */
export async function measureSteps(peakRate: number): Promise<Measurement[]> {
  const steps = Object.entries(CASES).map(([name, { values }]) => {
    return { name, step: modelStep(values, DIGITS_SHAPE) };
  });
  const ours = new Map<string, number>();
  const peers: Measured[] = [];
  const missing: Measurement[] = [];
  try {
    for (const { name, script, module } of PEERS) {
      const peer = await Peer.start(script, { module });
      if (!peer) missing.push(notMeasured(`against ${name}`, module));
      else peers.push(await introduce(name, peer));
    }
    for (let turn = 0; turn < TURNS; turn++) {
      for (const { name, step } of steps) {
        keepLeast(ours, name, fastest(step, STEPS));
        for (const { best, peer } of peers) {
          if (best.has(name)) keepLeast(best, name, Number(await peer.ask(name)));
        }
      }
    }
  } finally {
    for (const { peer } of peers) peer.close();
  }
  const compared = peers.flatMap((peer) => compare(ours, peer));
  return [...times(ours, peakRate), ...compared, ...missing];
}

async function introduce(name: string, peer: Peer): Promise<Measured> {
  const { what, cases } = JSON.parse(await peer.answer());
  const best = new Map<string, number>(cases.map((each: string) => [each, Infinity]));
  return { name, what, best, peer };
}

function keepLeast(best: Map<string, number>, name: string, time: number): void {
  best.set(name, Math.min(best.get(name) ?? Infinity, time));
}

function times(ours: ReadonlyMap<string, number>, peakRate: number): Measurement[] {
  const rows = [...ours].map(([name, value]) => ({ name: `one step: ${name}`, value, unit: "ms" }));
  const bound = stepFlops([128, 128], DIGITS_SHAPE) / peakRate / 1e6;
  return [...rows, {
    name: "one step: relu, relu, over its FLOPs at the peak",
    value: (ours.get("relu, relu") ?? NaN) / bound,
    unit: "times",
    target: { kind: "at most", value: 1.35 },
    note: `${bound.toFixed(2)} ms at the peak`,
  }];
}

function compare(ours: ReadonlyMap<string, number>, { name, what, best }: Measured): Measurement[] {
  return [...best].map(([each, theirs]) => {
    const target = name === "NumPy" ? CASES[each].target : undefined;
    const time = ours.get(each) ?? NaN;
    return {
      name: `against ${name}: ${each}`,
      value: theirs / time,
      unit: "times as fast",
      target: target === undefined ? undefined : { kind: "at least", value: target },
      note: `${time.toFixed(2)} ms; ${what}, one thread: ${theirs.toFixed(2)} ms`,
    };
  });
}
