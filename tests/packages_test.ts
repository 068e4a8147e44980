import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import programConfig from "../deno.json" with { type: "json" };
import { importsOf, parseSource, ROOT, sourceFilesIn } from "./_source_files.ts";
import testConfig from "./deno.json" with { type: "json" };

// deno.json has the packages that a user downloads to sweep, plan, report and verify;
// tests/deno.json has these and what only tests and builds need.

const IMPORTS: Readonly<Record<string, string>> = programConfig.imports;
/** What only `deno task kernels` and `deno task page` run, and what they bundle. */
const BUILDS = /^src\/(kernels\/compile_kernels\.ts|report\/page\/(bundle_page\.ts|scripts\/))/;
const MOST_MEGABYTES = 60;

const SOURCES = await Promise.all(
  sourceFilesIn("src").filter((file) => !BUILDS.test(file) && !file.includes("/assembly/"))
    .map(async (file) => ({ file, text: await Deno.readTextFile(join(ROOT, file)) })),
);

Deno.test("src/ imports only packages of deno.json", () => {
  const missing = SOURCES.flatMap(({ file, text }) =>
    importsOf(parseSource(file, text))
      .filter(({ specifier }) =>
        !/^(\.|node:)/.test(specifier) && !Object.hasOwn(IMPORTS, specifier)
      )
      .map(({ specifier }) => `${file}: ${specifier}`)
  );
  assertEquals(missing, []);
});

Deno.test("deno.json has only packages that src/ uses", () => {
  const unused = Object.keys(IMPORTS).filter((name) =>
    !SOURCES.some(({ text }) => text.includes(`"${name}"`))
  );
  assertEquals(unused, []);
});

Deno.test("tests run with the program's packages, of the same versions", async () => {
  assertEquals({ ...testConfig.imports, ...IMPORTS }, testConfig.imports);
  const [all, program] = await Promise.all(["tests/deno.lock", "deno.lock"].map(lockedPackages));
  assertEquals({ ...all, ...program }, all);
});

Deno.test("tests and the program are checked with the same options", () => {
  const { types, ...options } = testConfig.compilerOptions;
  assertEquals(
    { ...options, types: types.map((path) => path.replace("..", ".")) },
    programConfig.compilerOptions,
  );
  assertEquals(testConfig.unstable, programConfig.unstable);
});

Deno.test("a run cannot change the versions of packages", () => {
  for (const { lock } of [programConfig, testConfig]) assertEquals(lock, { frozen: true });
});

Deno.test(`the program's packages take at most ${MOST_MEGABYTES} MB`, async () => {
  const install = ["install", "--quiet", "--config", join(ROOT, "deno.json")];
  const { success } = await new Deno.Command(Deno.execPath(), { args: install }).output();
  assert(success);
  const megabytes = blocksIn(join(ROOT, "node_modules")) * 512 / 2 ** 20;
  assert(megabytes > 10 && megabytes <= MOST_MEGABYTES, `they take ${megabytes} MB`);
});

async function lockedPackages(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await Deno.readTextFile(join(ROOT, file))).npm;
}

/** Blocks of 512 bytes on the disk, as `du` counts them. */
function blocksIn(folder: string): number {
  let blocks = 0;
  for (const { name, isDirectory, isSymlink } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    blocks += Deno.lstatSync(path).blocks ?? 0;
    if (isDirectory && !isSymlink) blocks += blocksIn(path);
  }
  return blocks;
}
