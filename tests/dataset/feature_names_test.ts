import { assertEquals } from "@std/assert";
import { featureNamesOf } from "../../src/dataset/feature_names.ts";

const number = (name: string, hasGaps = false) => ({ name, kind: "number" as const, hasGaps });
const category = (name: string, categories: readonly string[], hasGaps = false) => ({
  ...{ name, kind: "category" as const, categories, hasGaps },
});

Deno.test("featureNamesOf() names an input per number, per category and per column with gaps", () => {
  assertEquals(
    featureNamesOf([number("age", true), category("sex", ["f", "m"]), number("height")]),
    ["age", "age_missing", "sex=f", "sex=m", "height"],
  );
});

Deno.test("featureNamesOf() gives no two inputs one name", () => {
  assertEquals(
    featureNamesOf([number("a", true), number("a_missing"), number("a_missing_")]),
    ["a", "a_missing__", "a_missing", "a_missing_"],
  );
  assertEquals(
    featureNamesOf([
      category("b", ["x", "x_missing"]),
      category("b=x", ["y"], true),
      number("b=x"),
    ]),
    ["b=x_", "b=x_missing", "b=x=y", "b=x_missing_", "b=x"],
  );
});
