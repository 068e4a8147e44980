import { IS_CI } from "../_ci.ts";
import { type FaultTally, leaveTallies } from "../_tally.ts";
import { Workspace } from "../end_to_end/_workspace.ts";
import { type Fault, TooLateError } from "./_fault.ts";
import { EXPERIMENT, FaultBench, type Recovery, type Undisturbed } from "./_fault_bench.ts";
import { faultKinds } from "./_fault_kinds.ts";

/** Without `--all`, the share of the random faults: of signals, each at each kind of moment. */
const SHARE = 9 / 200;
/** Cases at a time. */
const LANES = 2;
/** Of a fault that has to hit a sweep before it ends. */
const ATTEMPTS = 10;
/** So that there is progress to see. */
const CASES_PER_STEP = 20;

const kinds = await faultKinds(Deno.args.includes("--all") ? 1 : SHARE);
const tallies: FaultTally[] = [];

/** What every sweep here has to come to, however it was disturbed; its files are kept to the end. */
let undisturbed: Promise<Undisturbed> | undefined;
const end = Promise.withResolvers<void>();
let removed: Promise<void> = Promise.resolve();

function sweepUndisturbed(): Promise<Undisturbed> {
  return undisturbed ??= new Promise((resolve, reject) => {
    removed = Workspace.use(async (workspace) => {
      const file = await workspace.experiment(EXPERIMENT);
      resolve(await FaultBench.sweepUndisturbed(workspace, file));
      await end.promise;
    }).catch(reject);
  });
}

for (const { kind, answer, faults, obstacle } of kinds) {
  const skipped = obstacle === undefined ? "" : ` (skipped: ${obstacle})`;
  const injected = faults.reduce((sum, { count = 1 }) => sum + count, 0);
  Deno.test({
    name: `faults: ${injected} of ${kind}${skipped}`,
    ignore: obstacle !== undefined && !IS_CI,
    fn: async (test) => {
      const recoveries: Recovery[] = [];
      let recovered = 0;
      const failures: string[] = [];
      const recover = async (fault: Fault) => {
        try {
          recoveries.push(await recoveryFrom(fault));
          recovered += fault.count ?? 1;
        } catch (error) {
          failures.push(`${fault.name}: ${error instanceof Error ? error.stack : error}`);
        }
      };
      for (let first = 0; first < faults.length; first += CASES_PER_STEP) {
        const step = faults.slice(first, first + CASES_PER_STEP);
        const name = `${first + 1} to ${first + step.length} of ${faults.length}`;
        await test.step(name, () => inLanes(step, recover));
      }
      const sum = (count: (recovery: Recovery) => number) =>
        recoveries.reduce((sum, recovery) => sum + count(recovery), 0);
      const lost = sum((recovery) => recovery.lost);
      const computedTwice = sum((recovery) => recovery.computedTwice);
      tallies.push({
        kind,
        injected,
        recovered,
        lost,
        computedTwice,
        answer,
      });
      if (lost > 0) failures.push(`${lost} runs were lost`);
      if (computedTwice !== 0) failures.push(`${computedTwice} runs were computed twice`);
      if (failures.length > 0) throw new Error(failures.join("\n\n"));
    },
  });
}

Deno.test.afterAll(async () => {
  end.resolve();
  await removed;
  await leaveTallies("faults", { faults: tallies });
});

/** Disturbs sweeps until one is hit, and runs the same command again. */
async function recoveryFrom(fault: Fault): Promise<Recovery> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    try {
      return await disturbAndRecover(fault);
    } catch (error) {
      if (!(error instanceof TooLateError)) throw error;
    }
  }
  return await disturbAndRecover(fault);
}

async function disturbAndRecover({ disturb, within }: Fault): Promise<Recovery> {
  let recovery: Recovery = { lost: NaN, computedTwice: NaN };
  await FaultBench.use(await sweepUndisturbed(), async (bench) => {
    const work = async () => {
      await disturb(bench);
      recovery = await bench.recover();
    };
    await (within ? within(bench, work) : work());
  });
  return recovery;
}

/** Does work on items, so many at a time. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
