import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readModule } from "../../../src/trainers/module/read_module.ts";
import { UserError } from "../../../src/user_error.ts";
import { inFolderWith } from "../../_in_folder.ts";
import { problemsOf, readFiles } from "./_module_folder.ts";

const TRAIN = "*train() { yield { step: 0, measures: { a: 1 } }; }";
const MODEL = `export default { name: "model", ${TRAIN} };\n`;

Deno.test("readModule() reads a module, the files that it imports, and its definition", async () => {
  const code = await readFiles({
    "model.ts": `import { solve } from "./lib/solve.ts";
import { parse } from "@std/csv";
import * as zod from "zod";
import type { TrainerDefinition } from "../somewhere/else.ts";
export default {
  name: "ridge",
  tasks: ["regression"],
  hyperparameters: {
    alpha: { type: "number", minimum: 0, default: 1, regularizer: true, label: "Penalty" },
    solver: { type: "choice", choices: ["a", "b"] },
  },
  ${TRAIN},
} satisfies TrainerDefinition;
export { parse, solve, zod };
`,
    "lib/solve.ts": 'export * from "./twice.js";\nexport const solve = 1;\n',
    "lib/twice.js": "export const twice = (x) => 2 * x;\n",
    "unused.ts": "not a program",
  });
  assertEquals(code.kind, "module");
  assertEquals([code.name, code.tasks, code.allow], ["ridge", ["regression"], []]);
  assertEquals(code.files.map(({ path }) => path), ["model.ts", "lib/solve.ts", "lib/twice.js"]);
  assertEquals(code.packages.map((name) => name.replace(/@[^@]*$/, "")), ["deno-std", "zod"]);
  assertEquals(code.files.map(({ packages }) => packages), [["@std/csv", "zod"], [], []]);
  assertEquals(code.hyperparameters.map(({ key, type }) => [key, type]), [
    ["alpha", "number"],
    ["solver", "word"],
  ]);
  assert(!("default" in code.hyperparameters[1]));
});

Deno.test("a module's version covers its files, its packages and what it allows", async () => {
  const versionOf = async (files: Record<string, string>) => (await readFiles(files)).version;
  const model = `import "./a.ts";\n${MODEL}`;
  const version = await versionOf({ "model.ts": model, "a.ts": "", "b.ts": "" });
  assertEquals(version.length, 64);
  assertEquals(await versionOf({ "model.ts": model, "a.ts": "", "b.ts": "// other" }), version);
  const others = [
    { "model.ts": `${model} `, "a.ts": "" },
    { "model.ts": model, "a.ts": "// other" },
    { "model.ts": `import "zod";\n${model}`, "a.ts": "" },
    { "model.ts": model.replace("name:", 'allow: ["math"], name:'), "a.ts": "" },
  ];
  for (const files of others) assertNotEquals(await versionOf(files), version);
});

Deno.test("readModule() says whether a module predicts from parameters alone", async () => {
  const withMember = (member: string) =>
    readFiles({
      "model.ts": `export default { name: "a", tasks: ["regression"], ${TRAIN}, ${member} };`,
    });
  assertEquals((await withMember("")).predicts, undefined);
  assertEquals((await withMember("predict: () => []")).predicts, true);
});

Deno.test("a module may take its definition from elsewhere in its file", async () => {
  for (
    const text of [
      `const trainer = { name: "m", ${TRAIN} } as const;\nexport { trainer as default };`,
      `const trainer = Object.freeze({ name: "m", ${TRAIN} });\nexport default trainer;`,
      `const train = function* () {};\nexport default { name: "m", train };`,
      `export default { name: "m", async ${TRAIN} };`,
      `export { default } from "./other.ts";`,
      `\u{feff}export default { name: "m", ${TRAIN} };`,
      `enum Step { First }\nexport default { name: "m", step: undefined, ${TRAIN} };`.replace(
        "step: undefined, ",
        "",
      ),
    ]
  ) {
    const files = { "model.ts": text, "other.ts": `export default { name: "m", ${TRAIN} };` };
    assertEquals((await readFiles(files)).name, "m", text);
  }
});

Deno.test("readModule() says what it cannot find or read", async () => {
  await inFolderWith({ "model.ts": MODEL, "big.ts": " ".repeat(2 ** 20 + 1) }, async (folder) => {
    await Deno.symlink("/etc/hostname", join(folder, "link.ts"));
    await Deno.symlink("nothing.ts", join(folder, "gone.ts"));
    await Deno.mkdir(join(folder, "folder.ts"));
    await Deno.writeFile(join(folder, "latin.ts"), Uint8Array.of(0xe9));
    const problemOf = async (name: string) => {
      const error = await assertRejects(() => readModule(join(folder, name)), UserError);
      const [{ message, hint }] = error.problems;
      return [message, hint].filter(Boolean).join(" | ").replaceAll(folder, "DIR");
    };
    assertEquals(
      await problemOf("modle.ts"),
      "Cannot find trainer DIR/modle.ts | did you mean DIR/model.ts?",
    );
    assertEquals(
      await problemOf("model.py"),
      "Cannot use DIR/model.py as a trainer: it is not a .ts, .mts, .js or .mjs file | " +
        "did you mean DIR/model.ts?",
    );
    assertEquals(
      await problemOf("bayes.py"),
      "Cannot use DIR/bayes.py as a trainer: it is not a .ts, .mts, .js or .mjs file | " +
        "a program is a mapping with command: see docs/trainers.md",
    );
    assertEquals(await problemOf("gone.ts"), "Cannot find trainer DIR/gone.ts");
    assertEquals(
      await problemOf("big.ts"),
      "Cannot read trainer DIR/big.ts: it is larger than 1 MiB",
    );
    assertEquals(
      await problemOf("link.ts"),
      "Cannot read trainer DIR/link.ts: it leads out of DIR",
    );
    assertEquals(
      await problemOf("folder.ts"),
      "Cannot read trainer DIR/folder.ts: it is a folder, not a file",
    );
    assertEquals(await problemOf("latin.ts"), "Cannot read DIR/latin.ts: it is not UTF-8 text");
  });
});

Deno.test("a module imports files of its folder and packages of deno.json, and nothing else", async () => {
  const refused: Readonly<Record<string, string>> = {
    '"node:fs"':
      "a trainer may import files of its own folder and packages of regsweep's deno.json",
    '"fs"': "a trainer may import files of its own folder and packages of regsweep's deno.json",
    '"https://example.org/a.ts"': "a trainer may import files of its own folder",
    '"data:text/javascript,1"': "a trainer may import files of its own folder",
    '"npm:lodash@4.17.21"': "a trainer may import files of its own folder",
    '"file:///etc/hostname"': "a trainer may import files of its own folder",
    '"/etc/a.ts"': "it is outside of the trainer's folder",
    '"../a.ts"': "it is outside of the trainer's folder",
    '"./lib/../../a.ts"': "it is outside of the trainer's folder",
    '"./link.ts"': "it leads out of DIR",
    '"./data.json" with { type: "json" }': "a trainer cannot import with attributes",
    '"./other.ts" with { type: "text" }': "a trainer cannot import with attributes",
    '"./data.json"': "a trainer imports .ts, .mts, .js and .mjs files",
    '"./othr.ts"': "there is no such file",
    '"lodash"': "a trainer may import files of its own folder",
  };
  await inFolderWith({ "other.ts": "", "data.json": "{}" }, async (folder) => {
    await Deno.symlink("/etc/hostname", join(folder, "link.ts"));
    for (const [what, reason] of Object.entries(refused)) {
      for (const form of ["import a from", "import", "export * from", "export { a } from"]) {
        const line = `${form} ${what};`;
        await Deno.writeTextFile(join(folder, "model.ts"), `${line}\n${MODEL}`);
        const error = await assertRejects(() => readModule(join(folder, "model.ts")), UserError);
        const [{ message, place }, ...more] = error.problems;
        assertEquals(more, [], line);
        assertStringIncludes(
          message.replaceAll(folder, "DIR"),
          `Cannot import ${what.split(" ")[0]}: ${reason}`,
        );
        assertEquals([place?.line, place?.column], [1, line.indexOf('"') + 1], line);
      }
    }
  });
});

Deno.test("a refused import has a hint at what to do instead", async () => {
  const copy = "copy what you need of it into that folder";
  const asSource = "write the data as a .ts file that exports it";
  const hints: Readonly<Record<string, string | undefined>> = {
    "lodash": copy,
    "npm:lodash@4.17.21": copy,
    "https://example.org/a.ts": copy,
    "node:fs": undefined,
    "yam": 'did you mean "yaml"?',
    "./data.json": asSource,
    "./data.csv": asSource,
    "./model": 'did you mean "./model.ts"?',
    "./lib": undefined,
  };
  await inFolderWith({ "data.json": "{}" }, async (folder) => {
    for (const [specifier, hint] of Object.entries(hints)) {
      const line = `import "${specifier}";`;
      await Deno.writeTextFile(join(folder, "model.ts"), `${line}\n${MODEL}`);
      const error = await assertRejects(() => readModule(join(folder, "model.ts")), UserError);
      assertEquals(error.problems.map(({ hint }) => hint), [hint], line);
    }
  });
  assertStringIncludes(
    await problemsOf({ "model.ts": `import a from "./a.json" with { type: "json" };\n${MODEL}` }),
    asSource,
  );
});

Deno.test("types may be imported from anywhere: nothing is left of them", async () => {
  const { files } = await readFiles({
    "model.ts": `import type { A } from "../mod.ts";
export type { C } from "node:fs";
type D = import("./data.json").D;
${MODEL}`,
  });
  assertEquals(files.length, 1);
  assertStringIncludes(
    await problemsOf({ "model.ts": `import { type A } from "../mod.ts";\n${MODEL}` }),
    "write import type",
  );
});

Deno.test("files of a module must not import each other", async () => {
  assertEquals(
    await problemsOf({
      "model.ts": `import "./a.ts";\n${MODEL}`,
      "a.ts": 'import "./lib/b.ts";\n',
      "lib/b.ts": 'import "../a.ts";\n',
    }),
    `DIR/lib/b.ts:1:8: Cannot import "../a.ts": files must not import each other: a.ts → lib/b.ts → a.ts
  1 | import "../a.ts";
    |        ^^^^^^^^^`,
  );
  assertStringIncludes(
    await problemsOf({ "model.ts": `import "./model.ts";\n${MODEL}` }),
    "model.ts → model.ts",
  );
});

Deno.test("readModule() reports problems of all files at once, in order", async () => {
  const shown = await problemsOf({
    "model.ts": `import "./a.ts";
import "./b.ts";
import "./missing.ts";
export default { name: 1, ${TRAIN} };
const x = Date.now();
`,
    "a.ts": "export const a = Math.random();\nexport const = 3;\n",
    "b.ts": "let b = 3;\nlet b = 4;\nconst c = 2 ** b;\n",
  });
  const places = shown.split("\n").filter((line) => line.startsWith("DIR"))
    .map((line) => line.split(": ")[0]);
  assertEquals(places, ["DIR/model.ts:3:8", "DIR/model.ts:5:11", "DIR/a.ts:2:14", "DIR/b.ts:2:5"]);
});

Deno.test("a syntax error is shown with its place", async () => {
  assertEquals(
    await problemsOf({ "model.ts": "export default {\n  name: 3x,\n};\n" }),
    `DIR/model.ts:2:10: Cannot read the module: Identifier directly after number
  2 |   name: 3x,
    |          ^`,
  );
  // Types are no part of JavaScript.
  assertStringIncludes(
    await problemsOf({ "model.ts": 'import "./a.js";', "a.js": "const a: number = 1;" }),
    "DIR/a.js:1:8: Cannot read the module",
  );
  const deep = `export default ${"[".repeat(100_000)}`;
  assertStringIncludes(await problemsOf({ "model.ts": deep }), "Cannot read the module");
});

Deno.test("what evaluating a module throws is shown at its place", async () => {
  assertEquals(
    await problemsOf({
      "model.ts":
        `import { nameOf } from "./a.ts";\nexport default { name: nameOf(), ${TRAIN} };\n`,
      "a.ts": "// A name.\nexport function nameOf(): string {\n  throw new Error('no name');\n}\n",
    }),
    `DIR/a.ts:3:9: The definition throws Error: no name
  3 |   throw new Error('no name');
    |         ^^^`,
  );
  assertEquals(
    await problemsOf({
      "model.ts": `import { b } from "./a.ts";\n${MODEL}export { b };\n`,
      "a.ts": "export const a = 1;",
    }),
    `DIR/model.ts:1:10: The definition throws SyntaxError: The requested module 'DIR/a.ts' does not provide an export named 'b'
  1 | import { b } from "./a.ts";
    |          ^`,
  );
  assertEquals(
    await problemsOf({ "model.ts": `throw 3;\n${MODEL}` }),
    "DIR/model.ts: The definition throws 3",
  );
  // Hidden from what looks at the source.
  assertStringIncludes(
    await problemsOf({ "model.ts": `const m = [Math][0];\n${MODEL}const n = m["ran" + "dom"]();` }),
    "Cannot use Math",
  );
  assertStringIncludes(
    await problemsOf({ "model.ts": `await Promise.reject(new TypeError("later"));\n${MODEL}` }),
    "DIR/model.ts:1:22: The definition throws TypeError: later",
  );
});

/** What a process prints that runs a script of fixtures/ with the module `model.ts`. */
async function printedBy(script: string, text: string, ...more: number[]): Promise<string> {
  return await inFolderWith({ "model.ts": text }, async (folder) => {
    const [path, config] = [`./fixtures/${script}`, "../../deno.json"]
      .map((path) => fileURLToPath(new URL(path, import.meta.url)));
    const options = ["--config", config, "--allow-read", "--no-check"];
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...options, path, join(folder, "model.ts"), ...more.map(String)],
      signal: AbortSignal.timeout(120_000),
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout).replaceAll(folder, "DIR").trim();
  });
}

/** What a process that reads the module prints; a thread that does not end ends with it. */
function printed(text: string, limitSeconds: number, mostGrowthBytes = Infinity): Promise<string> {
  return printedBy("print_problems.ts", text, limitSeconds, mostGrowthBytes);
}

Deno.test("what a definition needs of Math must be allowed", async () => {
  const needs = (allow: string) =>
    `import { scale } from "vega";
const half = scale("log")().domain([1, 4])(2);
export default { name: "m", ${allow} ${TRAIN} };`;
  assertStringIncludes(
    await problemsOf({ "model.ts": needs("") }),
    "The definition throws TypeError: Cannot use Math.log in a trainer",
  );
  assertEquals((await readFiles({ "model.ts": needs('allow: ["math"],') })).allow, ["math"]);
});

Deno.test("a module prints nothing while its definition is read", async () => {
  const text = `console.log("hello"); console.table([1]); console.error(1);\n${MODEL}`;
  assertEquals(await printed(text, 60), "model is right");
});

Deno.test("the program outlives a definition that never ends", async () => {
  const late = "Cannot read trainer DIR/model.ts: it gives no definition within 1 s";
  assertEquals(await printed(`for (;;);\n${MODEL}`, 1), late);
  assertEquals(await printed(`await new Promise(() => {});\n${MODEL}`, 1), late);
});

Deno.test("the program outlives a definition that takes more and more memory", async () => {
  const large = "Cannot read trainer DIR/model.ts: its definition takes too much memory";
  const fill = (piece: string) => `for (const all = [];;) all.push(${piece});\n${MODEL}`;
  // On a busy machine, taking memory takes long.
  for (const start of ["", "await undefined; "]) {
    assertEquals(await printed(`${start}${fill("new Array(1e5).fill(0.5)")}`, 100), large);
  }
  assertEquals(await printed(fill("new Float64Array(1e6).fill(1)"), 100, 2 ** 28), large);
});

Deno.test("a definition is read in a process that takes more and more memory meanwhile", async () => {
  const names = new Array(8).fill("model").join(" ");
  assertMatch(await printedBy("read_while_growing.ts", MODEL), RegExp(`^${names}, \\d+ pieces$`));
});
