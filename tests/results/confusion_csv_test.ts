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

Deno.test("confusionCsv() writes class names that are formulas as text, and others as they are", () => {
  const formulas = ['=HYPERLINK("x")', "+1+cmd", "-2-3", "@SUM(A1)", "'=1", "\t=1"];
  const others = ["-1", "+5", "-1e-7", "-Infinity", "-", "+", "'quoted'", "a=b", "'", "<=50K"];
  const classes = [...formulas, ...others];
  const matrix = classes.flatMap((_, row) => classes.map((_, column) => row === column ? 1 : 0));
  const text = confusionCsv(confusionRows({ run: "r1", seed: 3 }, matrix, classes));
  const written = text.split("\n").slice(1, -1).map((line) => /^r1,3,("?)(.)/.exec(line)?.[2]);
  assertEquals(written.slice(0, formulas.length), formulas.map(() => "'"));
  assertEquals(written.slice(formulas.length), others.map(([first]) => first));
  assertEquals(readConfusion(text).map(({ actual }) => actual), classes);
  assertEquals(confusionIn(readConfusion(text), classes), matrix);
});

Deno.test("readConfusion() tells the place of what it cannot read", () => {
  const error = assertThrows(() => readConfusion(TEXT.replace("c,1", "c,one")), UserError);
  assertEquals(error.problems[0].place, { file: "confusion.csv", line: 3 });
});
