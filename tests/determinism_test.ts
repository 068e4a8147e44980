import { assert, assertEquals } from "@std/assert";
import ts from "typescript";
import { loadKernelsModule } from "../src/kernels/load_kernels.ts";
import {
  importsOf,
  packageFileOf,
  packageNameOf,
  parseSource,
  projectFileOf,
  readSource,
  sourceFilesIn,
  visitNodes,
} from "./_source_files.ts";

/**
 * What ECMAScript defines to the last bit: everything else in `Math` may differ from one engine to
 * the next, or from one compiler of an engine to its other.
 */
const EXACT_MATH = new Set([
  "abs",
  "ceil",
  "clz32",
  "floor",
  "fround",
  "imul",
  "max",
  "min",
  "round",
  "sign",
  "sqrt",
  "trunc",
]);

/** Clocks, chance, the user's language and time zone, and ways around this test. */
const HAZARDOUS_NAMES = new Set([
  "Date",
  "Function",
  "Intl",
  "JSMath",
  "Mathf",
  "NativeMath",
  "NativeMathf",
  "Temporal",
  "eval",
  "getRandomValues",
  "getTimezoneOffset",
  "localeCompare",
  "performance",
  "randomBytes",
  "randomUUID",
]);
const HAZARDOUS_NAME = /^(toLocale|relaxed_)/;

/** What in a file can make its results depend on where and when it runs; each once. */
function hazardsIn(source: ts.SourceFile): string[] {
  const hazards = new Set<string>();
  visitNodes(source, (node) => {
    if (ts.isIdentifier(node)) {
      const hazard = hazardOfName(node);
      if (hazard !== undefined && !isInType(node)) hazards.add(hazard);
    } else if (ts.isStringLiteralLike(node)) {
      // globalThis["Math"], Math["exp"]
      const isKey = ts.isElementAccessExpression(node.parent);
      if (isKey && isHazardousKey(node.text)) hazards.add(`["${node.text}"]`);
    } else if (ts.isBinaryExpression(node) && isPower(node) && !isExactPower(node)) {
      hazards.add(`${node.left.getText(source)} ** ${node.right.getText(source)}`);
    }
  });
  return [...hazards];
}

function hazardOfName(node: ts.Identifier): string | undefined {
  const { text, parent } = node;
  if (HAZARDOUS_NAMES.has(text) || HAZARDOUS_NAME.test(text)) return text;
  if (text !== "Math") return undefined;
  // Anything but a look at one of its members lets the others slip away.
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node) return "Math";
  return EXACT_MATH.has(parent.name.text) ? undefined : `Math.${parent.name.text}`;
}

function isHazardousKey(text: string): boolean {
  return text === "Math" || HAZARDOUS_NAMES.has(text) || HAZARDOUS_NAME.test(text);
}

function isInType(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isStatement(at); at = at.parent) {
    if (ts.isTypeNode(at) && !ts.isExpressionWithTypeArguments(at)) return true;
  }
  return false;
}

function isPower({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.AsteriskAsteriskToken ||
    kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken;
}

/** Integers, and constant powers of two. */
function isExactPower({ left, right }: ts.BinaryExpression): boolean {
  if (ts.isBigIntLiteral(left)) return true;
  const exponent = ts.isPrefixUnaryExpression(right) ? right.operand : right;
  return ts.isNumericLiteral(left) && left.text === "2" &&
    ts.isNumericLiteral(exponent) && /^\d+$/.test(exponent.text);
}

const HAZARDS: Record<string, string[]> = {
  "Math.exp(x)": ["Math.exp"],
  "Math.log(x) + Math.log(y) - Math.pow(x, 2)": ["Math.log", "Math.pow"],
  "Math.tanh(Math.sin(Math.cos(x)))": ["Math.tanh", "Math.sin", "Math.cos"],
  "Math.random()": ["Math.random"],
  "Math.LN2": ["Math.LN2"],
  "const { exp } = Math;": ["Math"],
  "const m = Math; m.exp(x);": ["Math"],
  "f(Math)": ["Math"],
  'Math["exp"](x)': ["Math"],
  "Math[name](x)": ["Math"],
  'globalThis["Math"].exp(x)': ['["Math"]'],
  "globalThis.Math.exp(x)": ["Math"],
  "const started = new Date();": ["Date"],
  "Date.now() - performance.now()": ["Date", "performance"],
  "new Intl.NumberFormat()": ["Intl"],
  "Temporal.Now.instant()": ["Temporal"],
  "x.toLocaleString()": ["toLocaleString"],
  "names.sort((a, b) => a.localeCompare(b))": ["localeCompare"],
  "crypto.randomUUID() + crypto.getRandomValues(a)": ["randomUUID", "getRandomValues"],
  "x ** 2": ["x ** 2"],
  "2 ** x": ["2 ** x"],
  "x **= 0.5": ["x ** 0.5"],
  "2 ** 0.5": ["2 ** 0.5"],
  "10 ** -3": ["10 ** -3"],
  'eval("1") + new Function("return 1")()': ["eval", "Function"],
  "f32x4.relaxed_madd(a, b, c)": ["relaxed_madd"],
  "Mathf.exp(x) + NativeMath.exp(x)": ["Mathf", "NativeMath"],
  "class A extends Date {}": ["Date"],
  "type A = typeof x; const y = (Math.exp as Exp)(x);": ["Math.exp"],
};

const SAFE = [
  "Math.sqrt(Math.abs(x)) + Math.max(Math.min(x, y), Math.round(z))",
  "2 ** 32 + 2 ** -1022",
  "10n ** BigInt(power)",
  "x * x",
  'const text = "Math.exp"; // Math.exp',
  "function f(started: Date, options?: Intl.NumberFormatOptions): Date | undefined {}",
  "x.toFixed(3) + x.toString() + (1e21).toPrecision(3)",
  "@inline function sqrt<T>(x: v128): v128 { return v128.sqrt<T>(x); }",
];

Deno.test("hazardsIn() finds what may differ elsewhere, and nothing else", () => {
  for (const [text, hazards] of Object.entries(HAZARDS)) {
    assertEquals(hazardsIn(parseSource("a.ts", text)), hazards, text);
  }
  for (const text of SAFE) assertEquals(hazardsIn(parseSource("a.ts", text)), [], text);
});

/** Where results are made; what these import counts, too. */
const ROOTS = [
  ...["dataset", "experiment", "kernels", "measures", "results", "statistics", "trainers"]
    .flatMap((folder) => sourceFilesIn(`src/${folder}`)),
  "src/store/run_key.ts",
  "src/sweep/csv_files.ts",
  "src/sweep/plan_runs.ts",
  "src/sweep/local/worker.ts",
];

/** Packages that results do not come from. */
const PACKAGES_ASIDE: Readonly<Record<string, string>> = {
  assemblyscript: "compiles; the kernels that come out are committed, and compared by a test",
  yaml: "reads text; its numbers are those of Number()",
  zod: "checks values and hands them on",
};

/** Files that results come from, with their hazards. */
async function hazardsByFile(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const waiting = [...ROOTS];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file) || !/\.[cm]?[jt]s$/.test(file)) continue;
    const source = await readSource(file);
    found.set(file, hazardsIn(source));
    for (const { specifier, isTypeOnly } of importsOf(source)) {
      const next = isTypeOnly ? undefined : importedFile(file, specifier);
      if (next !== undefined) waiting.push(next);
    }
  }
  return found;
}

function importedFile(file: string, specifier: string): string | undefined {
  if (!file.includes("node_modules/")) {
    const inProject = projectFileOf(file, specifier);
    if (inProject !== undefined) return inProject;
  }
  const name = packageNameOf(specifier);
  return name.startsWith("node:") || name in PACKAGES_ASIDE
    ? undefined
    : packageFileOf(file, specifier);
}

/** Hazards that were looked at, and why none of them reaches a result. */
const HARMLESS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "src/awake_clock.ts": { performance: "ends programs that take too long" },
  "src/dataset/table/_open_parquet.ts": { Date: "writes a time of Parquet as ISO text, in UTC" },
  "hyparquet/src/alp.js": {
    "2 ** bitWidth": "counts bits in whole powers of two, which a test shows to be exact",
    "2 ** bits": "the same",
  },
  "hyparquet/src/convert.js": {
    Date: "is replaced by parsers of our own",
    "10 ** scale": "divides decimal numbers, which are read as integers instead",
    "10 ** -scale": "the same",
    "2 ** (exp - 15)": "reads half-precision numbers, which are refused",
  },
  "hyparquet/src/metadata.js": {
    "10 ** (schema.scale || 0)": "is for statistics of columns, which nothing reads",
    "10 ** scale": "the same",
    "10 ** -scale": "the same",
  },
  "hyparquet/src/utils.js": { Date: "compares and prints values, which nothing asks for" },
  "hyparquet/src/variant.js": {
    Date: "reads variants, which are refused",
    "10 ** scale": "the same",
  },
  "src/files/_check_facts.ts": {
    "Math.log2": "finds the unit of a size in a message",
    "1024 ** power": "converts a size in a message",
  },
  "src/files/facts.ts": { Date: "gives a file a time, which no result has" },
  "src/files/write_file.ts": { randomUUID: "names temporary files" },
  "src/kernels/assembly/exact_math.ts": {
    NativeMath: "is compiled into math.wasm, which gives the same bits everywhere",
  },
  "src/statistics/design_power.ts": {
    "2 ** (1 - pairs)": "is in sentences of plan and report, and in no CSV file",
  },
  "src/stopwatch.ts": { performance: "measures what no CSV file tells" },
  "src/trainers/module/realm/realm.ts": { performance: "stops what has no result any more" },
  "src/trainers/module/realm/lock_down.ts": Object.fromEntries(
    ["Date", "Intl", "Math", "Temporal", "eval", "performance"].map((name) => [name, "is refused"]),
  ),
  "seedrandom/seedrandom.js": {
    Math: "takes two constants from it: see the test below",
    Date: "makes a seed where none is given",
    getRandomValues: "makes a seed where none is given",
    randomBytes: "makes a seed where none is given",
  },
  "seedrandom/lib/xor4096.js": { Date: "another generator, which is not used" },
  "seedrandom/lib/xorshift7.js": { Date: "another generator, which is not used" },
  "@stdlib/dist-stats-base-dists-flat/build/bundle.min.js": {
    eval: "finds out what syntax the engine knows",
    Function: "finds out what the engine can do, and calls the console",
    Date: "stands before messages",
  },
};

/** A file as `HARMLESS` calls it: of a package, only from the package's name on. */
function shortName(file: string): string {
  return file.replace(/.*\/node_modules\//, "");
}

Deno.test("nothing that may differ elsewhere is on the way to a result", async () => {
  const hazards = await hazardsByFile();
  assert(hazards.has("src/kernels/assembly/update.ts"));
  assert([...hazards.keys()].some((file) => shortName(file).startsWith("@stdlib/")));
  const found = [...hazards].flatMap(([file, hazards]) =>
    hazards.map((hazard) => `${shortName(file)}: ${hazard}`)
  );
  const harmless = Object.entries(HARMLESS).flatMap(([file, hazards]) =>
    Object.keys(hazards).map((hazard) => `${file}: ${hazard}`)
  );
  assertEquals(found.filter((hazard) => !harmless.includes(hazard)), [], "hazards");
  assertEquals(harmless.filter((hazard) => !found.includes(hazard)), [], "no hazards any more");
});

Deno.test("the powers that seedrandom takes from Math are exact", async () => {
  const source = await readSource(
    packageFileOf("src/trainers/module/realm/realm.ts", "seedrandom"),
  );
  const main = await readSource(packageFileOf(source.fileName, "./seedrandom.js"));
  // Of what is passed to it as `math`; random() makes a seed where none is given.
  const uses = [...main.text.matchAll(/\bmath\.\w+\(.*?\)/g)].map(([use]) => use);
  assertEquals(uses, ["math.pow(width, chunks)", "math.pow(2, digits)", "math.random()"]);
  assertEquals([Math.pow(256, 6), Math.pow(2, 52)], [281474976710656, 4503599627370496]);
});

Deno.test("the powers of two that Parquet is read with are exact", () => {
  let power = 1;
  for (let bits = 0; bits <= 64; bits++, power *= 2) {
    const exponent = bits;
    assertEquals(2 ** exponent, power);
  }
});

Deno.test("the kernels import their memory, and nothing that could compute", async () => {
  const imports = WebAssembly.Module.imports(await loadKernelsModule());
  assertEquals(imports, [{ module: "env", name: "memory", kind: "memory" }]);
});
