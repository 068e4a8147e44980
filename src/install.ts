// Nothing here may import a package: Deno would install it in the clone.
import { homedir, tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../deno.json" with { type: "json" };
import { ScratchFolder } from "./files/scratch_folder.ts";
import { writeNewFile } from "./files/write_new_file.ts";
import { listWords } from "./list_words.ts";
import { cacheFolder } from "./cli/user_folders.ts";
import { installedArgument, nativeFolderIn } from "./cli/start_folder.ts";
import { INSTALLED_NAMES } from "./command_text.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const CONFIG_FILE = "deno.json";
/** By which Deno finds the folder of commands. */
const ROOT_VARIABLE = "DENO_INSTALL_ROOT";
/** Permissions whose names are joined; the other flags are as the tasks have them. */
const PERMISSIONS = ["read", "write", "env", "sys", "run", "ffi"] as const;

interface Tasks {
  readonly [name: string]: { readonly command: string };
}

/** What an installed command is for, and the folder that it keeps native kernels in. */
export interface InstallOptions {
  /** Whether it may start any program, as the tasks that end with `-program` may. */
  readonly forPrograms: boolean;
  readonly cache: string;
}

/**
 * Deno's flags of an installed command: the permissions that some task of a command has, and no
 * others, but that native kernels are loaded from the user's cache folder.
 */
export function installedFlags(
  tasks: Tasks,
  { forPrograms, cache }: InstallOptions,
): readonly string[] {
  const flags = Object.entries(tasks)
    .filter(([name]) => forPrograms || !name.endsWith("-program"))
    .flatMap(([, { command }]) => command.match(/^deno run (.*) src\/main\.ts --from/)?.[1] ?? [])
    .flatMap((text) => text.split(" "));
  const permissions = PERMISSIONS.flatMap((kind) => {
    const flag = `--allow-${kind}`;
    const given = flags.filter((word) => word.split("=")[0] === flag);
    if (given.length === 0) return [];
    if (kind === "ffi") return [`${flag}=${nativeFolderIn(cache)}`];
    if (given.includes(flag)) return [flag];
    const names = new Set(given.flatMap((word) => word.slice(flag.length + 1).split(",")));
    return [`${flag}=${[...names].join(",")}`];
  });
  return ["--no-prompt", "--ignore-env", ...permissions];
}

/**
 * The configuration of an installed command: the packages of this folder, at the versions that its
 * lock file has, although Deno keeps a copy of the configuration elsewhere.
 */
export function installedConfig(root: string): string {
  const { imports, nodeModulesDir, unstable } = config;
  const lock = { path: join(root, "deno.lock"), frozen: true };
  return JSON.stringify({ nodeModulesDir, lock, unstable, imports }, null, 2) + "\n";
}

/** Installs the commands; the arguments go to `deno install`, as in `--root FOLDER`. */
async function install(args: readonly string[]): Promise<number> {
  const cache = cacheFolder({
    os: Deno.build.os,
    home: homedir(),
    env: (name) => Deno.env.get(name),
  });
  await using scratch = await ScratchFolder.make(tmpdir());
  const configFile = join(scratch.path, CONFIG_FILE);
  await writeNewFile(configFile, installedConfig(ROOT));
  for (const [key, name] of Object.entries(INSTALLED_NAMES)) {
    const flags = installedFlags(config.tasks, { forPrograms: key === "forPrograms", cache });
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...[
          "install",
          "--global",
          "--force",
          "--quiet",
          `--config=${configFile}`,
          `--name=${name}`,
        ],
        ...[...flags, ...args, join(ROOT, "src", "main.ts"), "--", installedArgument(cache)],
      ],
      stdin: "null",
    }).spawn().status;
    if (code !== 0) return code;
  }
  const folder = installFolder(args, { home: homedir(), root: Deno.env.get(ROOT_VARIABLE) });
  const names = listWords(Object.values(INSTALLED_NAMES), "and");
  say(`Installed ${names} in ${folder}`);
  if (!(Deno.env.get("PATH") ?? "").split(delimiter).includes(folder)) {
    say("To start them by their names, add this folder to PATH");
  }
  return 0;
}

/**
 * The folder that `deno install` puts commands into.
 *
 * @param root What the environment says, if anything.
 */
export function installFolder(
  args: readonly string[],
  { home, root }: { readonly home: string; readonly root?: string },
): string {
  const given = args.flatMap((word, index) =>
    word === "--root"
      ? args.slice(index + 1, index + 2)
      : word.match(/^--root=(.+)$/)?.slice(1) ?? []
  );
  return join(resolve(given.at(-1) ?? (root || join(home, ".deno"))), "bin");
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) Deno.exit(await install(Deno.args));
