import { assert, assertEquals } from "@std/assert";
import { HANG_SECONDS } from "../../_hang_seconds.ts";
import { launchModule, launchModules } from "./_launch_module.ts";

const ENDLESS = "tests/sweep/local/fixtures/endless_module.ts";

Deno.test("LocalLauncher trains runs of modules: the same with one worker and with two", async () => {
  const statements = `yield { step: 0, predict: even, measures: { x: random("a")() } };`;
  const [one, two] = [
    await launchModule(statements, { runs: 6, workers: 1 }),
    await launchModule(statements, { runs: 6, workers: 2 }),
  ];
  const digests = ({ bySeed }: typeof one) => bySeed.map(({ result }) => result?.digest);
  assertEquals(digests(one), digests(two));
  assertEquals(new Set(digests(one)).size, 6);
});

Deno.test("LocalLauncher goes on after a run of a module that throws, and shows where once", async () => {
  const { bySeed, problems } = await launchModule(
    `yield { step: 0, predict: even };
    if (seed % 2 === 1) throw new Error("odd");`,
    { runs: 4 },
  );
  assertEquals(bySeed.map(({ failure }) => failure), [
    undefined,
    "trainers/t.ts:3:31: Error: odd",
    undefined,
    "trainers/t.ts:3:31: Error: odd",
  ]);
  assertEquals(problems.length, 1);
  assert(problems[0].includes("trainers/t.ts:3:31: Error: odd\n    at "), problems[0]);
});

Deno.test("LocalLauncher ends a run of a module that never ends, and its thread", async () => {
  const { bySeed } = await launchModule(
    `yield { step: 0, predict: even };
    while (seed === 1);`,
    { runs: 4, runTimeoutSeconds: 15 },
  );
  assertEquals(bySeed.map(({ failure }) => failure), [
    undefined,
    "no result after 15 s: stopped; --run-timeout allows more",
    undefined,
    undefined,
  ]);
});

Deno.test("LocalLauncher fails the first run of a module whose results depend on earlier runs", async () => {
  const { bySeed } = await launchModule(
    `globalThis.runs = (globalThis.runs ?? 0) + 1;
    yield { step: 0, predict: even, measures: { runs: globalThis.runs } };`,
    { runs: 3, workers: 1 },
  );
  assertEquals(bySeed.map(({ failure }) => failure), [
    "trainer t is not deterministic: this run, trained first and once more after all others, has " +
    "two results",
    undefined,
    undefined,
  ]);
});

Deno.test("LocalLauncher shows what a module prints once for each run", async () => {
  const { messages } = await launchModule(
    'console.log("seed", seed); yield { step: 0, predict: even };',
    { runs: 4 },
  );
  assertEquals(
    messages.toSorted(),
    [0, 1, 2, 3].map((seed) => `cell ${seed}, seed ${seed}: seed ${seed}`),
  );
});

Deno.test("LocalLauncher repeats the first run of each of several modules once", async () => {
  const even = "yield { step: 0, predict: even };";
  const changing = `const started = globalThis.runs = (globalThis.runs ?? 0) + 1;
    for (let i = 0; i < 1e8; i++);
    yield { step: 0, predict: even, measures: { started } };`;
  const yielded: number[] = [];
  const { bySeed } = await launchModules({ a: even, b: even, c: changing }, {
    runs: 6,
    onOutcome: ({ run }) => yielded.push(run.task.seed),
  });
  assertEquals(yielded.toSorted(), [0, 1, 2, 3, 4, 5]);
  const failures = bySeed.flatMap(({ failure }) => failure ?? []);
  assertEquals(failures.map((failure) => failure.split(":")[0]), [
    "trainer c is not deterministic",
  ]);
});

Deno.test("LocalLauncher yields the first run of a module before others have trained theirs", async () => {
  // Another process may wait for this one's first run, too.
  const yielded = new Set<number>();
  const admissions = new Set<string>();
  const { bySeed } = await launchModule("yield { step: 0, predict: even };", {
    runs: 3,
    workers: 1,
    admit: ({ task: { seed } }) => {
      if (seed < 2) return "now";
      const admission = yielded.has(0) ? "never" : "later";
      admissions.add(admission);
      return admission;
    },
    onOutcome: ({ run }) => yielded.add(run.task.seed),
  });
  assertEquals(bySeed.map(({ failure }) => failure), [undefined, undefined]);
  assertEquals(admissions, new Set(["later", "never"]));
});

Deno.test("LocalLauncher yields the first run of a module when it is interrupted", async () => {
  const stop = new AbortController();
  const { bySeed } = await launchModule(
    `if (seed === 1) console.log("begun");
    while (seed === 1);
    yield { step: 0, predict: even };`,
    // Its loop ends at the limit, in a thread that outlives the launcher.
    { runs: 2, workers: 1, stop, runTimeoutSeconds: 15 },
  );
  assertEquals(bySeed.map(({ failure }) => failure), [undefined]);
});

Deno.test("LocalLauncher shows what a module prints", async () => {
  const { problems, messages } = await launchModule(
    `console.log("seed", seed);
    yield { step: 0, predict: even };`,
    { runs: 1 },
  );
  assertEquals([problems, messages], [[], ["cell 0, seed 0: seed 0"]]);
});

Deno.test("LocalLauncher leaves no loop of a module running", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config=tests/deno.json", ENDLESS],
    signal: AbortSignal.timeout(1000 * HANG_SECONDS),
  });
  const { success, stderr } = await child.output();
  assert(success, new TextDecoder().decode(stderr));
});
