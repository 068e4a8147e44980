import { assertEquals } from "@std/assert";
import { tableFacts } from "../../../src/report/sections/_table_facts.ts";
import type { ManifestDataset } from "../../../src/results/manifest.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

function factsOf(members: Partial<ManifestDataset>): (readonly [string, string])[] {
  const { dataset } = sampleInput(SAMPLES.skewed).manifest;
  return tableFacts({ ...dataset, ...members }).map(([term, fact]) => {
    return [term, fact.text.replace(/<[^>]*>/g, "").replaceAll("\n", " ")];
  });
}

const READING = {
  format: "text",
  separator: "semicolon",
  header: false,
  decimal: ",",
  encoding: "latin-1",
  comment: "#",
  skipRows: 2,
};

Deno.test("tableFacts() says how the file was read", () => {
  assertEquals(factsOf({ reading: READING, test: "adult.test" }), [
    [
      "Read as",
      "Latin-1, semicolons, no header, decimal commas, comments after #, 2 lines skipped",
    ],
    ["Test rows", "from adult.test"],
  ]);
  const plain = { separator: "comma", header: true, decimal: ".", encoding: "utf-8" };
  assertEquals(factsOf({ reading: { ...READING, ...plain, comment: "", skipRows: 0 } }), [
    ["Read as", "UTF-8, commas, a header"],
  ]);
  assertEquals(factsOf({ reading: { ...READING, format: "parquet" } }), [["Read as", "Parquet"]]);
});

Deno.test("tableFacts() says what columns were used as, and what filled their gaps", () => {
  const column = (name: string, type: string, use: string, missing = 0, why?: string) => {
    return { name, type, use, missing, ...why ? { why } : {} };
  };
  const columns = [
    column("PassengerId", "identifier", "drop", 0, "it counts in steps of 1"),
    column("Survived", "boolean", "target"),
    column("Sex", "category", "feature"),
    column("Age", "number", "feature", 177),
    column("Fare", "number", "feature"),
    column("Cabin <1>", "text", "drop", 687),
    column("Embarked", "category", "feature", 2),
  ];
  const droppedRows = { missingTarget: 3, gaps: 0, rareClass: 1000 };
  assertEquals(factsOf({ columns, droppedRows, impute: "median" }), [
    ["Columns used", "2 numbers; Sex (category), Embarked (category)"],
    ["Columns not used", "PassengerId (it counts in steps of 1), Cabin &lt;1&gt; (text)"],
    ["Missing cells", "Age: 177, Embarked: 2"],
    ["Rows left out", "3 rows without a target, 1,000 rows of a rare class"],
  ]);
  const many = Array.from({ length: 22 }, (_, index) => column(`c${index}`, "constant", "drop"));
  const [[, names]] = factsOf({ columns: many });
  assertEquals(names.split(", ").slice(-2), ["c18 (constant)", "c19 (constant) and 2 more"]);
});

Deno.test("tableFacts() knows nothing of manifests without such members", () => {
  assertEquals(factsOf({}), []);
});
