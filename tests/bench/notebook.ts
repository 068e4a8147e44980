import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { resolveConfig } from "../../src/experiment/config.ts";
import type { Config } from "../../src/experiment/hyperparameters.ts";
import { createTrainer } from "../../src/train/create_trainer.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import type { Measurement } from "./measure.ts";
import { DIGITS_TASK, loadDigits } from "./training.ts";

const PEER = new URL("./peers/notebook_peer.py", import.meta.url).pathname;
const DIGITS = new URL("../../data/digits.csv", import.meta.url).pathname;
/** Beside the project where it is developed. */
const NOTEBOOK = new URL("../../../shared/notebook/notebook.txt", import.meta.url).pathname;

const STEPS = 60;
const TURNS = 6;
/** Of our time to the notebook's. */
const TARGET = { kind: "at most", value: 1.2 } as const;

const CASES: Readonly<Record<string, Config>> = {
  "as published": {},
  "no dropout, no pruning": { dropout_rate: 0, pruning_rate: 0 },
  "dropout 0.05": { dropout_rate: 0.05 },
  "dropout 0.1": { dropout_rate: 0.1 },
  "dropout 0.5, L1 and L2": { dropout_rate: 0.5, lambda_l1: 0.1, lambda_l2: 1 },
};

/**
 * Steps of the `notebook` trainer against the notebook in NumPy, in turns, so that what slows one
 * down slows both; nothing and a reason where there is no NumPy.
 */
export async function measureNotebook(): Promise<{ measurements: Measurement[]; reason?: string }> {
  const trainer = createTrainer("notebook", await loadDigits());
  const peer = new Peer();
  try {
    const what = await peer.answer();
    if (what === undefined) return { measurements: [], reason: "NumPy: python3 has none" };
    const best = new Map<string, { ours: number; theirs: number }>();
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [name, values] of Object.entries(CASES)) {
        const before = best.get(name) ?? { ours: Infinity, theirs: Infinity };
        const ours = await stepMilliseconds(trainer, values);
        const theirs = await peer.stepMilliseconds(values);
        best.set(name, {
          ours: Math.min(before.ours, ours),
          theirs: Math.min(before.theirs, theirs),
        });
      }
    }
    return {
      measurements: [...best].map(([name, { ours, theirs }]) => ({
        name: `notebook: ${name}`,
        value: ours / theirs,
        unit: "times its time",
        target: TARGET,
        note: `${ours.toFixed(2)} ms a step; ${what} in NumPy, one thread: ${theirs.toFixed(2)} ms`,
      })),
    };
  } finally {
    peer.close();
  }
}

/** Without the start, which all runs have in common. */
async function stepMilliseconds(trainer: Trainer, values: Config): Promise<number> {
  const seconds = async (maxSteps: number) => {
    const config = resolveConfig("notebook", { ...values, "max_steps": maxSteps });
    const { result } = await trainer.train({ ...DIGITS_TASK, config, seed: 1337 });
    return result.trainSeconds;
  };
  return 1000 * (await seconds(STEPS) - await seconds(0)) / STEPS;
}

/** A Python process that times the notebook. */
class Peer {
  readonly #process = spawn("python3", [PEER, DIGITS, ...isThere(NOTEBOOK) ? [NOTEBOOK] : []], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  readonly #lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();

  constructor() {
    // A program that is not there ends the lines, too.
    this.#process.on("error", () => {});
  }

  /** Its next line; nothing if it has ended. */
  async answer(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next();
    return done ? undefined : value;
  }

  async stepMilliseconds(values: Config): Promise<number> {
    const settings = Object.entries(values).map(([key, value]) => {
      return [key.startsWith("lambda_") ? `my_${key}` : key, value];
    });
    const request = { ...Object.fromEntries(settings), "max_steps": STEPS };
    this.#process.stdin.write(JSON.stringify(request) + "\n");
    return Number(await this.answer());
  }

  close(): void {
    this.#process.stdin.end();
  }
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
