import { assertEquals } from "@std/assert";
import {
  indexOfReplicate,
  replicateAt,
  replicateCount,
  replicateName,
} from "../../src/experiment/replicates.ts";

const SEEDS = { seeds: [3, 7], dataset: { split: {} } };
const FOLDS = { seeds: [3, 7], dataset: { split: { folds: 3 } } };

Deno.test("replicates are seeds, or each seed's folds", () => {
  assertEquals([SEEDS, FOLDS].map(replicateCount), [2, 6]);
  assertEquals(replicateAt(SEEDS, 1), { seed: 7 });
  assertEquals(replicateAt(FOLDS, 4), { seed: 7, fold: 2 });
  for (const experiment of [SEEDS, FOLDS]) {
    for (let index = 0; index < replicateCount(experiment); index++) {
      assertEquals(indexOfReplicate(experiment, replicateAt(experiment, index)), index);
    }
  }
});

Deno.test("indexOfReplicate() knows what is none", () => {
  assertEquals(indexOfReplicate(SEEDS, { seed: 4 }), -1);
  assertEquals(indexOfReplicate(SEEDS, { seed: 3, fold: 1 }), -1);
  assertEquals(indexOfReplicate(FOLDS, { seed: 3 }), -1);
  assertEquals(indexOfReplicate(FOLDS, { seed: 3, fold: 4 }), -1);
});

Deno.test("replicateName() names the fold where there is one", () => {
  assertEquals(replicateName({ seed: 3 }), "seed 3");
  assertEquals(replicateName({ seed: 3, fold: 2 }), "seed 3, fold 2");
});
