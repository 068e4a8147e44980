/** How long another process may hold apt's locks. */
const LOCK_SECONDS = 300;
const INSTALL_MILLISECONDS = 10 * 60 * 1000;
const PACE_MILLISECONDS = 500;
/** What apt-get says when another process holds one of its locks. */
const LOCKED = /Could not get lock .*/;

export interface AptGetOptions {
  readonly say: (line: string) => void;
  /** Variables of the environment, beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly lockSeconds?: number;
}

/**
 * Runs apt-get; if another process holds one of its locks, waits for that, and says so.
 *
 * apt-get itself waits only for dpkg's locks, not for that of the lists of packages, which `update`
 * takes.
 *
 * @returns What stood in the way, if anything did.
 */
export async function aptGet(
  args: readonly string[],
  { say, env, lockSeconds = LOCK_SECONDS }: AptGetOptions,
): Promise<string | undefined> {
  const started = performance.now();
  const secondsLeft = () => lockSeconds - (performance.now() - started) / 1000;
  for (let isFirst = true;; isFirst = false) {
    const timeout = `DPkg::Lock::Timeout=${Math.max(0, Math.ceil(secondsLeft()))}`;
    const { success, code, stderr } = await new Deno.Command("apt-get", {
      args: ["--quiet", "--option", timeout, ...args],
      env: { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C", ...env },
      stdout: "null",
      stderr: "piped",
      signal: AbortSignal.timeout(lockSeconds * 1000 + INSTALL_MILLISECONDS),
    }).output();
    if (success) return undefined;
    const complaint = new TextDecoder().decode(stderr).trim();
    const [locked] = complaint.match(LOCKED) ?? [];
    if (locked === undefined) {
      say(complaint);
      return `apt-get ${args[0]} ended with code ${code}`;
    }
    if (secondsLeft() <= 0) return `apt-get ${args[0]} waited ${lockSeconds} s: ${locked}`;
    if (isFirst) say(`set_up: waiting at most ${lockSeconds} s for another apt-get: ${locked}`);
    await new Promise((resolve) => setTimeout(resolve, PACE_MILLISECONDS));
  }
}
