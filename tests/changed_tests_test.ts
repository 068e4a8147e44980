import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { changedFiles, reachedTests } from "./_changed_tests.ts";
import { inFolderWith } from "./_in_folder.ts";
import { isIn, SLOW } from "./_slow_tests.ts";
import { ROOT, sourceFilesIn } from "./_source_files.ts";

const TEXTS = new Map(Object.entries({
  "src/a.ts": 'import { b } from "./room/b.ts";',
  "src/room/b.ts": 'new Worker(new URL("./worker.ts", import.meta.url)); const word = "docs";',
  "src/room/worker.ts": "",
  "tests/_help.ts": 'import { a } from "../src/a.ts";',
  "tests/a_test.ts": 'import { help } from "./_help.ts";',
  "tests/end_test.ts": 'start("src/a.ts"); read("tests/fixtures/table.csv");',
  "tests/room/worker_test.ts": 'import "../../src/room/worker.ts"; const root = "..";',
  "tests/docs_test.ts": 'files("docs");',
}));

Deno.test("a change reaches tests through imports, workers, programs and folders", () => {
  const cases: Record<string, string[]> = {
    "src/room/worker.ts": ["tests/a_test.ts", "tests/end_test.ts", "tests/room/worker_test.ts"],
    "src/a.ts": ["tests/a_test.ts", "tests/end_test.ts"],
    "tests/_help.ts": ["tests/a_test.ts"],
    "tests/a_test.ts": ["tests/a_test.ts"],
    // Not all that find the project's folder from their own.
    "tests/docs_test.ts": ["tests/docs_test.ts"],
    "tests/fixtures/table.csv": ["tests/end_test.ts"],
    "docs/deep/page.md": ["tests/docs_test.ts"],
  };
  for (const [changed, tests] of Object.entries(cases)) {
    assertEquals(reachedTests([changed], TEXTS), { tests, unreached: [] }, changed);
  }
});

Deno.test("changes that no test reaches are named, and a test that is gone is not run", () => {
  assertEquals(reachedTests(["LICENSE", "tests/_help.ts", "tests/gone_test.ts"], TEXTS), {
    tests: ["tests/a_test.ts"],
    unreached: ["LICENSE"],
  });
});

Deno.test("in this project, a change of a leaf reaches its test and those that read all of src", async () => {
  const texts = new Map(
    await Promise.all(
      ["src", "tests"].flatMap(sourceFilesIn).map(async (file) =>
        [file, await Deno.readTextFile(join(ROOT, file))] as const
      ),
    ),
  );
  const { tests } = reachedTests(["src/duration.ts"], texts);
  for (const test of ["tests/duration_test.ts", "tests/imports_test.ts"]) {
    assert(tests.includes(test), test);
  }
  assert(!reachedTests(["src/main.ts"], texts).tests.includes("tests/duration_test.ts"));
});

Deno.test("what quick tests leave out is there", () => {
  const files = sourceFilesIn("tests");
  assertEquals(SLOW.filter((path) => !files.some((file) => isIn(path, file))), []);
});

Deno.test("changed files are committed ones since main, those in the work tree, and new ones", () =>
  inFolderWith(
    { "kept.ts": "1", "gone.ts": "2", "other.ts": "3", ".gitignore": "out\n" },
    async (folder) => {
      const git = async (...args: string[]) => {
        const identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
        const all = ["-C", folder, ...identity, ...args];
        const { success, stderr } = await new Deno.Command("git", { args: all }).output();
        assert(success, new TextDecoder().decode(stderr));
      };
      await git("init", "--quiet", "--initial-branch=main");
      await git("add", ".");
      await git("commit", "--quiet", "--message=first");
      await git("checkout", "--quiet", "-b", "work");
      await Deno.remove(join(folder, "gone.ts"));
      await git("commit", "--quiet", "--all", "--message=second");
      await Deno.writeTextFile(join(folder, "other.ts"), "4");
      await Deno.writeTextFile(join(folder, "new ä.ts"), "5");
      await Deno.writeTextFile(join(folder, "out"), "6");
      assertEquals(await changedFiles(folder), ["gone.ts", "new ä.ts", "other.ts"]);
      assertEquals(await changedFiles(folder, "HEAD"), ["new ä.ts", "other.ts"]);
      await assertRejects(() => changedFiles(folder, "nowhere"), Error, "git diff: ");
    },
  ));
