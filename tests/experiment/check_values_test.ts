import { assertEquals, assertThrows } from "@std/assert";
import { checkValues } from "../../src/experiment/check_values.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { parseOnDataset } from "../_on_dataset.ts";
import { START } from "./_rejects.ts";

const CLASSES = { task: "classification", classes: ["ham", "spam"] } as const;
const QUANTITIES = { task: "regression", classes: [] } as const;

function problemsOf(text: string, target: Parameters<typeof checkValues>[1]): string {
  const experiment = parseOnDataset(START + text, "e.yaml");
  const error = assertThrows(() => checkValues(experiment, target), UserError);
  return formatProblems(error.problems);
}

Deno.test("checkValues() accepts defaults for any target, and others where they are meant to be", () => {
  for (const target of [CLASSES, QUANTITIES]) {
    checkValues(parseOnDataset(START, "e.yaml"), target);
    const text =
      "grid: { loss: squared, class_weight: none, label_smoothing: 0, dropout: [0, 0.5] }\n";
    checkValues(parseOnDataset(START + text, "e.yaml"), target);
  }
  checkValues(parseOnDataset(`${START}fixed: { loss: huber }\n`, "e.yaml"), QUANTITIES);
  const text = "grid: { class_weight: [balanced, { spam: 5 }], label_smoothing: [0, 0.1] }\n";
  checkValues(parseOnDataset(START + text, "e.yaml"), CLASSES);
  checkValues(parseOnDataset(`${START}trainer: notebook\n`, "e.yaml"), CLASSES);
});

Deno.test("checkValues() refuses what is for classes where the target is a quantity, each value once", () => {
  assertEquals(
    problemsOf(
      `fixed: { label_smoothing: 0.1 }
grid:
  class_weight: [none, balanced, { a: 2 }]
  dropout: [0, 0.5]
`,
      QUANTITIES,
    ),
    `e.yaml:3:27: Cannot use label_smoothing 0.1: it is for classes, and target y holds quantities
  3 | fixed: { label_smoothing: 0.1 }
    |                           ^^^
e.yaml:5:24: Cannot use class_weight balanced: it is for classes, and target y holds quantities
  5 |   class_weight: [none, balanced, { a: 2 }]
    |                        ^^^^^^^^
e.yaml:5:34: Cannot use class_weight {a: 2}: it is for classes, and target y holds quantities
  5 |   class_weight: [none, balanced, { a: 2 }]
    |                                  ^^^^^^^^`,
  );
});

Deno.test("checkValues() refuses a loss of quantities where the target is a class", () => {
  assertEquals(
    problemsOf("grid: { loss: [squared, huber] }\n", CLASSES),
    `e.yaml:3:25: Cannot use loss huber: it is for quantities, and target y holds classes
  3 | grid: { loss: [squared, huber] }
    |                         ^^^^^`,
  );
});

Deno.test("checkValues() refuses classes that the target does not have, and lists those that it has", () => {
  assertEquals(
    problemsOf("grid: { class_weight: [{ ham: 1, spm: 5 }, { eggs: 2 }, { spam: 2 }] }\n", CLASSES),
    `e.yaml:3:24: Cannot use class_weight {ham: 1, spm: 5}: target y has no class spm, only ham and spam
  3 | grid: { class_weight: [{ ham: 1, spm: 5 }, { eggs: 2 }, { spam: 2 }] }
    |                        ^^^^^^^^^^^^^^^^^^ did you mean spam?
e.yaml:3:44: Cannot use class_weight {eggs: 2}: target y has no class eggs, only ham and spam
  3 | grid: { class_weight: [{ ham: 1, spm: 5 }, { eggs: 2 }, { spam: 2 }] }
    |                                            ^^^^^^^^^^^`,
  );
  const classes = Array.from({ length: 30 }, (_, index) => `c${index}`);
  assertEquals(
    problemsOf("fixed: { class_weight: { other: 1 } }\n", { ...CLASSES, classes }),
    `e.yaml:3:24: Cannot use class_weight {other: 1}: target y has no class other, only c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19 and 10 others
  3 | fixed: { class_weight: { other: 1 } }
    |                        ^^^^^^^^^^^^`,
  );
});
