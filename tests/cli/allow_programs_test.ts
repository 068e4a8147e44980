import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { allowPrograms } from "../../src/cli/allow_programs.ts";
import { Approvals } from "../../src/cli/approvals.ts";
import { programTrainer } from "../../src/trainers/command/program_trainer.ts";
import type { ProgramCode } from "../../src/trainers/own_code.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { UserError } from "../../src/user_error.ts";

const CODE: ProgramCode = {
  ...{ kind: "program", name: "mine", version: "1", tasks: [], hyperparameters: [] },
  ...{ command: ["python3", "my train.py"], folder: "/data", env: { A: "1" } },
  ...{ files: [{ path: "my train.py", checksum: "ab".repeat(32) }] },
  ...{ retries: 0, deterministic: true },
};
const WORDS = ["sweep", "a b.yaml", "--workers", "2"];

async function inFolder(test: (approvals: Approvals, folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-" });
  try {
    await test(new Approvals(join(folder, "state", "approvals")), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The message of an attempt that is refused; standard input is no terminal here. */
async function refusal(code: ProgramCode, approvals: Approvals): Promise<string> {
  const attempt = () =>
    allowPrograms([programTrainer(code)], { words: WORDS, yes: false, approvals });
  const error = await assertRejects(attempt, UserError);
  assertEquals(error.exitCode, 2);
  return error.message;
}

Deno.test("allowPrograms() asks nothing where there are no programs", async () => {
  await inFolder(async (approvals) => {
    await allowPrograms(BUILT_IN.all, { words: WORDS, yes: false, approvals });
  });
});

Deno.test("allowPrograms() remembers what --yes approved, by command, folder, files and environment", async () => {
  await inFolder(async (approvals, folder) => {
    const unasked = "Cannot start python3 'my train.py' before it is approved: use a terminal, " +
      "which asks, or --yes";
    assertEquals(await refusal(CODE, approvals), unasked);
    await allowPrograms([programTrainer(CODE)], { words: WORDS, yes: true, approvals });
    await allowPrograms([programTrainer(CODE)], { words: WORDS, yes: false, approvals });
    // Another reader of the same folder.
    const again = new Approvals(join(folder, "state", "approvals"));
    assert(await again.has(CODE));
    // What changes nothing that is started.
    assert(
      await again.has({ ...CODE, name: "other", version: "2", timeoutSeconds: 5, retries: 1 }),
    );
    const others: ProgramCode[] = [
      { ...CODE, command: ["python3", "my train.py", "-v"] },
      { ...CODE, folder: "/other" },
      { ...CODE, env: {} },
      { ...CODE, env: { A: "2" } },
      { ...CODE, files: [{ path: "my train.py", checksum: "ac".repeat(32) }] },
      { ...CODE, files: [] },
    ];
    for (const code of others) assert(await refusal(code, approvals));
  });
});

Deno.test("allowPrograms() goes on without a place to remember, and says so each time", async () => {
  const nowhere = new Approvals(undefined);
  await allowPrograms([programTrainer(CODE)], { words: WORDS, yes: true, approvals: nowhere });
  assert(await refusal(CODE, nowhere));
  assertEquals(await nowhere.add(CODE), "the environment has no HOME");
});

Deno.test("Approvals.ofUser() are in the user's state folder", async () => {
  await inFolder(async (_, folder) => {
    const before = Deno.env.get("XDG_STATE_HOME");
    const home = Deno.env.get("HOME");
    try {
      Deno.env.set("XDG_STATE_HOME", join(folder, "xdg"));
      assertEquals(await Approvals.ofUser().add(CODE), undefined);
      // It is to be ignored if it is relative.
      Deno.env.set("XDG_STATE_HOME", "xdg");
      Deno.env.set("HOME", join(folder, "home"));
      assertEquals(await Approvals.ofUser().add(CODE), undefined);
    } finally {
      before === undefined
        ? Deno.env.delete("XDG_STATE_HOME")
        : Deno.env.set("XDG_STATE_HOME", before);
      home === undefined ? Deno.env.delete("HOME") : Deno.env.set("HOME", home);
    }
    for (const place of ["xdg", "home/.local/state"]) {
      const names = Array.from(Deno.readDirSync(join(folder, place, "regsweep/approvals")));
      assertEquals(names.length, 1);
      const path = join(folder, place, "regsweep/approvals", names[0].name);
      const { command, folder: own, files, env } = CODE;
      assertEquals(JSON.parse(await Deno.readTextFile(path)), { command, folder: own, files, env });
    }
  });
});

Deno.test("programs are refused without permission, with the task that has it", async () => {
  const script = `
    import { allowPrograms } from "${new URL("../../src/cli/allow_programs.ts", import.meta.url)}";
    import { programTrainer } from "${new URL(
    "../../src/trainers/command/program_trainer.ts",
    import.meta.url,
  )}";
    const trainer = programTrainer(${JSON.stringify(CODE)});
    await allowPrograms([trainer], { words: ${JSON.stringify(WORDS)}, yes: true })
      .catch((error) => console.log(error.message));`;
  for (const flags of [[], ["--allow-run=python3,sbatch"]]) {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-check", "--allow-read", ...flags, "-"],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(script));
    await writer.close();
    const { stdout } = await child.output();
    assertEquals(
      new TextDecoder().decode(stdout),
      "Cannot start python3 'my train.py' without permission to run programs, which " +
        "deno task sweep-program 'a b.yaml' --workers 2 has\n",
    );
  }
});
