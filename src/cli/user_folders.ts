import { posix, win32 } from "node:path";

/** A system and a user of it. */
export interface UserPlace {
  /** As `Deno.build.os` has it. */
  readonly os: string;
  /** The user's home folder. */
  readonly home: string;
  readonly env: (name: string) => string | undefined;
}

/** The folder of regsweep among those in which this system keeps what can be made again. */
export function cacheFolder({ os, home, env }: UserPlace): string {
  if (os === "windows") {
    return win32.join(env("LOCALAPPDATA") || win32.join(home, "AppData", "Local"), "regsweep");
  }
  if (os === "darwin") return posix.join(home, "Library", "Caches", "regsweep");
  // The standard of such folders ignores those that are not absolute.
  const named = env("XDG_CACHE_HOME") ?? "";
  return posix.join(posix.isAbsolute(named) ? named : posix.join(home, ".cache"), "regsweep");
}

/**
 * The folder of regsweep among those in which this system keeps what a user has decided; undefined if
 * the environment does not tell.
 */
export function stateFolder({ os, env }: Pick<UserPlace, "os" | "env">): string | undefined {
  if (os === "windows") {
    const local = env("LOCALAPPDATA");
    return local && win32.join(local, "regsweep");
  }
  const named = env("XDG_STATE_HOME") ?? "";
  if (posix.isAbsolute(named)) return posix.join(named, "regsweep");
  const home = env("HOME");
  return home && posix.join(home, ".local", "state", "regsweep");
}
