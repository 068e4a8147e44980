import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { citationTexts } from "../../../src/report/citation/citation_texts.ts";
import { parse } from "../../../src/yaml.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

const INPUT = sampleInput(SAMPLES.l1VsL2);

/** The input with other facts of its experiment. */
function cited(facts: { readonly [key: string]: unknown }) {
  const experiment = { ...INPUT.manifest.experiment, ...facts };
  return { ...INPUT, manifest: { ...INPUT.manifest, experiment } };
}

Deno.test("citationTexts() gives nothing unless the experiment asks for it and all is there", () => {
  assertEquals(citationTexts(INPUT), {});
  const asked = cited({ cite: { authors: [] } });
  assertEquals(Object.keys(citationTexts(asked)), ["CITATION.cff", "appendix.md"]);
  const unfinished = { planned: 200, why: "budget", budgetSeconds: 60 } as const;
  assertEquals(citationTexts({ ...asked, manifest: { ...asked.manifest, unfinished } }), {});
});

Deno.test("CITATION.cff has what the format requires, whatever authors are called", () => {
  const authors = ["Lovelace, Ada", "Analytical Engine Group", "Plato,", 'A "b": {c}\u2028'];
  const text = citationTexts(cited({ cite: { authors }, tags: ["paper"] }))["CITATION.cff"];
  const citation = parse(text);
  for (const key of ["cff-version", "message", "title", "authors"]) assert(citation[key], key);
  assertEquals(citation.authors, [
    { "family-names": "Lovelace", "given-names": "Ada" },
    { name: "Analytical Engine Group" },
    { name: "Plato," },
    { name: 'A "b": {c}\u2028' },
  ]);
  assertEquals(citation.keywords, ["paper"]);
  const { checksum, path } = INPUT.manifest.dataset ?? {};
  assertEquals(citation.references[1].title, path);
  assertEquals(citation.references[1].identifiers[0].value, `sha256:${checksum}`);
  assertEquals(citation.identifiers[0].value, `sha256:${INPUT.manifest.files["runs.csv"]}`);
  const unnamed = citationTexts(cited({ cite: { authors: [] } }))["CITATION.cff"];
  assertEquals(parse(unnamed).authors, [{ name: "anonymous" }]);
});

Deno.test("appendix.md tells the result, every checksum of data, and how to verify", () => {
  const text = citationTexts(cited({ cite: { authors: [] } }))["appendix.md"];
  const { finding, advice } = parse(JSON.stringify(INPUT.manifest.answer ?? {}));
  for (const sentence of [finding, advice].filter(Boolean)) {
    assertStringIncludes(text.replaceAll("\\", ""), sentence);
  }
  for (const [name, checksum] of Object.entries(INPUT.manifest.files)) {
    assertEquals(text.includes(checksum), name !== "report.html", name);
  }
  assertStringIncludes(text, "\nregsweep verify l1-vs-l2\n");
  assertStringIncludes(text, "Nadeau and Bengio, Inference for the Generalization Error (2003)");
  assertStringIncludes(text, "l1\\_penalty (0, ");
  assertStringIncludes(text, "(0 to 9)");
});

Deno.test("appendix.md shows texts of users as they are", () => {
  const description = "Is *a* better\n# than\x1b <script>b</script>?";
  const text = citationTexts(cited({ cite: { authors: ["<b>"] }, description }))["appendix.md"];
  assertStringIncludes(text, "Is \\*a\\* better \\# than  \\<script\\>b\\</script\\>?");
  assertStringIncludes(text, "\n\\<b\\>\n");
});

Deno.test("both files are the same on another day and another machine", () => {
  const asked = cited({ cite: { authors: [] } });
  const { times, machine } = asked.manifest;
  const other = {
    ...asked.manifest,
    times: { ...times, started: "2001-01-01T00:00:00.000Z", seconds: 1 },
    machine: { ...machine, cpu: "another", workers: 64 },
  };
  assertEquals(citationTexts({ ...asked, manifest: other }), citationTexts(asked));
});
