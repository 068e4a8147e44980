import { assert, assertEquals } from "@std/assert";
import { randomStream } from "../../src/random_stream.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { tQuantile } from "../../src/statistics/_student_t.ts";
import { levelsOf } from "../../src/statistics/looks.ts";
import { prospect, raceCells } from "../../src/statistics/race.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { divergedRun, sampleRuns } from "./_sample_runs.ts";

const LOOKS = [5, 10, 20, 40];
const random = randomStream("tests of races");

/** Numbers with mean 0 and a standard deviation of 1: roughly normal. */
function noise(count: number): number[] {
  return Array.from({ length: count }, () => {
    return Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
  });
}

/** Runs of cells whose accuracies differ from the baseline's by these effects, in SDs of 1 point. */
function racingRuns(effects: readonly number[], seeds = 40): RunRow[] {
  const cells = [0, ...effects].map((effect) => noise(seeds).map((value) => effect + value / 2));
  return cells.flatMap((values, cell) =>
    sampleRuns(`${cell}`, values.map((value) => 0.5 + value / 100))
  );
}

function namesOf(runs: readonly RunRow[]): string[] {
  return [...new Set(runs.map(({ cell }) => cell))];
}

/** Only the runs that a race asks for, look by look, as a sweep would train them. */
function played(runs: readonly RunRow[], question = sampleQuestion()) {
  const cells = namesOf(runs);
  let trained: RunRow[] = [];
  let race = raceCells(trained, question, { cells, looks: LOOKS });
  while (race.next !== undefined) {
    const { next, active } = race;
    const has = new Set(trained.map(({ run }) => run));
    const more = runs.filter(({ run, cell, seed }) =>
      seed <= next && active.includes(cell) && !has.has(run)
    );
    assert(more.length > 0);
    trained = [...trained, ...more];
    race = raceCells(trained, question, { cells, looks: LOOKS });
  }
  return { race, trained };
}

Deno.test("prospect() foresees the last look", () => {
  const critical = tQuantile(1 - levelsOf(LOOKS)[3] / 40, 39);
  const sample = { n: 10, mean: 0.5, sd: 1 };
  assert(Math.abs(prospect(sample, 40, critical, { overlap: 0 }) - 0.410095) < 1e-6);
  assert(Math.abs(prospect(sample, 40, critical, { overlap: 1 / 3 }) - 0.000105) < 1e-6);
  // Equivalence is a way to be decided, too.
  const small = prospect({ ...sample, mean: 0 }, 40, critical, { overlap: 0, equivalence: 1 });
  assert(small > 0.7 && prospect({ ...sample, mean: 0 }, 40, critical, { overlap: 0 }) < 0.1);
});

Deno.test("raceCells() asks for the first look's runs of all cells at first", () => {
  assertEquals(raceCells([], sampleQuestion(), { cells: ["0", "1", "2"], looks: LOOKS }), {
    standings: new Map(),
    next: 5,
    active: ["0", "1", "2"],
  });
});

Deno.test("raceCells() stops cells that are decided, and goes on with the others", () => {
  const { race, trained } = played(racingRuns([8, -8, 0.3, 0]), sampleQuestion({ equivalence: 0 }));
  assertEquals(race.active, []);
  assertEquals(["1", "2"].map((cell) => race.standings.get(cell)?.verdict), ["better", "worse"]);
  assertEquals(["1", "2"].map((cell) => race.standings.get(cell)?.seeds), [5, 5]);
  const seedsOf = (cell: string) => trained.filter((run) => run.cell === cell).length;
  assertEquals([seedsOf("1"), seedsOf("2")], [5, 5]);
  // The baseline has as many as the cell with the most.
  assertEquals(seedsOf("0"), Math.max(seedsOf("3"), seedsOf("4")));
  for (const [cell, { seeds }] of race.standings) assertEquals(seedsOf(cell), seeds);
});

Deno.test("raceCells() decides at each look from the seeds up to it alone", () => {
  for (let round = 0; round < 10; round++) {
    const runs = racingRuns([2, 1, 0.5, 0, 0, -1, -3]);
    const cells = namesOf(runs);
    const question = sampleQuestion();
    const { race, trained } = played(runs, question);
    // Whatever else there is, and in whatever order.
    for (const others of [runs, runs.toReversed(), trained.toReversed()]) {
      const { standings, active } = raceCells(others, question, { cells, looks: LOOKS });
      assertEquals([standings, active], [race.standings, []]);
    }
    // A sweep that was interrupted has the same decisions so far.
    const some = raceCells(runs.filter(({ seed }) => seed <= 17), question, {
      cells,
      looks: LOOKS,
    });
    for (const [cell, standing] of some.standings) {
      if (!some.active.includes(cell)) assertEquals(standing, race.standings.get(cell));
    }
  }
});

Deno.test("raceCells() finds cells equivalent, and says what cannot be decided", () => {
  const question = sampleQuestion({ equivalence: 0.03 });
  assertEquals(played(racingRuns([0, 0]), question).race.standings.get("1")?.verdict, "equivalent");
  const { race } = played(racingRuns([0.2]), sampleQuestion({ equivalence: 0, overlap: 1 / 3 }));
  const { verdict, reason, seeds } = race.standings.get("1") ?? {};
  assertEquals([verdict, reason], ["undecided", "rows"]);
  assert(seeds !== undefined && seeds < 40);
});

Deno.test("raceCells() stops the baseline's own run and cells without pairs at the first look", () => {
  const runs = racingRuns([3]);
  const same = runs.filter(({ cell }) => cell === "0").map((run) => ({ ...run, cell: "2" }));
  const lost = Array.from({ length: 40 }, (_, seed) => divergedRun("3", seed + 1));
  const { race } = played([
    ...runs,
    ...same.map((run) => ({ ...run, run: `2/${run.seed}` })),
    ...lost,
  ]);
  const { verdict, seeds } = race.standings.get("2") ?? {};
  assertEquals([verdict, seeds], ["equivalent", 5]);
  assertEquals(race.standings.get("3"), { seeds: 5, verdict: "undecided", reason: "pairs" });
});

Deno.test("raceCells() counts cells that are the same run once", () => {
  const runs = racingRuns([0.8, 0.4]);
  const copies = runs.filter(({ cell }) => cell === "1")
    .map((run) => ({ ...run, cell: "3", run: `3/${run.seed}` }));
  const [alone, among] = [runs, [...runs, ...copies]].map((runs) => played(runs).race.standings);
  for (const [cell, standing] of alone) assertEquals(among.get(cell), standing);
  assertEquals(among.get("3"), among.get("1"));
});

Deno.test("raceCells() counts whole repeats with folds", () => {
  const question = sampleQuestion({ folds: 5, overlap: 1 / 4 });
  const race = raceCells([], question, { cells: ["0", "1"], looks: [2, 4] });
  assertEquals(race.next, 2);
  const runs = racingRuns([0.2], 20).map((run) => ({
    ...run,
    seed: Math.floor(run.replicate / 5) + 1,
    fold: run.replicate % 5 + 1,
  }));
  const upTo = (seeds: number) =>
    raceCells(runs.filter(({ seed }) => seed <= seeds), question, {
      cells: ["0", "1"],
      looks: [2, 4],
    });
  assertEquals([upTo(1).next, upTo(1).standings.size], [2, 0]);
  assertEquals(upTo(2).standings.get("1")?.seeds, 2);
});
