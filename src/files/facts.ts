import { systemReason } from "./system_reason.ts";

/** What is at a path, be it a link; `undefined` if nothing is, or the system does not say. */
export function lookAt(path: string): Deno.FileInfo | undefined {
  return unlessRefused(() => Deno.lstatSync(path));
}

/** Like `lookAt()`, but follows links. */
export function lookAtTarget(path: string): Deno.FileInfo | undefined {
  return unlessRefused(() => Deno.statSync(path));
}

function unlessRefused(look: () => Deno.FileInfo): Deno.FileInfo | undefined {
  try {
    return look();
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
    return undefined;
  }
}

/**
 * What a path leads to; follows links.
 *
 * @throws {Error} If nothing is there, or the system refuses; `systemReason()` knows why.
 */
export async function factsOf(path: string): Promise<Deno.FileInfo> {
  return await Deno.stat(path);
}

/**
 * Whether a path leads to anything; follows links.
 *
 * @throws {Error} If the system does not say; `systemReason()` knows why.
 */
export async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The target of a symbolic link, as it is written there. */
export function readLinkSync(path: string): string {
  return Deno.readLinkSync(path);
}

/** Sets a file's time to now. */
export async function touch(path: string): Promise<void> {
  const now = new Date();
  await Deno.utime(path, now, now);
}

/** Like `touch()`, without waiting; does nothing if the system refuses. */
export function touchIfThere(path: string): void {
  setTime(path, Date.now());
}

/** Sets a file's time, in milliseconds; does nothing if the system refuses. */
export function setTime(path: string, milliseconds: number): void {
  const time = new Date(milliseconds);
  try {
    Deno.utimeSync(path, time, time);
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
  }
}

/** When a file was last written or touched, in milliseconds; later is more. */
export function touchedAt({ mtime }: Deno.FileInfo): number {
  return mtime?.getTime() ?? 0;
}

/** How long ago that was. */
export function secondsSinceTouched(facts: Deno.FileInfo): number {
  return (Date.now() - touchedAt(facts)) / 1000;
}
