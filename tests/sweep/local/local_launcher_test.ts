import {
  assert,
  assertEquals,
  assertLess,
  assertLessOrEqual,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import type { ChosenLibrary } from "../../../src/trainers/choose_library.ts";
import type { Dataset } from "../../../src/dataset/dataset.ts";
import type { LaunchedRun } from "../../../src/sweep/launcher.ts";
import type { Admission } from "../../../src/sweep/launcher.ts";
import { LocalLauncher } from "../../../src/sweep/local/local_launcher.ts";
import type { PlannedRun } from "../../../src/sweep/planned_run.ts";
import { HANG_SECONDS } from "../../_hang_seconds.ts";
import { plannedRuns } from "../_planned_runs.ts";

interface Launched {
  readonly outcomes: LaunchedRun[];
  readonly problems: string[];
  /** By seed, how often the run was begun. */
  readonly begun: Int32Array;
}

interface Launching {
  readonly library?: ChosenLibrary;
  readonly workers?: number;
  readonly worker?: string;
  readonly signal?: AbortSignal;
  readonly runTimeoutSeconds?: number;
  readonly admit?: (run: PlannedRun) => Admission;
  readonly onOutcome?: (outcome: LaunchedRun, begun: Int32Array) => void | Promise<void>;
  /** Called when some run has begun. */
  readonly onBegun?: (begun: Int32Array) => Promise<void>;
}

/** Launches runs whose configs tell the fixture worker how to behave. */
async function launch(
  runs: readonly PlannedRun[],
  launching: Launching = {},
): Promise<Launched> {
  const { workers = 2, worker = "worker.ts", library, signal, runTimeoutSeconds, admit } =
    launching;
  const begun = new Int32Array(new SharedArrayBuffer(4 * Math.max(1, runs.length)));
  const isOver = new Int32Array(new SharedArrayBuffer(4));
  const launcher = new LocalLauncher({
    workers,
    context: {
      kernels: new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)),
      dataset: { counts: begun, isOver } as unknown as Dataset,
    },
    library,
    runTimeoutSeconds,
    workerUrl: new URL(`./fixtures/${worker}`, import.meta.url),
  });
  const outcomes: LaunchedRun[] = [];
  const problems: string[] = [];
  const options = {
    signal: signal ?? AbortSignal.timeout(1000 * HANG_SECONDS),
    onProblem: (message: string) => problems.push(message),
    admit,
  };
  const watching = launching.onBegun && whenBegun(begun).then(() => launching.onBegun?.(begun));
  try {
    for await (const outcome of launcher.launch(runs, options)) {
      outcomes.push(outcome);
      await launching.onOutcome?.(outcome, begun);
    }
    await watching;
  } finally {
    Atomics.store(isOver, 0, 1);
  }
  return { outcomes, problems, begun };
}

async function whenBegun(begun: Int32Array): Promise<void> {
  while (begun.every((count) => count === 0)) await sleep(10);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function behaving(...behaviours: string[]): PlannedRun[] {
  return plannedRuns(behaviours.map((behaviour) => ({ behaviour })));
}

function seedsOf(outcomes: readonly LaunchedRun[]): number[] {
  return outcomes.map(({ run }) => run.task.seed).sort((a, b) => a - b);
}

Deno.test("LocalLauncher yields every run once, with its own result", async () => {
  const runs = behaving(...Array.from({ length: 23 }, () => "finishes"));
  const { outcomes, problems, begun } = await launch(runs);
  assertEquals(seedsOf(outcomes), runs.map(({ task }) => task.seed));
  for (const { run, result, failure } of outcomes) {
    assertEquals([result?.digest, failure], [`digest of ${run.task.seed}`, undefined]);
  }
  assertEquals(problems, []);
  assert(begun.every((count) => count === 1));
});

Deno.test("LocalLauncher begins runs in the order given", async () => {
  const { outcomes } = await launch(behaving("finishes", "finishes", "finishes"), { workers: 1 });
  assertEquals(outcomes.map(({ run }) => run.task.seed), [0, 1, 2]);
});

Deno.test("LocalLauncher ends at once without runs", async () => {
  assertEquals((await launch([])).outcomes, []);
});

for (const behaviour of ["throws once", "closes once"]) {
  Deno.test(`LocalLauncher tries a run again: ${behaviour}`, async () => {
    const { outcomes, problems, begun } = await launch(behaving("finishes", behaviour, "finishes"));
    assertEquals(seedsOf(outcomes), [0, 1, 2]);
    assert(outcomes.every(({ result }) => result));
    assertEquals([...begun], [1, 2, 1]);
    assertEquals(problems.length, 1);
    assertStringIncludes(problems[0], "cell 1, seed 1");
  });
}

const FATAL = {
  throws: "boom",
  closes: "its worker ended",
  exits: "its worker ended",
  "rejects elsewhere": "nobody caught this",
  "throws elsewhere": "nobody caught this",
};

for (const [behaviour, reason] of Object.entries(FATAL)) {
  for (const workers of [1, 2]) {
    Deno.test(`LocalLauncher with ${workers} workers goes on after: ${behaviour}`, async () => {
      const runs = behaving("finishes", behaviour, "finishes", "finishes", "finishes");
      const { outcomes, begun } = await launch(runs, { workers });
      assertEquals(seedsOf(outcomes), [0, 1, 2, 3, 4]);
      for (const { run, result, failure } of outcomes) {
        if (run.task.seed !== 1) assert(result, failure);
        else assertStringIncludes(failure ?? "no failure", reason);
      }
      assertEquals([...begun], [1, 2, 1, 1, 1]);
    });
  }
}

for (const workers of [1, 2]) {
  Deno.test(`LocalLauncher with ${workers} workers ends a run that hangs`, async () => {
    const runs = behaving("finishes", "hangs", "finishes", "finishes");
    const { outcomes, problems, begun } = await launch(runs, { workers, runTimeoutSeconds: 1 });
    assertEquals(seedsOf(outcomes), [0, 1, 2, 3]);
    for (const { run, result, failure } of outcomes) {
      if (run.task.seed !== 1) assert(result, failure);
      else assertStringIncludes(failure ?? "no failure", "no result after 1 s: stopped");
    }
    assertEquals(problems, []);
    assertEquals([...begun], [1, 1, 1, 1]);
  });
}

Deno.test("LocalLauncher does not count a run as hung because the process was suspended", async () => {
  const { now } = performance;
  let looks = 0;
  let hasEnded = false;
  // An hour passes between any two looks at the clock.
  performance.now = () => now.call(performance) + 3_600_000 * ++looks;
  try {
    // The run ends when the watch has looked a few times, or after the minute that it waits.
    const launching = launch(plannedRuns([{ behaviour: "waits for others", runs: 2 }]), {
      workers: 1,
      runTimeoutSeconds: 600,
      onBegun: async (begun) => {
        for (const first = looks; looks < first + 10 && !hasEnded;) await sleep(10);
        Atomics.add(begun, 0, 1);
      },
      onOutcome: () => {
        hasEnded = true;
      },
    });
    const { outcomes: [{ result, failure }] } = await launching;
    assertEquals([result?.digest, failure], ["digest of 0", undefined]);
  } finally {
    performance.now = now;
  }
});

Deno.test("LocalLauncher leaves out, and puts off, what it is told to", async () => {
  const asked = [0, 0, 0, 0];
  const { outcomes, begun } = await launch(behaving("finishes", "finishes", "finishes", "hangs"), {
    admit: ({ task: { seed } }) => {
      asked[seed]++;
      if (seed === 3) return "never";
      return seed === 0 && asked[0] < 3 ? "later" : "now";
    },
  });
  assertEquals(seedsOf(outcomes), [0, 1, 2]);
  assertEquals([...begun], [1, 1, 1, 0]);
  assertEquals(asked, [3, 1, 1, 1]);
});

Deno.test("LocalLauncher ends where it is to train nothing", async () => {
  const { outcomes } = await launch(behaving("hangs", "hangs"), { admit: () => "never" });
  assertEquals(outcomes, []);
});

Deno.test("LocalLauncher gives workers no permissions", async () => {
  const { outcomes } = await launch(behaving("reads the environment"));
  assertStringIncludes(outcomes[0].failure ?? "no failure", "Requires env access");
});

Deno.test("LocalLauncher lets workers load the library of native kernels and nothing else", async () => {
  const path = "/somewhere/library.so";
  const runs = plannedRuns([{ behaviour: "tells its permissions", library: path }]);
  const granted = async (launching: Launching) => {
    const { outcomes } = await launch(runs, launching);
    return outcomes[0].failure;
  };
  assertEquals(await granted({}), "granted: []");
  const library = { path, bits: 128, precisions: [] } as const;
  assertEquals(await granted({ library }), `granted: [{"name":"ffi","path":"${path}"}]`);
});

Deno.test("LocalLauncher leaves no run waiting behind a long one", async () => {
  // The long run ends only when all others have begun, one of which was sent to its worker.
  const runs = plannedRuns([
    { behaviour: "waits for others", runs: 6 },
    ...Array.from({ length: 5 }, () => ({ behaviour: "finishes" })),
  ]);
  const { outcomes, problems } = await launch(runs);
  assertEquals(problems, []);
  assertEquals(seedsOf(outcomes), [0, 1, 2, 3, 4, 5]);
});

Deno.test("LocalLauncher goes on training while its consumer is busy", async () => {
  const runs = behaving(...Array.from({ length: 8 }, () => "finishes"));
  let waited = false;
  await launch(runs, {
    onOutcome: async (_, begun) => {
      if (waited) return;
      waited = true;
      const deadline = performance.now() + 1000 * HANG_SECONDS;
      while (begun.some((count) => count === 0) && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      assertEquals(begun.every((count) => count === 1), true);
    },
  });
});

Deno.test("LocalLauncher admits no more runs than the consumer can catch up with", async () => {
  const runs = behaving(...Array.from({ length: 60 }, () => "finishes"));
  let [admitted, taken, most] = [0, 0, 0];
  const { outcomes } = await launch(runs, {
    admit: () => {
      admitted++;
      most = Math.max(most, admitted - taken);
      return "now";
    },
    onOutcome: async () => {
      taken++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
  });
  assertEquals(outcomes.length, 60);
  // One more is on its way to the loop.
  assertLessOrEqual(most, 2 * 2 + 8 + 1);
});

Deno.test("LocalLauncher stops when its signal aborts, and keeps what has finished", async () => {
  const stop = new AbortController();
  const runs = behaving("finishes", "hangs", "hangs", "finishes");
  const { outcomes } = await launch(runs, { signal: stop.signal, onOutcome: () => stop.abort() });
  assertEquals(seedsOf(outcomes), [0]);
});

Deno.test("LocalLauncher trains nothing if its signal has aborted", async () => {
  const { outcomes, begun } = await launch(behaving("finishes"), { signal: AbortSignal.abort() });
  assertEquals(outcomes, []);
  assertEquals([...begun], [0]);
});

Deno.test("LocalLauncher stops when its consumer leaves the loop", async () => {
  const start = performance.now();
  await assertRejects(
    () =>
      launch(behaving("finishes", "hangs", "hangs"), {
        onOutcome: () => {
          throw new Error("enough");
        },
      }),
    Error,
    "enough",
  );
  assertLess((performance.now() - start) / 1000, HANG_SECONDS);
});

Deno.test("LocalLauncher reports workers that cannot start", async () => {
  await assertRejects(
    () => launch(behaving("finishes", "finishes"), { worker: "worker_that_cannot_start.ts" }),
    Error,
    "A worker cannot start: no kernels",
  );
});
