import { assertEquals, assertThrows } from "@std/assert";
import { heldOutCsv, readHeldOut } from "../../src/results/held_out_csv.ts";
import { UserError } from "../../src/user_error.ts";
import { SAMPLE_COLUMNS } from "./_sample_columns.ts";

const TEXT = `run,cell,role,seed,status,test_loss,test_accuracy
a1,all,baseline,1,completed,0.125,0.9610027855153204
b1,"hidden=[8, 8]",best simplest,1,completed,1e-7,1
b2,"hidden=[8, 8]",best simplest,2,diverged,,
`;

Deno.test("heldOutCsv() writes a line per run, and readHeldOut() reads it", () => {
  const rows = readHeldOut(TEXT);
  assertEquals(rows.slice(1), [
    {
      run: "b1",
      cell: "hidden=[8, 8]",
      roles: ["best", "simplest"],
      seed: 1,
      status: "completed",
      measures: { loss: 1e-7, accuracy: 1 },
    },
    { run: "b2", cell: "hidden=[8, 8]", roles: ["best", "simplest"], seed: 2, status: "diverged" },
  ]);
  assertEquals(heldOutCsv(rows, SAMPLE_COLUMNS), TEXT);
});

Deno.test("readHeldOut() says where a file is wrong", () => {
  const wrong = [
    ["completed,0.125", "complete,0.125", 'Cannot use "complete" as status'],
    ["best simplest", "best smallest", 'Cannot use "smallest" as role'],
    ["0.125,0.96", "low,0.96", 'Cannot use "low" as test_loss'],
  ];
  for (const [right, text, message] of wrong) {
    const error = assertThrows(() => readHeldOut(TEXT.replace(right, text)), UserError, message);
    assertEquals(error.problems[0].place?.file, "test.csv");
  }
});

Deno.test("test.csv leaves measures out that only other trainers have", () => {
  const text = `run,cell,role,seed,status,test_loss,test_accuracy
a1,trainer=mlp,best,1,completed,0.125,0.5
b1,trainer=own,baseline,1,completed,,0.25
`;
  const rows = readHeldOut(text);
  assertEquals(rows.map(({ measures }) => measures), [{ loss: 0.125, accuracy: 0.5 }, {
    accuracy: 0.25,
  }]);
  assertEquals(heldOutCsv(rows, SAMPLE_COLUMNS), text);
});

Deno.test("test.csv has a column of folds where there are some", () => {
  const text = `run,cell,role,seed,fold,status,test_loss,test_accuracy
a1,all,baseline,1,1,completed,0.125,0.5
a2,all,baseline,1,2,diverged,,
`;
  const rows = readHeldOut(text);
  assertEquals(rows.map(({ seed, fold }) => [seed, fold]), [[1, 1], [1, 2]]);
  assertEquals(heldOutCsv(rows, SAMPLE_COLUMNS), text);
});
