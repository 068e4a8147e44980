import { assertEquals } from "@std/assert";
import {
  commonestClass,
  constantLabel,
  constantSentence,
} from "../../src/wording/commonest_class.ts";

const SPLIT = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };
const SKEWED = [{ name: "no spill", rows: 896 }, { name: "spill", rows: 41 }];

Deno.test("constantSentence() says what a model that learned nothing would get right", () => {
  const commonest = commonestClass({ classCounts: SKEWED, split: SPLIT });
  assertEquals(commonest?.name, "no spill");
  assertEquals(
    commonest && constantSentence(commonest),
    "always predicting the commonest class, no spill, would get 95.6% of all rows right.",
  );
});

Deno.test("constantSentence() speaks of any rows where each part has its share of every class", () => {
  const commonest = commonestClass({ classCounts: SKEWED, split: { ...SPLIT, stratify: true } });
  assertEquals(
    commonest && constantSentence(commonest, 2),
    "always predicting the commonest class, no spill, would get 95.62% of the rows right.",
  );
});

Deno.test("constantSentence() names no class where several are the commonest", () => {
  const classCounts = ["setosa", "versicolor", "virginica"].map((name) => ({ name, rows: 50 }));
  const commonest = commonestClass({ classCounts, split: SPLIT });
  assertEquals(
    commonest && constantSentence(commonest),
    "always predicting the same class would get 33.3% of all rows right.",
  );
});

Deno.test("constantLabel() says that a number is a class", () => {
  const labels = ["benign", "0", "-1.5"].map((name) =>
    constantLabel({ name, share: 1, isInEachPart: true })
  );
  assertEquals(labels, ["always benign", "always class 0", "always class -1.5"]);
});

Deno.test("commonestClass() knows nothing of quantities, and of manifests without counts", () => {
  assertEquals(commonestClass({ split: SPLIT }), undefined);
  assertEquals(commonestClass({ classCounts: [], split: SPLIT }), undefined);
});

Deno.test("commonestClass() leaves out test rows that have a file of their own", () => {
  const classCounts = [
    { name: "ill", rows: 700, testRows: 650 },
    { name: "healthy", rows: 500, testRows: 350 },
  ];
  const commonest = commonestClass({ classCounts, split: { ...SPLIT, test: 0, stratify: true } });
  assertEquals(
    commonest && constantSentence(commonest),
    "always predicting the commonest class, healthy, would get 75.0% of the training and validation " +
      "rows right.",
  );
});
