import { assert, assertEquals, assertThrows } from "@std/assert";
import { moduleUrls } from "../../../src/trainers/module/module_urls.ts";
import { readFiles } from "./_module_folder.ts";

interface Model {
  readonly name: string;
  train(): Generator<never>;
}

const MODEL =
  `import { twice } from "./lib/twice.ts"; const fail = () => { throw new Error("no"); };
interface Unused { a: number }
export default {
  name: "model",
  *train(): Generator<never> {
    twice(fail);
  },
};
`;
const TWICE = `// Calls a function twice.
export function twice(call: () => void): void {
  call();
  call();
}
`;

Deno.test("moduleUrls() gives URLs that run the files' texts", async () => {
  const { files } = await readFiles({ "model.ts": MODEL, "lib/twice.ts": TWICE });
  const module = await import(moduleUrls(files, "trainers").entry);
  assertEquals((module.default as Model).name, "model");
});

Deno.test("withFiles() shows the user's files, lines and columns in a stack", async () => {
  const { files } = await readFiles({ "model.ts": MODEL, "lib/twice.ts": TWICE });
  const urls = moduleUrls(files, "trainers");
  const { default: model } = await import(urls.entry);
  const error = assertThrows(() => (model as Model).train().next(), Error);
  const stack = urls.withFiles(error.stack ?? "").split("\n").slice(0, 4).map((line) =>
    line.trim()
  );
  assertEquals(stack, [
    "Error: no",
    "at fail (trainers/model.ts:1:68)",
    "at twice (trainers/lib/twice.ts:3:3)",
    "at Object.train (trainers/model.ts:6:5)",
  ]);
  assert(!urls.withFiles(error.stack ?? "").includes("blob:"));
  assertEquals(urls.withFiles("blob:null/other:1:2"), "blob:null/other:1:2");
});

Deno.test("withFiles() finds a column behind several imports of its line", async () => {
  const text = 'import "./a.ts";\r\nimport "./a.ts"; import "./a.ts"; import "./a.ts"; ' +
    'export const fail = () => { throw new Error("no"); };\nexport default { name: "m", *train() {} };';
  const urls = moduleUrls((await readFiles({ "model.ts": text, "a.ts": "" })).files, "");
  const { fail } = await import(urls.entry);
  const error = assertThrows(fail as () => void, Error);
  const [, frame] = urls.withFiles(error.stack ?? "").split("\n");
  const lines = text.split(/\r?\n/);
  assertEquals(frame.trim(), `at fail (model.ts:2:${lines[1].indexOf("new Error") + 1})`);
});

Deno.test("moduleUrls() imports a file that two others import once", async () => {
  const { files } = await readFiles({
    "model.ts": `import { count as a } from "./a.ts";
import { count as b } from "./b.ts";
export default { name: "m", *train() {}, hyperparameters: {} };
export const same = a === b;`,
    "a.ts": `export { count } from "./count.ts";`,
    "b.ts": `export * from "./count.ts";`,
    "count.ts": `export const count = {};`,
  });
  assertEquals(files.map(({ path }) => path), ["model.ts", "a.ts", "count.ts", "b.ts"]);
  assertEquals((await import(moduleUrls(files, "").entry)).same, true);
});
