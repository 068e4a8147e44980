import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkLines, markedLine, verdictText } from "../../src/cli/verify_text.ts";
import type { Check } from "../../src/verify/check.ts";

const RIGHT: Check = { subject: "dropout=0.5, seed 1", findings: [] };
const WRONG: Check = {
  subject: "dropout=0.5, seed 2",
  findings: [
    { what: "curves.csv is right at every step" },
    { what: "digest", expected: "e".repeat(64), actual: "a".repeat(64) },
  ],
};

Deno.test("checkLines() tells what was found where a check fails", () => {
  const failure = [
    "FAIL  dropout=0.5, seed 2",
    "    curves.csv is right at every step",
    "    digest",
    `      expected ${"e".repeat(64)}`,
    `      actual   ${"a".repeat(64)}`,
  ];
  const lines = checkLines([RIGHT, WRONG], { quiet: false });
  assertEquals(lines, ["PASS  dropout=0.5, seed 1", ...failure]);
  assertEquals(checkLines([RIGHT, WRONG], { quiet: true }), failure);
});

Deno.test("checkLines() tells ten failures in full, and names the others", () => {
  const lines = checkLines(Array.from({ length: 12 }, () => WRONG), { quiet: false });
  assertEquals(lines.filter((line) => line.startsWith("FAIL")).length, 12);
  assertEquals(lines.length, 10 * 5 + 2);
});

const VERDICT = {
  folder: "reports/dropout",
  total: 1234,
  failed: 0,
  unrepeatable: 0,
  uncheckedMembers: ["times", "git"],
  checksum: "c".repeat(64),
  seconds: 75.4,
};

Deno.test("verdictText() says how much was checked", () => {
  const files = [RIGHT, RIGHT];
  assertEquals(
    verdictText({ ...VERDICT, total: 1, runs: [RIGHT], files }),
    [
      "PASS  reports/dropout: 1 run and 2 files, in 1 min 15 s",
      "      SHA-256 of runs.csv:",
      `      ${"c".repeat(64)}`,
      "      Not checked, as only the sweep knew them: in manifest.json, times, git",
    ].join("\n"),
  );
  const [first] = verdictText({ ...VERDICT, runs: [RIGHT], files }).split("\n");
  assertEquals(first, "PASS  reports/dropout: 1 of 1,234 runs and 2 files, in 1 min 15 s");
});

Deno.test("verdictText() says what was not checked, the report last", () => {
  const report = { subject: "report.html", findings: [], unchecked: "drawn by regsweep 0.0.1" };
  const files = [RIGHT, report];
  assertEquals(checkLines(files, { quiet: false }).slice(1), [
    "SKIP  report.html",
    "    drawn by regsweep 0.0.1",
  ]);
  assertEquals(
    verdictText({ ...VERDICT, failed: 2, runs: [RIGHT], files }),
    [
      "PASS  reports/dropout: 1 of 1,234 runs and 1 file, in 1 min 15 s",
      "      SHA-256 of runs.csv:",
      `      ${"c".repeat(64)}`,
      "      Not checked: 2 runs that failed in the sweep, so there is no result",
      "      Not checked: results of 1,231 runs outside of the sample",
      "      Not checked, as only the sweep knew them: in manifest.json, times, git",
      "PASS, report.html not checked (drawn by regsweep 0.0.1)",
    ].join("\n"),
  );
});

Deno.test("verdictText() says that programs may give other results each time", () => {
  const text = verdictText({ ...VERDICT, unrepeatable: 6, runs: [RIGHT], files: [RIGHT] });
  assertStringIncludes(
    text,
    "Not checked: results of 6 runs of programs that are not deterministic, as\n" +
      "      the experiment says\n" +
      "      Not checked: results of 1,227 runs outside of the sample\n",
  );
});

Deno.test("verdictText() counts failures", () => {
  const cases: [runs: Check[], files: Check[], counts: string][] = [
    [[WRONG, RIGHT], [RIGHT], "1 of 2 runs"],
    [[RIGHT], [WRONG, WRONG], "2 of 2 files"],
    [[WRONG], [WRONG, RIGHT], "1 of 1 run and 1 of 2 files"],
  ];
  for (const [runs, files, counts] of cases) {
    const [first] = verdictText({ ...VERDICT, runs, files }).split("\n");
    assertEquals(first, `FAIL  reports/dropout: ${counts}, in 1 min 15 s`);
  }
});

Deno.test("a verification fits a terminal of 80 columns", () => {
  const text = [
    ...checkLines([RIGHT, WRONG], { quiet: false }),
    verdictText({ ...VERDICT, runs: [RIGHT], files: [RIGHT] }),
    verdictText({
      ...VERDICT,
      failed: 123,
      uncheckedMembers: Array.from({ length: 12 }, (_, index) => `member.${index}`),
      runs: [RIGHT],
      files: [{
        subject: "report.html",
        findings: [],
        unchecked: "drawn by regsweep 0.1.0, page code 12345678",
      }],
    }),
    verdictText({ ...VERDICT, runs: [WRONG], files: [WRONG] }),
  ].join("\n");
  for (const line of text.split("\n")) assert(line.length <= 80, line);
});

Deno.test("verdictText() says that a sweep is unfinished", () => {
  const unfinished = { planned: 2000, why: "budget", budgetSeconds: 60 } as const;
  const verdict = { ...VERDICT, runs: [RIGHT], files: [RIGHT] };
  const text = verdictText({ ...verdict, unfinished });
  assertStringIncludes(text, "      The sweep is unfinished: it has 1,234 of 2,000 runs\n");
  const ofRung = verdictText({ ...verdict, unfinished: { ...unfinished, rung: 150 } });
  assertStringIncludes(ofRung, "The sweep is unfinished: it has the runs of a rung of 150 steps\n");
});

Deno.test("markedLine() lets verdicts stand out, and nothing else", () => {
  assertEquals(
    ["PASS  runs.csv", "PASS, a not checked (b)", "FAIL  a", "SKIP  a", "    PASS", "PASSAGE"]
      .map((text) => markedLine(text).marked),
    [
      { text: "PASS", colour: "green" },
      { text: "PASS", colour: "green" },
      { text: "FAIL", colour: "red" },
      { text: "SKIP", colour: undefined },
      undefined,
      undefined,
    ],
  );
});
