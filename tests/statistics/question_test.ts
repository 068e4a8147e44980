import { assertEquals } from "@std/assert";
import { questionOf } from "../../src/statistics/question.ts";

const experiment = { metric: "validation_loss", baseline: "a", equivalence: 0.01 } as const;
const split = { train: 0.7, validation: 0.2, test: 0.1, resplit: true };
const trainers = { mlp: 1 };

Deno.test("questionOf() counts the rows of each part as they are split", () => {
  const question = questionOf({ experiment, dataset: { rows: 1797, split }, trainers });
  assertEquals(question, {
    ...experiment,
    rows: { train: 1258, validation: 359, test: 180 },
    overlap: 359 / 1258,
  });
});

Deno.test("questionOf() has no overlap where all seeds share one split", () => {
  const dataset = { rows: 1797, split: { ...split, resplit: false } };
  assertEquals(questionOf({ experiment, dataset, trainers }).overlap, 0);
});

Deno.test("questionOf() has no overlap, but says why, where it is about these rows only", () => {
  const narrow = { ...experiment, scope: "this_data" as const };
  const { overlap, scope } = questionOf({
    experiment: narrow,
    dataset: { rows: 1797, split },
    trainers,
  });
  assertEquals([overlap, scope], [0, "this_data"]);
  const dataset = { rows: 1797, split: { ...split, resplit: false } };
  assertEquals(questionOf({ experiment: narrow, dataset, trainers }).scope, undefined);
  const wide = { ...experiment, scope: "new_data" as const };
  assertEquals(
    questionOf({ experiment: wide, dataset: { rows: 1797, split }, trainers }),
    questionOf({ experiment, dataset: { rows: 1797, split }, trainers }),
  );
});

Deno.test("questionOf() knows that the notebook draws all rows anew, and loses one", () => {
  const dataset = { rows: 1797, split: { ...split, resplit: false } };
  const { rows, overlap } = questionOf({ experiment, dataset, trainers: { notebook: 1 } });
  assertEquals(rows, { train: 1078, validation: 359, test: 0 });
  assertEquals(overlap, 359 / 1078);
});

Deno.test("questionOf() takes the largest overlap of several trainers, and no rows for a test", () => {
  const both = { notebook: 1, mlp: 1 };
  const question = questionOf({ experiment, dataset: { rows: 1797, split }, trainers: both });
  assertEquals([question.rows?.test, question.overlap], [0, 359 / 1078]);
});
