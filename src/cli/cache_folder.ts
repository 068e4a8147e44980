import { posix, win32 } from "node:path";

export interface CachePlace {
  /** As `Deno.build.os` has it. */
  readonly os: string;
  /** The user's home folder. */
  readonly home: string;
  readonly env: (name: string) => string | undefined;
}

/** The folder of regsweep among those in which this system keeps what can be made again. */
export function cacheFolder({ os, home, env }: CachePlace): string {
  if (os === "windows") {
    return win32.join(env("LOCALAPPDATA") || win32.join(home, "AppData", "Local"), "regsweep");
  }
  if (os === "darwin") return posix.join(home, "Library", "Caches", "regsweep");
  // The standard of such folders ignores those that are not absolute.
  const named = env("XDG_CACHE_HOME") ?? "";
  return posix.join(posix.isAbsolute(named) ? named : posix.join(home, ".cache"), "regsweep");
}
