import { assertEquals } from "@std/assert";
import { ARM64_FOLDER, arm64Deno } from "../_arm64.ts";
import { PROJECT } from "./_task.ts";

const MOST_MILLISECONDS = 10 * 60 * 1000;

/** What a script prints on an emulated arm64 machine. */
export async function runOnArm64(
  script: string,
  scriptArgs: readonly string[],
  permissions: readonly string[] = [],
): Promise<string> {
  const command = arm64Deno();
  if (!command) throw new Error("Deno for arm64 is not set up: see tests/set_up.ts");
  const [program, ...args] = command;
  const flags = [
    "--quiet",
    "--node-modules-dir=manual",
    "--cached-only",
    "--no-prompt",
    "--allow-read",
    "--ignore-env",
  ];
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...args, "run", ...flags, ...permissions, script, ...scriptArgs],
    cwd: PROJECT,
    // What this machine's Deno has compiled is of no use there.
    env: { DENO_DIR: `${ARM64_FOLDER}/deno_dir`, NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(MOST_MILLISECONDS),
  }).output();
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  return new TextDecoder().decode(stdout);
}
