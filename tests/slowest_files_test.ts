import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { inFolderWith } from "./_in_folder.ts";
import { slowestFiles } from "./_slowest_files.ts";

const wait = (ms: number) => `await new Promise((done) => setTimeout(done, ${ms}))`;

Deno.test("slowestFiles() reads deno test's report, and counts steps once", () =>
  inFolderWith({
    "a_test.ts": `Deno.test("1 > 0", async () => { ${wait(100)}; });`,
    "b_test.ts":
      `Deno.test("b", async (t) => { await t.step("c", async (t) => { await t.step("d", async () => { ${
        wait(1000)
      }; }); }); });`,
    "c_test.ts": `Deno.test("nothing", () => {});`,
  }, async (folder) => {
    const report = join(folder, "report.xml");
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-config", "--no-check", `--junit-path=${report}`],
      cwd: folder,
    }).output();
    assertEquals(success, true);
    const junit = await Deno.readTextFile(report);
    assertEquals(slowestFiles(junit, 2).map(({ file }) => file), ["b_test.ts", "a_test.ts"]);
    const [whole] = junit.match(/(?<=<testcase name="b".*time=")[\d.]+/) ?? [];
    assertEquals(slowestFiles(junit, 1), [{ file: "b_test.ts", seconds: Number(whole) }]);
    assertEquals(slowestFiles(junit, 3)[1].seconds > 0, true);
  }));
