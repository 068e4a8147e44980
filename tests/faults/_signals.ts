import { assertEquals } from "@std/assert";
import { Dice } from "../_dice.ts";
import { finish } from "../end_to_end/_task.ts";
import { type Fault, TooLateError } from "./_fault.ts";
import { assertNoTrace, type FaultBench } from "./_fault_bench.ts";
import { killIfRunning, sleep, whenOrEnded } from "./_processes.ts";

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGKILL: 137 } as const;
export type EndingSignal = keyof typeof EXIT_CODES;

/** Waits for a moment of a sweep. */
type Moment = (bench: FaultBench, task: Deno.ChildProcess, dice: Dice) => Promise<void>;

/** Where a sweep can be hit: anywhere, between its first and last record, amid its files. */
const MOMENTS: readonly Moment[] = [
  async ({ undisturbed }, _, dice) => await sleep(1000 * dice.random() * undisturbed.seconds),
  async (bench, task, dice) => {
    const records = 1 + dice.below(bench.undisturbed.keys.size);
    await whenOrEnded(task, async () => (await bench.records()).size >= records);
    await sleep(10 * dice.random());
  },
  async ({ results }, task, dice) => {
    await whenOrEnded(task, () => hasNewFiles(results));
    await sleep(150 * dice.random());
  },
];

/** A signal at a random moment, which its number determines. */
export function signalFault(signal: EndingSignal, number: number): Fault {
  const dice = new Dice(signal, number);
  const moment = MOMENTS[number % MOMENTS.length];
  return {
    name: `${signal} ${number}`,
    async disturb(bench) {
      const task = bench.start();
      await moment(bench, task, dice);
      killIfRunning(task, signal);
      const { code, stderr } = await finish(task);
      if (code === 0) throw new TooLateError();
      assertEquals(code, EXIT_CODES[signal], stderr);
      assertNoTrace(stderr);
      const kept = stderr.match(/Stopped; (\d+) of \d+ runs are kept/)?.[1];
      if (kept !== undefined) assertEquals(Number(kept), (await bench.records()).size);
    },
  };
}

/** True while files of a folder are being written. */
function hasNewFiles(folder: string): boolean {
  try {
    return Array.from(Deno.readDirSync(folder)).some(({ name }) => name.endsWith(".tmp"));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}
