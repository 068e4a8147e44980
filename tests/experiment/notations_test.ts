import { assertEquals, assertThrows } from "@std/assert";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { UserError } from "../../src/user_error.ts";
import { START } from "./_rejects.ts";

/** What the error of a text hints at. */
function hintOf(text: string): string | undefined {
  const error = assertThrows(
    () => parseExperiment(START + text, "e.yaml"),
    UserError,
    "Cannot use",
  );
  assertEquals(error.problems.length, 1, error.message);
  return error.problems[0].hint;
}

/** The hint for each notation of a value, by its key. */
const HINTS: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  steps: {
    "1_000": "write 1000",
    "1'000'000": "write 1000000",
    "'500'": "write 500 without quotes",
    "−5": "write -5",
    "010": "write 10",
    "+007": "write +7",
    "1/2": undefined,
    "200%": "write 2",
    "null": undefined,
  },
  dropout: {
    "50%": "write 0.5",
    "1/4": "write 0.25",
    "00.5": "write 0.5",
    "1/0": undefined,
  },
  "max_norm": {
    "null": "write none",
    "~": "write none",
    "off": "write none",
    "no": "write none",
    "False": "write none",
    ".inf": "write none",
    "Infinity": "write none",
    "nonne": 'did you mean "none"?',
    "1_0.5": "write 10.5",
  },
  "early_stopping": { "off": "write none", "1,000": "write 1000" },
  "batch_size": { ".inf": "write all", "∞": "write all" },
};

for (const [key, notations] of Object.entries(HINTS)) {
  for (const [typed, hint] of Object.entries(notations)) {
    Deno.test(`parseExperiment() ${hint ? `says "${hint}"` : "has no hint"} for ${key}: ${typed}`, () => {
      // In a list or mapping of one line, a comma would separate values.
      assertEquals(hintOf(`fixed:\n  ${key}: ${typed}\n`), hint);
      if (!typed.includes(",")) {
        assertEquals(hintOf(`grid:\n  ${key}: [${typed}]\n`), hint, "in the grid");
      }
    });
  }
}

/** The hint for each pattern in one line. */
const PATTERN_HINTS: Readonly<Record<string, string | undefined>> = {
  "steps=010": "write 10",
  "steps>=0100": "write 100",
  "hidden=[064, 32]": "write 64",
  "steps=1_000": "write 1000",
  "dropout=50%": "write 0.5",
  "dropout>50%": "write 0.5",
  "max_norm=off": "write none",
  "init=hee": 'did you mean "he"?',
  "dropout>many": undefined,
};

for (const [pattern, hint] of Object.entries(PATTERN_HINTS)) {
  Deno.test(`parseExperiment() ${hint ? `says "${hint}"` : "has no hint"} for pattern ${pattern}`, () => {
    assertEquals(hintOf(`grid: { dropout: [0, 0.5] }\nonly: "${pattern}"\n`), hint);
  });
}

Deno.test("parseExperiment() hints at true and false for the words of YAML 1.1", () => {
  const hint = (word: string) =>
    assertThrows(
      () =>
        parseExperiment(
          `name: e\ndataset: { path: d.csv, target: y, split: { train: 1, validation: 1, test: 0, resplit: ${word} } }\n`,
          "e.yaml",
        ),
      UserError,
    ).problems.find(({ message }) => message.includes("resplit"))?.hint;
  assertEquals(["yes", "on", "Off", "no"].map(hint), [
    ...["write true", "write true", "write false", "write false"],
  ]);
});

Deno.test("parseExperiment() takes the notations of YAML 1.2", () => {
  const values = ["1e-3", ".5", "0.5", "5.", "+5", "1E+2", "0x1F", "0o17", "0", "-0", "0.0"];
  const { cells } = parseExperiment(
    `${START}grid: { l2_penalty: [${values.slice(0, 8)}] }`,
    "e.yaml",
  );
  assertEquals(cells.map(({ config }) => config.l2_penalty), [0.001, 0.5, 5, 100, 31, 15]);
  for (const zero of values.slice(8)) {
    const { fixed } = parseExperiment(`${START}fixed: { l2_penalty: ${zero} }`, "e.yaml");
    assertEquals(fixed.l2_penalty, 0);
  }
});
