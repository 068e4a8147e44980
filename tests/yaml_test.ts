import { assertEquals } from "@std/assert";
import { join } from "node:path";
import * as commonJs from "yaml";
import * as modules from "../src/yaml.ts";
import { Dice } from "./_dice.ts";
import { ROOT } from "./_source_files.ts";
import { mutate } from "./experiment/_fuzz_texts.ts";

/** What src/ uses of either build, and what is compared of a document. */
type Build = Pick<typeof commonJs, "parseDocument" | "LineCounter" | "visit" | "isScalar">;

const OPTIONS = {
  prettyErrors: false,
  resolveKnownTags: false,
  schema: "core",
  stringKeys: true,
  uniqueKeys: false,
} as const;

/** Everything that regsweep sees of a text: values, positions, comments, errors and warnings. */
function seenBy({ parseDocument, LineCounter, visit, isScalar }: Build, text: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...OPTIONS, lineCounter });
  const problems = [...document.errors, ...document.warnings];
  const nodes: unknown[] = [];
  visit(document, {
    Node(_, node) {
      const { range, tag, comment, commentBefore, spaceBefore } = node;
      const scalar = isScalar(node) && [node.value, node.source, node.type];
      nodes.push({ range, tag, comment, commentBefore, spaceBefore, scalar });
    },
  });
  return {
    problems: problems.map(({ name, code, message, pos }) => ({ name, code, message, pos })),
    nodes,
    lineStarts: lineCounter.lineStarts,
    // A document with errors, or with an alias for nothing, cannot be written.
    text: problems.length > 0 || text.includes("*") ? undefined : document.toString(),
  };
}

Deno.test("src/yaml.ts gives what the package's CommonJS build gives, of right and wrong texts", () => {
  const dice = new Dice("yaml", 1);
  const folder = join(ROOT, "experiments");
  const files = [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".yaml"));
  for (const { name } of files) {
    const text = Deno.readTextFileSync(join(folder, name));
    const texts = [text, ...Array.from({ length: 20 }, () => mutate(text, dice))];
    for (const text of texts) {
      assertEquals(seenBy(modules, text), seenBy(commonJs, text), JSON.stringify(text));
    }
  }
});

Deno.test("reading an experiment loads no CommonJS module, which would take longer", async () => {
  const script = `
    import { createRequire } from "node:module";
    import { openExperiment } from "./src/experiment/open_experiment.ts";
    await openExperiment("experiments/quick.yaml");
    console.log(Object.keys(createRequire(import.meta.url).cache).join());
  `;
  const args = ["eval", "--quiet", script];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
  assertEquals([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)), ["\n", ""]);
});
