import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { join } from "node:path";
import { inFolderWith } from "./_in_folder.ts";
import { isIn, SLOW } from "./_slow_tests.ts";
import { ROOT, sourceFilesIn } from "./_source_files.ts";
import { chooseFiles, touchesOthers, writeGroups } from "./_test_groups.ts";

const ALL = sourceFilesIn("tests").filter((file) =>
  file.endsWith("_test.ts") && !isIn("tests/tmp", file)
);

Deno.test("chooseFiles() leaves no file of a folder out, and takes none twice", () => {
  for (const [isQuick, fewestGroups] of [[false, 1], [false, 4], [true, 4], [true, 400]] as const) {
    const { alone, groups } = chooseFiles(["tests/", "tests/sweep"], { isQuick, fewestGroups });
    const slow = isQuick ? SLOW : [];
    const expected = ALL.filter((file) => !slow.some((path) => isIn(path, file)));
    assertEquals([...alone, ...groups.flat()].sort(), expected);
    assert(groups.length >= fewestGroups / 2);
    assert(groups.every((files) => files.length > 0));
  }
});

Deno.test("touchesOthers() tells what a file does to its module or to the program", () => {
  const texts = [
    "Deno.test.beforeAll(() => {});",
    "Deno.test.afterEach(() => {});",
    "Deno.chdir(folder);",
    "Deno.env.set(name, folder);",
    'globalThis.addEventListener("unload", end);',
  ];
  for (const text of texts) assert(touchesOthers(text), text);
  for (const text of ["Deno.test.ignore(name, f);", 'signal.addEventListener("abort", f);']) {
    assert(!touchesOthers(text), text);
  }
});

Deno.test("chooseFiles() takes a slow file that is named even in a quick run", () => {
  const paths = [
    "./tests/report/browser_test.ts",
    "tests/nearest_test.ts",
    "tests/exports_test.ts/",
  ];
  assertEquals(chooseFiles(paths, { isQuick: true, fewestGroups: 4 }), {
    alone: ["tests/exports_test.ts", "tests/report/browser_test.ts"],
    groups: [["tests/nearest_test.ts"]],
  });
  assertEquals(chooseFiles([], { isQuick: true, fewestGroups: 4 }), { alone: [], groups: [] });
  assertThrows(() => chooseFiles(["tests/gone_test.ts"], { isQuick: true, fewestGroups: 4 }));
});

Deno.test("a group runs the tests of each of its files, and reports them by their files", () =>
  inFolderWith({
    "one_test.ts": 'Deno.test("one", () => {}); Deno.test("two", () => {});',
    "other_test.ts": 'Deno.test("three", () => { throw new Error("bad"); });',
  }, async (folder) => {
    const files = ["one_test.ts", "other_test.ts"].map((name) => join(folder, name));
    const [group] = await writeGroups([files], await Deno.makeTempDir({ dir: folder }));
    const report = join(folder, "report.xml");
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-config", "--no-check", `--junit-path=${report}`, group],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(success, false);
    assertMatch(new TextDecoder().decode(stdout), /^three => \.\/other_test\.ts:1:6$/m);
    const suites = (await Deno.readTextFile(report)).matchAll(
      /<testsuite name="(.*?)" tests="(\d+)"/g,
    );
    assertEquals(Array.from(suites, ([, file, tests]) => [file, tests]), [
      ["./one_test.ts", "2"],
      ["./other_test.ts", "1"],
    ]);
  }));

Deno.test("run.ts counts the tests of the files that it groups", async () => {
  const files = ["tests/nearest_test.ts", "tests/list_words_test.ts"];
  const run = async (...paths: string[]) => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "tests/run.ts", ...paths, "--", "--quick"],
      cwd: ROOT,
      env: { DENO_JOBS: "1", NO_COLOR: "1" },
    }).output();
    const [, passed] = new TextDecoder().decode(stdout).match(/^(\d+) passed, 0 failed$/m) ?? [];
    return Number(passed);
  };
  const [first, second] = await Promise.all(files.map((file) => run(file)));
  assert(first > 0 && second > 0);
  assertEquals(await run(...files), first + second);
});
