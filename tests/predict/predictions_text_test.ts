import { assertEquals } from "@std/assert";
import { predictionsText } from "../../src/predict/predictions_text.ts";

Deno.test("predictionsText() has a line for each row, in which no text is a formula", () => {
  assertEquals(
    predictionsText({
      classes: ["=1+1", "no, thanks"],
      score: { rows: 1, measures: {} },
      rows: [
        { row: 1, id: "@a", actual: "=1+1", predicted: "no, thanks", probabilities: [0.25, 0.75] },
        { row: 2, id: "-5", predicted: "=1+1", probabilities: [0.5, 0.5] },
      ],
    }),
    `row,id,actual,predicted,probability_=1+1,"probability_no, thanks"
1,'@a,'=1+1,"no, thanks",0.25,0.75
2,-5,,'=1+1,0.5,0.5
`,
  );
});

Deno.test("predictionsText() of quantities has their values, with all their digits", () => {
  assertEquals(
    predictionsText({
      classes: [],
      rows: [{ row: 1, predicted: 0.1 + 0.2 }, { row: 2, predicted: -0 }],
    }),
    "row,predicted\n1,0.30000000000000004\n2,0\n",
  );
});
