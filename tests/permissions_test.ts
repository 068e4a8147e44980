import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join, relative } from "node:path";
import config from "../deno.json" with { type: "json" };
import { COMMANDS } from "../src/cli/commands.ts";
import { nativeFolder } from "../src/kernels/native_library.ts";
import { ROOT, sourceFilesIn } from "./_source_files.ts";

const TASKS: Readonly<Record<string, { readonly command: string }>> = config.tasks;
const READS_ENVIRONMENT: Readonly<Record<string, readonly string[]>> = {
  // Of what the tasks for programs allow, and "XDG_STATE_HOME" and "HOME" alone.
  "src/cli/approvals.ts": ["Deno.env.get(name)"],
  // Installs regsweep with all permissions, and uses what tells the folder of caches.
  "src/install.ts": ["Deno.env.get(name)", "Deno.env.get(ROOT_VARIABLE)", 'Deno.env.get("PATH")'],
  "src/sweep/slurm/make_slurm_launcher.ts": ['Deno.env.get("REGSWEEP_SLURM_PACE")'],
  // Of what the task allows.
  "src/sweep/slurm/slurm_commands.ts": ["Deno.env.toObject()"],
  // Of what the tasks for programs allow.
  "src/trainers/command/program_environment.ts": ["Deno.env.toObject()"],
  // Of what the script of a cluster's task allows.
  "src/sweep/slurm/task_report.ts": ["Deno.env.get(name)"],
};
/** What a task may do, beyond reading. */
const KINDS = ["write", "env", "run", "sys", "ffi", "net", "import"];
/** The one folder that tasks load libraries from: the native kernels'. */
const LIBRARIES = relative(ROOT, nativeFolder());
const CLOSED = [
  "completion",
  "version",
  "native",
  "plan",
  "inspect",
  "schema",
  "verify",
  "compare",
  "status",
  "table",
];

function flagsOf(task: string): string[] {
  // What comes after the program is its own.
  const [flags] = TASKS[task].command.split(" src/");
  return flags.split(" ").filter((word) => word.startsWith("--"));
}

/** A kind of permission that a task has: its names; none if it is open. */
function allowedOf(task: string, kind: string): string[] | undefined {
  const flag = flagsOf(task).find((flag) => flag.split("=")[0] === `--allow-${kind}`);
  return flag === undefined ? undefined : flag.split("=")[1]?.split(",") ?? [];
}

Deno.test("commands have named permissions, and write only where users name folders", () => {
  for (const { name } of COMMANDS) {
    const flags = flagsOf(name);
    assert(flags.includes("--no-prompt") && flags.includes("--ignore-env"), name);
    const open = KINDS.filter((kind) => allowedOf(name, kind)?.length === 0);
    assertEquals(open, CLOSED.includes(name) ? [] : ["write"], name);
    for (const kind of ["net", "import", "all"]) {
      assertEquals(allowedOf(name, kind), undefined, `${name}: ${kind}`);
    }
    const loads = [...FOR_PROGRAMS, "native", "plan", "version"].includes(name);
    assertEquals(allowedOf(name, "ffi"), loads ? [LIBRARIES] : undefined, `${name}: ffi`);
  }
});

/** Tasks that run a command with permission to start programs. */
const FOR_PROGRAMS = ["sweep", "train", "verify"] as const;

Deno.test("tasks for programs may start them, and else do what their commands' tasks do", () => {
  const names = Object.keys(TASKS).filter((name) => name.endsWith("-program"));
  assertEquals(names.sort(), FOR_PROGRAMS.map((name) => `${name}-program`));
  for (const name of FOR_PROGRAMS) {
    const task = `${name}-program`;
    assertEquals(TASKS[task].command.split(" src/")[1], TASKS[name].command.split(" src/")[1]);
    assertEquals(allowedOf(task, "run"), []);
    // Programs write where they want in any case; logs and approvals are written, too.
    assertEquals(allowedOf(task, "write"), []);
    assertEquals(allowedOf(task, "sys"), allowedOf(name, "sys"));
    for (const kind of ["net", "import", "all"]) {
      assertEquals(allowedOf(task, kind), undefined, `${task}: ${kind}`);
    }
    assertEquals(allowedOf(task, "ffi"), [LIBRARIES]);
    assert(flagsOf(task).includes("--no-prompt") && flagsOf(task).includes("--ignore-env"));
    const needed = ["PATH", "HOME", "LANG", "LC_*", "TZ", "XDG_STATE_HOME"];
    const variables = allowedOf(task, "env") ?? [];
    for (const variable of [...needed, ...allowedOf(name, "env") ?? []]) {
      assert(variables.includes(variable), `${task}: ${variable}`);
    }
  }
});

Deno.test("tasks load modules when they import them, but for those that start workers", () => {
  const needing = Object.keys(TASKS).filter((name) => {
    const isCommand = TASKS[name].command.includes(" src/main.ts --from=");
    return isCommand && !flagsOf(name).includes("--unstable-lazy-dynamic-imports");
  });
  // Workers may read no file: what they import later must have been loaded with them.
  assertEquals(needing.sort(), ["sweep", "sweep-program", "verify", "verify-program"]);
});

Deno.test("docs/permissions.md says what each command may do", async () => {
  const page = await Deno.readTextFile(join(ROOT, "docs/permissions.md"));
  const words = (names: readonly string[] | undefined) =>
    names?.map((name) => `\`${name}\``).join(" ") ?? "";
  const tasks = [
    ...COMMANDS.map(({ name }) => name),
    ...FOR_PROGRAMS.map((name) => `${name}-program`),
  ];
  for (const name of tasks) {
    const [write, ...named] = ["write", "run", "sys"].map((kind) => allowedOf(name, kind));
    const environment = allowedOf(name, "env");
    const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\``));
    const cells = row?.split("|").slice(1, -1).map((cell) => cell.trim());
    const expected = named.map((names) => names?.length === 0 ? "any" : words(names));
    assertEquals(cells?.slice(0, 4), [`\`${name}\``, write ? "yes" : "no", ...expected]);
    for (const variable of environment ?? []) assertStringIncludes(page, `\`${variable}\``, name);
  }
});

Deno.test("src/ reads variables of the environment in six places", async () => {
  for (const file of sourceFilesIn("src")) {
    const text = await Deno.readTextFile(join(ROOT, file));
    const uses = text.match(/\b(Deno|process)\.env(\.\w+(\([^)]*\))?)?/g) ?? [];
    assertEquals(uses, READS_ENVIRONMENT[file] ?? [], file);
  }
  const allowed = allowedOf("sweep", "env") ?? [];
  assert(allowed.includes("REGSWEEP_SLURM_PACE"));
});

Deno.test("Slurm's commands get the variables that they need, and no others", async () => {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-" });
  try {
    const script = `#!/bin/sh\nenv > '${folder}/seen'\necho 'MaxArraySize = 7'\n`;
    await Deno.writeTextFile(join(folder, "scontrol"), script, { mode: 0o755 });
    const wanted = {
      PATH: `${folder}:/usr/bin:/bin`,
      HOME: "/home/someone",
      LC_ALL: "C",
      SLURM_CONF: "/etc/slurm.conf",
      SBATCH_ACCOUNT: "ours",
    };
    const unwanted = {
      SECRET_TOKEN: "hush",
      SBATCH_WAIT: "1",
      SQUEUE_FORMAT: "%i",
      LD_LIBRARY_PATH: "/opt/library",
    };
    const file = join(ROOT, "tests/slurm/fixtures/ask_scontrol.ts");
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...flagsOf("sweep"), `--config=${join(ROOT, "deno.json")}`, file],
      clearEnv: true,
      env: { ...wanted, ...unwanted, DENO_DIR: Deno.env.get("DENO_DIR") ?? defaultCache() },
    }).output();
    const text = new TextDecoder();
    assertEquals([code, text.decode(stdout)], [0, "7\n"], text.decode(stderr));
    const seen = (await Deno.readTextFile(join(folder, "seen"))).trim().split("\n")
      .map((line) => line.split("=")[0])
      // What the shell sets itself.
      .filter((name) => !["PWD", "OLDPWD", "SHLVL", "_"].includes(name));
    assertEquals(seen.sort(), Object.keys(wanted).sort());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

function defaultCache(): string {
  return join(
    Deno.env.get("XDG_CACHE_HOME") ?? join(Deno.env.get("HOME") ?? "/", ".cache"),
    "deno",
  );
}
