import { assertEquals } from "@std/assert";
import { signedRanks } from "../../../src/statistics/over_tables/signed_ranks.ts";
import fixtures from "../../fixtures/statistics/over_tables.json" with { type: "json" };
import { assertClose } from "../_assert_close.ts";

for (const [index, { differences, method, pValue }] of fixtures.wilcoxon.entries()) {
  Deno.test(`signedRanks() of ${differences.length} (${index}, ${method}) equals SciPy's`, () => {
    assertClose(signedRanks(differences)?.pValue, pValue);
    const opposite = differences.map((difference) => -difference);
    assertClose(signedRanks(opposite)?.pValue, pValue);
  });
}

Deno.test("signedRanks() ranks zeros and leaves them out of both sums", () => {
  const test = signedRanks([0, 0, 3, -2, 5]);
  assertEquals([test?.positive, test?.negative], [9, 3]);
  // Of the 8 ways to give the ranks 3, 4 and 5 signs, two have at most 3 in one sum.
  assertEquals(test?.pValue, 0.5);
});

Deno.test("signedRanks() says nothing of differences that are all 0", () => {
  assertEquals(signedRanks([0, 0]), undefined);
  assertEquals(signedRanks([]), undefined);
});
