import { assertEquals, assertStringIncludes } from "@std/assert";
import { heldOutScores } from "../../../src/report/sections/held_out_scores.ts";
import type { HeldOutRow, TestRole } from "../../../src/results/held_out_row.ts";
import { analyze } from "../../../src/statistics/analyze.ts";
import { sampleQuestion } from "../../statistics/_sample_question.ts";

const ANALYSIS = analyze([], sampleQuestion());

function rows(
  cell: string,
  roles: readonly TestRole[],
  accuracies: readonly number[],
): HeldOutRow[] {
  return accuracies.map((accuracy, seed) => ({
    run: `${cell}/${seed}`,
    cell,
    roles,
    seed,
    status: "completed",
    measures: { loss: 1 - accuracy, accuracy },
  }));
}

/** The texts of the table's fields, line by line. */
function fieldsIn(page: string): string[][] {
  return page.split("<tbody>")[1].split("</tr>").slice(0, -1).map((line) =>
    [...line.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, field]) =>
      field.replace(/<[^>]+>/g, "")
    )
  );
}

Deno.test("heldOutScores() lists the selected cell, the simplest and the baseline", () => {
  const test = [
    ...rows("a", ["baseline"], [0.96, 0.97]),
    ...rows("b<i>", ["simplest"], [0.97]),
    ...rows("c", ["best"], [0.98, 1]),
    ...rows("d", ["simplest"], [0.5, 0.5]),
  ];
  const { text } = heldOutScores({ test }, ANALYSIS);
  assertEquals(fieldsIn(text), [
    ["c best", "99.00", "86.29 to 100.00 (cut off)", "+2.50", "−3.85 to 8.85", "0.0100", "2"],
    ["b&lt;i&gt; simplest", "97.00", "–", "+1.00", "–", "0.0300", "1"],
    ["d simplest", "50.00", "–", "−46.50", "−52.85 to −40.15", "0.5000", "2"],
    ["a baseline", "96.50", "90.15 to 100.00 (cut off)", "–", "–", "0.0350", "2"],
  ]);
  assertStringIncludes(text, "on the same 359 test rows, after the cells were chosen");
});

Deno.test("heldOutScores() leaves out what nothing was scored for", () => {
  assertEquals(heldOutScores({ test: [] }, ANALYSIS).text, "");
  const [row] = rows("a", ["best", "baseline"], [0.5]);
  const lost: HeldOutRow = { ...row, status: "diverged", measures: undefined };
  const { text } = heldOutScores({ test: [lost] }, ANALYSIS);
  assertEquals(fieldsIn(text), [["a best, baseline", "–", "–", "–", "–", "–", "0"]]);
});
