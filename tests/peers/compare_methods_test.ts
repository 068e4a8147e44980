import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { compareMethods } from "./compare_methods.ts";
import { csvRows } from "./csv_rows.ts";

const SINGLE = `dataset,best,test_baseline,test_best
a,dropout=0.2,0.7,0.75
b,fixed,0.8,0.8
c,mixup=1,0.5,0.6
`;
const COCKTAIL = `dataset,best,test_baseline,test_best
a,mix 1,0.7,0.8
b,mix 2,0.8,0.85
c,mix 3,0.5,0.55
`;
const boosted = (...test: number[]) => ({ model: "m", points: [], best: 0, test });
const BOOSTING = new Map([
  ["a", boosted(0.9, 0.88)],
  ["b", boosted(0.84, 0.8)],
  ["c", boosted(0.7, 0.7)],
]);

Deno.test("compareMethods() has a line per dataset, and ranks methods by their test scores", () => {
  const { methods, differences, ranks, over } = compareMethods({
    single: SINGLE,
    cocktail: COCKTAIL,
    boosting: BOOSTING,
  });
  assertEquals(methods.split("\n").slice(0, 2), [
    "dataset,none,single,cocktail,boosting,single_cell,cocktail_cell",
    "a,0.7,0.75,0.8,0.89,dropout=0.2,mix 1",
  ]);
  const [single, fromNone] = csvRows(differences);
  assertEquals([single.method, single.compared_with, fromNone.method], [
    "single",
    "none",
    "cocktail",
  ]);
  // 0.05, 0 and 0.1: their deviation is 0.05, and Student's quantile with 2 degrees of freedom 4.303.
  assertAlmostEquals(Number(single.mean_difference), 0.05, 1e-12);
  assertAlmostEquals(Number(single.ci_high), 0.05 + 4.302653 * 0.05 / Math.sqrt(3), 1e-6);
  // Ranks on a, b, c: none 4, 3.5, 4; single 3, 3.5, 2; cocktail 2, 1, 3; boosting 1, 2, 1.
  const rows = csvRows(ranks);
  assertEquals(rows.map(({ cell }) => cell), ["boosting", "cocktail", "single", "none"]);
  const means = [4 / 3, 2, 8.5 / 3, 11.5 / 3];
  over.cells.forEach(({ meanRank }, place) => assertAlmostEquals(meanRank, means[place], 1e-12));
  const [boosting, cocktail, alone, none] = rows;
  assertEquals([boosting.wins, boosting.ties, boosting.losses], ["2", "0", "1"]);
  assertEquals([alone.wins, alone.ties, alone.losses], ["1", "0", "2"]);
  // All three differences have one sign: two of eight ways are as extreme.
  assertEquals([none.losses, none.p_value, none.verdict], ["3", "0.25", "undecided"]);
  assertEquals([cocktail.wins, cocktail.p_value, boosting.better], ["", "", ""]);
});

Deno.test("compareMethods() refuses sweeps whose baselines differ", () => {
  const cocktail = COCKTAIL.replace("0.8,0.85", "0.81,0.85");
  const parts = { single: SINGLE, cocktail, boosting: BOOSTING };
  assertThrows(() => compareMethods(parts), Error, "b: no regularization");
});
