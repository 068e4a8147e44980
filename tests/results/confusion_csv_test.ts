import { assertEquals, assertThrows } from "@std/assert";
import {
  confusionCsv,
  confusionIn,
  confusionRows,
  readConfusion,
} from "../../src/results/confusion_csv.ts";
import { UserError } from "../../src/user_error.ts";

const CLASSES = ["a", 'b "quoted"', "c"];
const MATRIX = [5, 0, 1, 0, 4, 0, 0, 2, 0];
const TEXT = `run,seed,actual,predicted,count
r1,3,a,a,5
r1,3,a,c,1
r1,3,"b ""quoted""","b ""quoted""",4
r1,3,c,"b ""quoted""",2
`;

Deno.test("confusionCsv() writes what there is of a matrix, by actual and predicted class", () => {
  assertEquals(confusionCsv(confusionRows({ run: "r1", seed: 3 }, MATRIX, CLASSES)), TEXT);
});

Deno.test("confusionIn() gives back the matrix that readConfusion() reads of", () => {
  const rows = readConfusion(TEXT);
  assertEquals(confusionIn(rows, CLASSES), MATRIX);
  const unknown = { ...rows[0], predicted: "d" };
  assertEquals(confusionIn([...rows, unknown], CLASSES), MATRIX);
});

Deno.test("readConfusion() tells the place of what it cannot read", () => {
  const error = assertThrows(() => readConfusion(TEXT.replace("c,1", "c,one")), UserError);
  assertEquals(error.problems[0].place, { file: "confusion.csv", line: 3 });
});
