import { assertEquals, assertStringIncludes } from "@std/assert";
import { problemsOf, readFiles } from "./_module_folder.ts";

/** What a module with some lines before its definition is refused for, without places. */
async function refusals(lines: string, allow = ""): Promise<string[]> {
  const model = `${lines}\nexport default { name: "m", ${allow} *train() {} };\n`;
  const shown = await problemsOf({ "model.ts": model });
  return shown.split("\n").flatMap((line) => /Cannot use (.*?): /.exec(line)?.[1] ?? []);
}

/** What each file of one module is refused for: reading a module for each would take long. */
async function refusalsIn(texts: readonly string[]): Promise<string[][]> {
  const imports = texts.map((_, index) => `import "./file${index}.ts";\n`).join("");
  const files = texts.map((text, index) => [`file${index}.ts`, `${text}\nexport {};\n`] as const);
  const shown = await problemsOf({
    "model.ts": `${imports}export default { name: "m", *train() {} };\n`,
    ...Object.fromEntries(files),
  });
  const found: string[][] = texts.map(() => []);
  for (const [, index, name] of shown.matchAll(/^DIR\/file(\d+)\.ts:.* Cannot use (.*?): /gm)) {
    found[Number(index)].push(name);
  }
  return found;
}

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  "const f = () => Date.now() - performance.now();": ["Date", "performance"],
  "const f = () => new Date();": ["Date"],
  "const f = () => setTimeout(f, 1);": ["setTimeout"],
  "const f = () => Math.random();": ["Math.random"],
  "const f = () => crypto.randomUUID();": ["crypto"],
  "const f = () => Deno.readTextFileSync('/etc/hostname');": ["Deno"],
  "const f = () => process.hrtime() + require('fs');": ["process", "require"],
  "const f = () => fetch('https://example.org');": ["fetch"],
  "const f = () => eval('1') + new Function('return 1')();": ["eval", "Function"],
  "const f = () => (() => {}).constructor('return 1')();": ["(() => {}).constructor"],
  "const f = () => new (f['constructor'])('return 1');": ["f['constructor']"],
  "const f = () => import('./a.ts');": ["import()"],
  "const f = () => import.meta.url;": ["import.meta"],
  "const f = () => new Intl.NumberFormat();": ["Intl"],
  "const f = (x) => x.toLocaleString() + 'a'.localeCompare('b');": [
    "toLocaleString",
    "localeCompare",
  ],
  "const f = (x) => new WeakRef(x);": ["WeakRef"],
  "const f = () => globalThis.Math.exp(1) + self.Math.exp(1);": ["globalThis", "self"],
  "const f = (x) => Math.exp(x) + Math['log'](x) + Math[`tanh`](x);": [
    ...["Math.exp", "Math.log", "Math.tanh"],
  ],
  "const f = (x) => Math?.exp?.(x);": ["Math.exp"],
  "const { exp, sqrt, sin: sine } = Math;": ["Math.exp", "Math.sin"],
  "const { ...all } = Math;": ["...all"],
  "const { ['exp']: e } = Math;": ["['exp']"],
  "const m = Math; const f = (x) => m.exp(x);": ["Math"],
  "const f = (x, name) => Math[name](x);": ["Math"],
  "const f = (x) => Reflect.get(Math, 'exp')(x);": ["Math"],
  "const f = (x) => x ** 0.5 + 2 ** x + x ** -1 + x ** -(2);": [
    ...["x ** 0.5", "2 ** x", "x ** -1", "x ** -(2)"],
  ],
  "let x = 2; x **= 0.5; x **= 2;": ["x **= 0.5"],
  "const f = (x) => (x ** 2) ** x;": ["(x ** 2) ** x"],
  "const f = (x) => Math.foo(x);": ["Math.foo"],
  "const f = () => new URL('./a', 'https://b') + Buffer.from('a');": ["URL", "Buffer"],
  "const f = (x) => x instanceof Date || Date instanceof x;": ["Date"],
  "class A extends Date {}": ["Date"],
  "const o = { Date, performance };": ["Date", "performance"],
  "enum E { A = Math.exp(1) }": ["Math.exp"],
  "namespace N { export const q = Math.exp(1); }": ["Math.exp"],
  "const f = <T>(x: T) => (Math.exp as (x: T) => number)(x);": ["Math.exp"],
};

Deno.test("what can make results depend on where and when they are computed is refused", async () => {
  const texts = Object.keys(REFUSED);
  const found = await refusalsIn(texts);
  assertEquals(Object.fromEntries(texts.map((text, index) => [text, found[index]])), REFUSED);
});

Deno.test("what a file declares itself, types and members are not refused", async () => {
  const allowed = [
    "const f = (x: number) => Math.sqrt(Math.abs(x)) + Math.max(1, x) * Math.PI;",
    "const { sqrt, max: most } = Math;",
    "const f = (x: number) => x ** 2 + x ** 10 + 2 ** 32 + 2n ** 64n;",
    "const f = (performance: number, { crypto }: { crypto: number }) => performance + crypto;",
    "function close(): void {}\nconst f = () => close();",
    "const f = (run: { Date: Date; random(): number }): Date => run.Date;",
    "interface Deno { process: typeof performance }",
    "const o = { Date: 1, eval: 2, process() {} };\nconst f = () => o.Date + o.eval;",
    "class A { Date = 1; fetch() { return this.Date; } }",
    "const text = 'Date.now() + Math.exp(1)'; // eval",
    "const f = (e: Error) => e.constructor.name;",
    "class B { #Date = 1; #eval() { return this.#Date; } f() { return this.#eval(); } }",
    "declare const performance: number;",
    "const f = () => typeof process === 'object' && typeof Date;",
    "const f = (x) => x instanceof Function || x instanceof Date;",
    "Date: for (const x of [1]) { if (x) continue Date; }",
  ];
  const found = await refusalsIn(allowed);
  assertEquals(allowed.filter((_, index) => found[index].length > 0), []);
});

Deno.test('allow: ["math"] allows the engine\'s functions, and nothing else', async () => {
  const lines = "const f = (x) => Math.exp(x) + 2 ** x + Math.random() + Date.now();";
  assertEquals(await refusals(lines), ["Math.exp", "2 ** x", "Math.random", "Date"]);
  assertEquals(await refusals(lines, 'allow: ["math"],'), ["Math.random", "Date"]);
  const { allow } = await readFiles({
    "model.ts": `const f = Math.exp;\nexport default { name: "m", allow: ["math"], *train() {} };`,
  });
  assertEquals(allow, ["math"]);
});

Deno.test("a refusal shows its place, and what to use instead", async () => {
  const model =
    'export default {\n  name: "m",\n  *train() {\n    return Math.tanh(1);\n  },\n};\n';
  assertEquals(
    await problemsOf({ "model.ts": model }),
    `DIR/model.ts:4:12: Cannot use Math.tanh: its last bits differ between engines: use math.tanh, which train() gets, or say allow: ["math"]
  4 |     return Math.tanh(1);
    |            ^^^^^^^^^`,
  );
  for (const use of ["Math.random()", "crypto.getRandomValues(x)"]) {
    const shown = await problemsOf({ "model.ts": model.replace("Math.tanh(1)", use) });
    assertStringIncludes(shown, 'random("NAME"), which train() gets');
  }
});
