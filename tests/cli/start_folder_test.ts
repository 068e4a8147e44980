import { assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { goToStart } from "../../src/cli/start_folder.ts";
import { UserError } from "../../src/user_error.ts";
import { PROJECT } from "../end_to_end/_task.ts";

/** What a command line comes to, and where it goes. */
function start(...argv: string[]) {
  const before = Deno.cwd();
  try {
    return { ...goToStart(argv), folder: Deno.cwd() };
  } finally {
    Deno.chdir(before);
  }
}

Deno.test("goToStart() goes where a task was called, in the clone and elsewhere", () => {
  const argv = ["plan", "quick.yaml"];
  const experiments = join(PROJECT, "experiments");
  assertEquals(
    start(`--from=${experiments}`, ...argv),
    { argv, folder: experiments, reports: join("..", "reports") },
  );
  const project = PROJECT.replace(/[/\\]$/, "");
  assertEquals(start(`--from=${project}`, ...argv), { argv, folder: project, reports: "reports" });
  const elsewhere = Deno.makeTempDirSync({ prefix: "regsweep a " });
  try {
    const folder = Deno.realPathSync(elsewhere);
    assertEquals(start(`--from=${elsewhere}`, ...argv), { argv, folder, reports: "reports" });
  } finally {
    Deno.removeSync(elsewhere);
  }
});

Deno.test("goToStart() stays where it is without a task, whatever INIT_CWD is", () => {
  const folder = Deno.cwd();
  for (const argv of [[], ["plan", "a.yaml"], ["plan", "--from=/"]]) {
    assertEquals(start(...argv), { argv, folder, reports: "reports" });
  }
  assertEquals(start("--from=", "plan"), { argv: ["plan"], folder, reports: "reports" });
});

Deno.test("goToStart() says that there is no such folder", () => {
  assertThrows(
    () => start("--from=/no/such/folder", "plan"),
    UserError,
    "Cannot work in /no/such/folder, which INIT_CWD names: no such file or directory",
  );
});
