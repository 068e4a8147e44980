import { join } from "node:path";
import { ARM64_FOLDER, arm64Deno } from "./_arm64.ts";
import { findProgram } from "./_find_program.ts";

const STEP_MILLISECONDS = 5 * 60 * 1000;
const EMULATOR = "qemu-aarch64-static";

/**
 * Makes Deno's arm64 build run here: with qemu and the C library's packages from Debian, and Deno
 * from npm, all unpacked into a folder of the tests. Nothing is installed, so it takes no root.
 *
 * @returns what stood in the way, if anything did.
 */
export async function setUpArm64(say: (line: string) => void): Promise<string | undefined> {
  if (arm64Deno()) return undefined;
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64") return "it takes Linux on x86-64";
  const missing = ["apt-get", "dpkg-deb", "npm", "tar"].find((program) => !findProgram(program));
  if (missing) return `there is no ${missing}`;
  say("set_up: fetching qemu and Deno for arm64");
  const partial = `${ARM64_FOLDER}.partial`;
  try {
    await removeFolder(partial);
    await Deno.mkdir(join(partial, "root"), { recursive: true });
    await unpackDebianPackages(partial);
    await unpackDeno(partial);
    await removeFolder(ARM64_FOLDER);
    await Deno.rename(partial, ARM64_FOLDER);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await removeFolder(partial);
  }
  return await isRunning() ? undefined : "Deno for arm64 does not run under qemu";
}

/** Whether what is there runs, and is what it should be. */
async function isRunning(): Promise<boolean> {
  const command = arm64Deno();
  if (!command) return false;
  const [program, ...args] = command;
  const { success, stdout } = await new Deno.Command(program, {
    args: [...args, "--version"],
    stderr: "null",
    signal: AbortSignal.timeout(STEP_MILLISECONDS),
  }).output();
  return success && /aarch64/.test(new TextDecoder().decode(stdout));
}

/** The C library for arm64, and qemu, with lists of packages of our own beside the system's. */
async function unpackDebianPackages(folder: string): Promise<void> {
  const apt = join(folder, "apt");
  await Deno.mkdir(join(apt, "lists/partial"), { recursive: true });
  await Deno.mkdir(join(apt, "cache/archives/partial"), { recursive: true });
  const settings = [
    `Dir::State::Lists=${join(apt, "lists")}`,
    `Dir::Cache=${join(apt, "cache")}`,
    "APT::Architectures::=amd64",
    "APT::Architectures::=arm64",
    "APT::Sandbox::User=",
    "Acquire::Languages=none",
  ];
  const options = ["--quiet", ...settings.flatMap((setting) => ["--option", setting])];
  await run(apt, "apt-get", ...options, "update");
  const packages = ["qemu-user-static:amd64", "libc6:arm64", "libgcc-s1:arm64"];
  await run(apt, "apt-get", ...options, "download", ...packages);
  for (const { name } of Deno.readDirSync(apt)) {
    if (!name.endsWith(".deb")) continue;
    if (!name.startsWith("qemu")) await run(apt, "dpkg-deb", "--extract", name, "../root");
    else {
      // Of a hundred machines, only the one that is needed.
      const unpack = 'dpkg-deb --fsys-tarfile "$0" | tar --extract --file=- "./usr/bin/$1"';
      await run(apt, "sh", "-c", unpack, name, EMULATOR);
    }
  }
  await Deno.rename(join(apt, "usr/bin", EMULATOR), join(folder, EMULATOR));
  await removeFolder(apt);
}

/** Deno as npm has it, of this one's version or, where there is none, the one before. */
async function unpackDeno(folder: string): Promise<void> {
  const npm = join(folder, "npm");
  await Deno.mkdir(npm);
  await run(npm, "npm", "pack", "--silent", `@deno/linux-arm64-glibc@<=${Deno.version.deno}`);
  const [{ name }] = [...Deno.readDirSync(npm)];
  await run(npm, "tar", "--extract", "--file", name);
  await Deno.rename(join(npm, "package/deno"), join(folder, "deno"));
  await Deno.chmod(join(folder, "deno"), 0o755);
  await removeFolder(npm);
}

/** Runs a program in a folder; throws, with its last words, unless it is content. */
async function run(cwd: string, program: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    signal: AbortSignal.timeout(STEP_MILLISECONDS),
  }).output();
  if (success) return;
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  throw new Error(`${[program, ...args.slice(-2)].join(" ")} failed: ${lines.at(-1)}`);
}

async function removeFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
