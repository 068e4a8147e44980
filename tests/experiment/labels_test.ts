import { assertEquals, assertStringIncludes } from "@std/assert";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { rejects, START } from "./_rejects.ts";

const LABELLED = `${START}tags: [paper, Table-2, v1.0_b]
notes: |2

    Indented as it was,

  with an empty line between.

`;

Deno.test("tags and notes are part of an experiment, with the line breaks of notes", () => {
  const { tags, notes } = parseExperiment(LABELLED, "e.yaml");
  assertEquals(tags, ["paper", "Table-2", "v1.0_b"]);
  assertEquals(notes, "  Indented as it was,\n\nwith an empty line between.");
});

Deno.test("an experiment without tags and notes has neither", () => {
  for (const text of ["", "tags: []\n", "notes: ''\n", 'notes: " \\n "\n']) {
    const experiment = parseExperiment(START + text, "e.yaml");
    assertEquals(["tags" in experiment, "notes" in experiment], [false, false], text);
  }
});

Deno.test("the kept experiment has the tags and notes", () => {
  const experiment = parseExperiment(LABELLED, "e.yaml");
  const kept = textToKeep(experiment, ".");
  assertStringIncludes(kept, "tags: [ paper, Table-2, v1.0_b ]");
  const again = parseExperiment(kept, "e.yaml");
  assertEquals([again.tags, again.notes], [experiment.tags, experiment.notes]);
});

const MANY = `tags: [${Array.from({ length: 21 }, (_, index) => `t${index}`).join(", ")}]`;
const WRONG = `tags: [2024, two words, ok, -x, "<b>", ${"x".repeat(41)}]`;
const RULE = "a tag must be 1 to 40 letters, digits, dots, underscores and hyphens, " +
  "and begin with a letter or digit";

rejects(
  "wrong tags, each at its place",
  `${START}${WRONG}\n`,
  `e.yaml:3:8: Cannot use tags 2024: a tag must be text
  3 | ${WRONG}
    |        ^^^^ write "2024"
e.yaml:3:14: Cannot use tags two words: ${RULE}
  3 | ${WRONG}
    |              ^^^^^^^^^
e.yaml:3:29: Cannot use tags -x: ${RULE}
  3 | ${WRONG}
    |                             ^^
e.yaml:3:33: Cannot use tags "<b>": ${RULE}
  3 | ${WRONG}
    |                                 ^^^^^
e.yaml:3:40: Cannot use tags ${"x".repeat(41)}: ${RULE}
  3 | ${WRONG}
    |                                        ${"^".repeat(41)}`,
);

rejects(
  "a tag that is there already, whatever its case",
  `${START}tags: [paper, Paper]
`,
  `e.yaml:3:15: Cannot use tags Paper: tags must not repeat
  3 | tags: [paper, Paper]
    |               ^^^^^`,
);

rejects(
  "tags that are no list",
  `${START}tags: paper
`,
  `e.yaml:3:7: Cannot use tags paper: tags must be a list of words, such as [paper, table-2]
  3 | tags: paper
    |       ^^^^^`,
);

rejects(
  "more tags than anybody looks for",
  `${START}${MANY}\n`,
  `e.yaml:3:7: Cannot use ${MANY.replace(": ", " ").slice(0, 65)}…: tags must be at most 20 words
  3 | ${MANY}
    |       ${"^".repeat(MANY.length - "tags: ".length)}`,
);

rejects(
  "notes with characters that control a terminal",
  `${START}notes: "all \\e[31mred"
`,
  `e.yaml:3:8: Cannot use notes "all \\e[31mred": notes must have no control characters but line breaks and tabs
  3 | notes: "all \\e[31mred"
    |        ^^^^^^^^^^^^^^^`,
);

rejects(
  "notes that are no text",
  `${START}notes: { for: paper }
`,
  `e.yaml:3:8: Cannot use notes { for: paper }: notes must be text
  3 | notes: { for: paper }
    |        ^^^^^^^^^^^^^^`,
);
rejects(
  "notes that are too long",
  `${START}notes: |
  ${"word ".repeat(2001)}
`,
  `e.yaml:3:8: Cannot use notes: notes must be at most 10,000 characters
  3 | notes: |
    |        ^`,
);

Deno.test("cite names authors, or nobody", () => {
  const citeOf = (text: string) => parseExperiment(`${START}${text}\n`, "e.yaml").cite;
  assertEquals(citeOf(""), undefined);
  assertEquals(citeOf("cite: false"), undefined);
  assertEquals(citeOf("cite: true"), { authors: [] });
  assertEquals(citeOf('cite: { authors: ["Lovelace, Ada", " A group "] }'), {
    authors: ["Lovelace, Ada", "A group"],
  });
});

rejects(
  "a cite that is neither true nor a mapping",
  `${START}cite: maybe
`,
  `e.yaml:3:7: Cannot use cite maybe: cite must be true, false, or a mapping with authors
  3 | cite: maybe
    |       ^^^^^`,
);

rejects(
  "authors that are none",
  `${START}cite: { authors: [] }
`,
  `e.yaml:3:18: Cannot use authors []: authors must name somebody
  3 | cite: { authors: [] }
    |                  ^^`,
);

rejects(
  "a misspelt key of cite",
  `${START}cite: { autors: [Ada] }
`,
  `e.yaml:3:7: Cannot use cite { autors: [Ada] }: cite must be true, false, or a mapping with authors
  3 | cite: { autors: [Ada] }
    |       ^^^^^^^^^^^^^^^^^`,
);
