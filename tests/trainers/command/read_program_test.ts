import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { readProgram } from "../../../src/trainers/command/read_program.ts";
import { DefinitionError } from "../../../src/trainers/definition_error.ts";
import { inFolderWith } from "../../_in_folder.ts";

async function problemsOf(definition: unknown, folder: string): Promise<string[]> {
  const { problems } = await assertRejects(() => readProgram(definition, folder), DefinitionError);
  return problems.map(({ path, message, hint }) => {
    return `${path.join(".")}: ${message}${hint ? ` (${hint})` : ""}`;
  });
}

Deno.test("readProgram() takes files and a name from the command", async () => {
  await inFolderWith({ "train.py": "print()", "lib/a.py": "" }, async (folder) => {
    const code = await readProgram({ command: ["python3", "train.py", "-v"] }, folder);
    assertEquals({ ...code, version: "", files: code.files.map(({ path }) => path) }, {
      kind: "program",
      name: "train",
      version: "",
      tasks: [],
      hyperparameters: [],
      command: ["python3", "train.py", "-v"],
      folder,
      files: ["train.py"],
      env: {},
      retries: 0,
      deterministic: true,
    });
    const named = await readProgram({
      ...{ command: ["./lib/a.py"], files: ["./lib/a.py"], folder: ".", name: "mine" },
      ...{ env: { A: "x", B: 4 }, timeout: 60, retries: 2, deterministic: false },
      tasks: ["regression", "classification"],
    }, folder);
    const { name, files, env, timeoutSeconds, retries, deterministic, tasks } = named;
    assertEquals(
      { name, files: files.map(({ path }) => path), env, timeoutSeconds, retries, deterministic },
      {
        ...{ name: "mine", files: ["lib/a.py"], env: { A: "x", B: "4" } },
        ...{ timeoutSeconds: 60, retries: 2, deterministic: false },
      },
    );
    assertEquals(tasks, ["classification", "regression"]);
    assertEquals((await readProgram({ command: ["true"] }, folder)).name, "true");
    const written = await readProgram({ command: ["./lib/../lib/a.py"] }, folder);
    assertEquals(written.files.map(({ path }) => path), ["lib/a.py"]);
  });
});

Deno.test("readProgram() gives a version that covers what determines results", async () => {
  await inFolderWith({ "a/x.py": "1", "b/x.py": "1", "c/x.py": "2" }, async (folder) => {
    const version = async (definition: object, in_ = "a") => {
      const whole = { command: ["python3", "x.py"], ...definition };
      return (await readProgram(whole, join(folder, in_))).version;
    };
    const first = await version({});
    assertEquals(first.length, 64);
    // The same files in another place, and what changes no result.
    assertEquals(await version({}, "b"), first);
    assertEquals(await version({ folder: "../a" }, "b"), first);
    const idle = { timeout: 1, retries: 3, deterministic: false, name: "other", files: ["x.py"] };
    assertEquals(await version(idle), first);
    const c = { type: "number", label: "C", help: "text" };
    assertEquals(await version({ hyperparameters: { c } }), first);
    // Another file, command, environment or default.
    const others = await Promise.all([
      version({}, "c"),
      version({ command: ["python3", "-O", "x.py"] }),
      version({ files: [] }),
      version({ env: { A: "1" } }),
      version({ tasks: ["regression"] }),
      version({ hyperparameters: { c: { ...c, default: 1 } } }),
      version({ hyperparameters: { c: { ...c, default: 2 } } }),
    ]);
    assertEquals(new Set([first, ...others]).size, 8);
    await Deno.writeTextFile(join(folder, "a/x.py"), "3");
    assertNotEquals(await version({}), first);
  });
});

Deno.test("readProgram() reports every problem with its path", async () => {
  await inFolderWith({ "train.py": "", "out/secret": "" }, async (folder) => {
    const inner = join(folder, "in");
    await Deno.mkdir(inner);
    await Deno.symlink("../out/secret", join(inner, "link"));
    assertEquals(await problemsOf("train.py", folder), [": A program must be a mapping"]);
    assertEquals(await problemsOf({}, folder), [
      ": Missing command: a list of words such as [python3, train.py]",
    ]);
    assertEquals(
      await problemsOf({
        comand: ["a"],
        command: ["python3", 5],
        folder: "none",
        name: "3d",
        tasks: ["clustering"],
        env: { "A-B": "1", C: [1] },
        timeout: 0,
        retries: 1.5,
        deterministic: "no",
        hyperparameters: { c: { type: "float" } },
      }, folder),
      [
        'comand: Unknown member "comand" of a program (did you mean "command"?)',
        'command.1: A word of a command must be a text (write "5")',
        `folder: Cannot find the folder none (looked in ${folder})`,
        'hyperparameters.c.type: Cannot use type "float" of c: it must be number, integer, boolean or choice',
        'tasks.0: Cannot use "clustering": tasks must be a list of classification and regression',
        'env.A-B: Cannot use variable "A-B"',
        "env.C: C must be a text",
        "timeout: timeout must be an integer from 1 to 30000000 (seconds)",
        "retries: retries must be an integer from 0 to 100",
        "deterministic: deterministic must be true or false",
        'name: Cannot use name "3d": a name begins with a letter and goes on with letters, digits, underscores and hyphens',
      ],
    );
    assertEquals(
      await problemsOf({
        command: ["python3", "a\0"],
        folder: "b\0",
        env: { A: true, B: "c\0", C: null },
      }, folder),
      [
        "command.1: A word of a command must not have a NUL byte",
        `folder: Cannot find the folder b\0 (looked in ${folder})`,
        'env.A: A must be a text (write "true")',
        "env.B: B must not have a NUL byte",
        "env.C: C must be a text",
      ],
    );
    assertEquals(await problemsOf({ command: ["python3"], files: ["a\0"] }, folder), [
      `files.0: Cannot read ${join(folder, "a\0")}: its name has a NUL byte`,
    ]);
    const files = ["../train.py", "/etc/passwd", "none.py", "./link", "a", "./a"];
    assertEquals(await problemsOf({ command: ["python3"], files }, inner), [
      `files.0: Cannot use ../train.py: it is not in the program's folder (it is ${inner})`,
      `files.1: Cannot use /etc/passwd: it is not in the program's folder (it is ${inner})`,
      "files.5: Cannot use ./a twice",
      `files.2: Cannot read ${inner}/none.py: no such file or directory`,
      `files.3: Cannot read ${inner}/link: it leads out of ${inner}`,
      `files.4: Cannot read ${inner}/a: no such file or directory`,
    ]);
    assertEquals(await problemsOf({ command: ["/usr/bin/7z"] }, folder), [
      "command: Cannot name the program after /usr/bin/7z: a name begins with a letter and goes on with letters, digits, underscores and hyphens (set name)",
    ]);
  });
});
