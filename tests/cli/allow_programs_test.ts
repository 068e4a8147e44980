import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { allowPrograms } from "../../src/cli/allow_programs.ts";
import { Approvals } from "../../src/cli/approvals.ts";
import type { OwnProgram } from "../../src/api/programs.ts";
import { UserError } from "../../src/user_error.ts";
import { inFolder } from "../_in_folder.ts";

const PROGRAM: OwnProgram = {
  ...{ name: "mine", command: ["python3", "my train.py"], folder: "/data", env: { A: "1" } },
  ...{ files: [{ path: "my train.py", checksum: "ab".repeat(32) }] },
};
const WORDS = ["sweep", "a b.yaml", "--workers", "2"];

/** Tests approvals that are kept in a new folder. */
async function withApprovals(test: (approvals: Approvals, folder: string) => Promise<void>) {
  await inFolder((folder) => test(new Approvals(join(folder, "state", "approvals")), folder));
}

/** The address of a file of src/. */
function urlOf(path: string): URL {
  return new URL(`../../src/${path}`, import.meta.url);
}

/** What a script prints that runs in a process of its own. */
async function printed(
  script: string,
  permissions: readonly string[],
  env?: Record<string, string>,
): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", "--quiet", ...permissions, "-"],
    env,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(script));
  await writer.close();
  const { stdout } = await child.output();
  return new TextDecoder().decode(stdout);
}

/** The message of an attempt that is refused; standard input is no terminal here. */
async function refusal(program: OwnProgram, approvals: Approvals): Promise<string> {
  const attempt = () => allowPrograms([program], { words: WORDS, yes: false, approvals });
  const error = await assertRejects(attempt, UserError);
  assertEquals(error.exitCode, 2);
  return error.message;
}

Deno.test("allowPrograms() asks nothing where there are no programs", async () => {
  await withApprovals(async (approvals) => {
    await allowPrograms([], { words: WORDS, yes: false, approvals });
  });
});

Deno.test("allowPrograms() remembers what --yes approved, by command, folder, files and environment", async () => {
  await withApprovals(async (approvals, folder) => {
    const unasked = "Cannot start python3 'my train.py' before it is approved: use a terminal, " +
      "which asks, or --yes";
    assertEquals(await refusal(PROGRAM, approvals), unasked);
    await allowPrograms([PROGRAM], { words: WORDS, yes: true, approvals });
    await allowPrograms([PROGRAM], { words: WORDS, yes: false, approvals });
    // Another reader of the same folder.
    const again = new Approvals(join(folder, "state", "approvals"));
    assert(await again.has(PROGRAM));
    // What changes nothing that is started.
    assert(
      await again.has({ ...PROGRAM, name: "other" }),
    );
    const others: OwnProgram[] = [
      { ...PROGRAM, command: ["python3", "my train.py", "-v"] },
      { ...PROGRAM, folder: "/other" },
      { ...PROGRAM, env: {} },
      { ...PROGRAM, env: { A: "2" } },
      { ...PROGRAM, files: [{ path: "my train.py", checksum: "ac".repeat(32) }] },
      { ...PROGRAM, files: [] },
    ];
    for (const program of others) assert(await refusal(program, approvals));
  });
});

Deno.test("allowPrograms() asks again where an approval's file is damaged", async () => {
  await withApprovals(async (approvals, folder) => {
    const program: OwnProgram = { ...PROGRAM, env: { A: "1", B: "2" } };
    assertEquals(await approvals.add(program), undefined);
    assert(await approvals.has({ ...program, env: { B: "2", A: "1" } }));
    const place = join(folder, "state", "approvals");
    const [{ name }] = Deno.readDirSync(place);
    const kept = await Deno.readTextFile(join(place, name));
    for (const text of ["", "{", "null", kept.replace("/data", "/date"), `${kept}}`]) {
      await Deno.writeTextFile(join(place, name), text);
      assert(await refusal(program, approvals), text);
    }
    await allowPrograms([program], { words: WORDS, yes: true, approvals });
    assert(await approvals.has(program));
    // Nor is a link one, wherever it leads.
    await Deno.rename(join(place, name), join(folder, "elsewhere"));
    await Deno.symlink(join(folder, "elsewhere"), join(place, name));
    assert(await refusal(program, approvals));
  });
});

Deno.test("allowPrograms() goes on without a place to remember, and says so each time", async () => {
  const nowhere = new Approvals(undefined);
  await allowPrograms([PROGRAM], { words: WORDS, yes: true, approvals: nowhere });
  assert(await refusal(PROGRAM, nowhere));
  assertEquals(await nowhere.add(PROGRAM), "the environment has no HOME");
});

Deno.test({
  name: "Approvals.add() says in its own words where Deno does not allow writing",
  permissions: { read: true, write: false },
  fn: async () => {
    const problem = await new Approvals("/state/approvals").add(PROGRAM);
    assertEquals(problem, "Deno does not allow writing to /state/approvals");
  },
});

Deno.test("Approvals.ofUser() are in the user's state folder", async () => {
  await withApprovals(async (_, folder) => {
    const places: Record<string, Record<string, string>> = {
      "xdg": { XDG_STATE_HOME: join(folder, "xdg") },
      // It is to be ignored if it is relative.
      "home/.local/state": { XDG_STATE_HOME: "xdg", HOME: join(folder, "home") },
    };
    for (const [place, env] of Object.entries(places)) {
      const script = `
        import { Approvals } from "${urlOf("cli/approvals.ts")}";
        console.log(await Approvals.ofUser().add(${JSON.stringify(PROGRAM)}));`;
      assertEquals(
        await printed(script, ["--allow-read", "--allow-write", "--allow-env"], env),
        "undefined\n",
      );
      const approvals = join(folder, place, "regsweep/approvals");
      const names = Array.from(Deno.readDirSync(approvals), ({ name }) => name);
      assertEquals(names.length, 1);
      const { command, folder: own, files, env: variables } = PROGRAM;
      assertEquals(
        JSON.parse(await Deno.readTextFile(join(approvals, names[0]))),
        { command, folder: own, files, env: variables },
      );
    }
  });
});

Deno.test("programs are refused without permission, with the task that has it", async () => {
  const script = `
    import { allowPrograms } from "${urlOf("cli/allow_programs.ts")}";
    const program = ${JSON.stringify(PROGRAM)};
    await allowPrograms([program], { words: ${JSON.stringify(WORDS)}, yes: true })
      .catch((error) => console.log(error.message));`;
  for (const flags of [[], ["--allow-run=python3,sbatch"]]) {
    assertEquals(
      await printed(script, ["--allow-read", ...flags]),
      "Cannot start python3 'my train.py' without permission to run programs, which " +
        "deno task sweep-program 'a b.yaml' --workers 2 has\n",
    );
  }
});
