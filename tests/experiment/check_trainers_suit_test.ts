import { assertEquals, assertThrows } from "@std/assert";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { checkTrainersSuit } from "../../src/experiment/check_trainers_suit.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { type MixedColumn, mixedDataset } from "../_mixed_dataset.ts";
import { parseOnDataset } from "../_on_dataset.ts";
import { START } from "./_rejects.ts";

const AGE: MixedColumn = { name: "age", kind: "number", values: [1, 2, 3] };
const HEIGHT: MixedColumn = { name: "height", kind: "number", values: [1, null, 3] };
const SEX: MixedColumn = {
  ...{ name: "sex", kind: "category", categories: ["f", "m"], values: [0, 1, null] },
};
const MEMBER: MixedColumn = { name: "member", kind: "boolean", values: [0, 1, 1] };

function problemsOf(text: string, dataset: Dataset): string {
  const experiment = parseOnDataset(text, "e.yaml");
  const error = assertThrows(() => checkTrainersSuit(experiment, dataset), UserError);
  return formatProblems(error.problems);
}

Deno.test("the notebook takes numbers without gaps alone, and says so at the trainer", () => {
  const text = `${START}trainer: notebook\n`;
  checkTrainersSuit(parseOnDataset(text, "e.yaml"), mixedDataset([AGE]));
  assertEquals(
    problemsOf(text, mixedDataset([AGE, HEIGHT])),
    `e.yaml:3:10: Cannot use trainer notebook on d.csv: it takes numbers without missing cells, not height (missing cells)
  3 | trainer: notebook
    |          ^^^^^^^^`,
  );
  assertEquals(
    problemsOf(text, mixedDataset([SEX, AGE, MEMBER])).split("\n")[0],
    "e.yaml:3:10: Cannot use trainer notebook on d.csv: it takes numbers without missing cells, " +
      "not sex (category, missing cells) and member (boolean)",
  );
  const many = [1, 2, 3, 4, 5].map((number) => ({ ...MEMBER, name: `member${number}` }));
  assertEquals(
    problemsOf(text, mixedDataset(many)).split("\n")[0].split(", not ")[1],
    "member1 (boolean), member2 (boolean), member3 (boolean) and 2 more",
  );
});

Deno.test("one of several trainers that does not suit a table is refused where it is swept", () => {
  const text = `${START}grid: [{ trainer: mlp }, { trainer: [notebook] }]\n`;
  assertEquals(
    problemsOf(text, mixedDataset([HEIGHT])),
    `e.yaml:3:38: Cannot use trainer notebook on d.csv: it takes numbers without missing cells, not height (missing cells)
  3 | grid: [{ trainer: mlp }, { trainer: [notebook] }]
    |                                      ^^^^^^^^`,
  );
});

Deno.test("a trainer of classes is refused where the target holds quantities", () => {
  const dataset = mixedDataset([AGE], { quantities: [1.5, 2, 3] });
  assertEquals(
    problemsOf(`${START}trainer: notebook\n`, dataset).split("\n")[0],
    "e.yaml:3:10: Cannot use trainer notebook on d.csv: it predicts classes, and target y holds quantities",
  );
});
