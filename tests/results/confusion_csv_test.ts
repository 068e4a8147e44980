import { assertEquals, assertThrows } from "@std/assert";
import {
  confusionCsv,
  confusionIn,
  confusionRows,
  lacksRecall,
  readConfusion,
} from "../../src/results/confusion_csv.ts";
import { UserError } from "../../src/user_error.ts";

const CLASSES = ["a", 'b "quoted"', "c"];
const MATRIX = [5, 0, 1, 0, 4, 0, 0, 2, 0];
const TEXT = `run,seed,actual,predicted,count,recall
r1,3,a,a,5,0.8333333333333334
r1,3,a,c,1,
r1,3,"b ""quoted""","b ""quoted""",4,1
r1,3,c,"b ""quoted""",2,
`;
/** As the first version wrote it. */
const FIRST_TEXT = TEXT.replace(/,[^,\n]*$/gm, "");

Deno.test("confusionCsv() writes what there is of a matrix, by actual and predicted class", () => {
  assertEquals(confusionCsv(confusionRows({ run: "r1", seed: 3 }, MATRIX, CLASSES)), TEXT);
});

Deno.test("confusionIn() gives back the matrix that readConfusion() reads of", () => {
  const rows = readConfusion(TEXT);
  assertEquals(confusionIn(rows, CLASSES), MATRIX);
  const unknown = { ...rows[0], predicted: "d" };
  assertEquals(confusionIn([...rows, unknown], CLASSES), MATRIX);
});

Deno.test("readConfusion() reads what the first version wrote, and it is written again like that", () => {
  const rows = readConfusion(FIRST_TEXT);
  assertEquals(FIRST_TEXT.split("\n")[1], "r1,3,a,a,5");
  assertEquals(confusionIn(rows, CLASSES), MATRIX);
  assertEquals([lacksRecall(rows), lacksRecall(readConfusion(TEXT))], [true, false]);
  assertEquals(confusionCsv(rows), FIRST_TEXT);
  assertEquals(confusionCsv(readConfusion(TEXT)), TEXT);
});

Deno.test("confusionCsv() has the column of recalls even if no row is right", () => {
  const rows = confusionRows({ run: "r1", seed: 3 }, [0, 2, 1, 0], ["a", "b"]);
  const text = "run,seed,actual,predicted,count,recall\nr1,3,a,b,2,\nr1,3,b,a,1,\n";
  assertEquals(confusionCsv(rows), text);
  assertEquals(readConfusion(text), rows);
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
