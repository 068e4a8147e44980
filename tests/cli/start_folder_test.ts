import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { PROJECT } from "../end_to_end/_task.ts";

const PROGRAM = join(PROJECT, "tests/cli/fixtures/go_to_start.ts");

/** What a command line comes to and where it goes, or why it cannot. */
async function start(...argv: string[]) {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-A", PROGRAM, ...argv],
  }).output();
  const text = new TextDecoder();
  assertEquals(text.decode(stderr), "");
  return JSON.parse(text.decode(stdout));
}

Deno.test("goToStart() goes where a task was called, in the clone and elsewhere", async () => {
  const argv = ["plan", "quick.yaml"];
  const experiments = join(PROJECT, "experiments");
  assertEquals(
    await start(`--from=${experiments}`, ...argv),
    { argv, folder: experiments, reports: join("..", "reports") },
  );
  const project = PROJECT.replace(/[/\\]$/, "");
  assertEquals(await start(`--from=${project}`, ...argv), {
    argv,
    folder: project,
    reports: "reports",
  });
  const elsewhere = Deno.makeTempDirSync({ prefix: "regsweep a " });
  try {
    const folder = Deno.realPathSync(elsewhere);
    assertEquals(await start(`--from=${elsewhere}`, ...argv), { argv, folder, reports: "reports" });
  } finally {
    Deno.removeSync(elsewhere);
  }
});

Deno.test("goToStart() stays where it is without a task, whatever INIT_CWD is", async () => {
  const folder = Deno.cwd();
  for (const argv of [[], ["plan", "a.yaml"], ["plan", "--from=/"]]) {
    assertEquals(await start(...argv), { argv, folder, reports: "reports" });
  }
  assertEquals(await start("--from=", "plan"), { argv: ["plan"], folder, reports: "reports" });
});

Deno.test("goToStart() says that the folder does not exist", async () => {
  assertEquals(
    await start("--from=/no/such/folder", "plan"),
    "Cannot work in /no/such/folder, which INIT_CWD names: no such file or directory",
  );
});
