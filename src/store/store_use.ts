import { join } from "node:path";
import { lookAt } from "../files/facts.ts";
import { FileClaim } from "../files/file_claim.ts";
import { namesInSync } from "../files/folders.ts";
import { UserError } from "../user_error.ts";

const CLEANING = "cleaning.claim";
/** The claims of those who use a store, and of single runs. */
const USE = /^(use-[0-9a-f-]{36}|[0-9a-f]{64})\.claim$/;

export interface UseOptions {
  readonly signal: AbortSignal;
  /** Called with a message for the user before this waits. */
  readonly onWait: (message: string) => void;
}

/**
 * Says that this process uses a store, until the claim is released or the process ends: nobody cleans
 * the store up meanwhile. Waits while somebody does.
 *
 * Where the file system has no locks, nobody waits for anybody.
 *
 * @throws The signal's reason, if it aborts first.
 */
export async function useStore(
  folder: string,
  { signal, onWait }: UseOptions,
): Promise<FileClaim> {
  const claims = join(folder, "claims");
  // What a link leads to is not the store's.
  if (!hasOwnClaims(claims)) return FileClaim.unlocked(claims);
  // First its own claim, then a look at the other's: whoever cleans up does it the other way round.
  const claim = FileClaim.take(join(claims, `use-${crypto.randomUUID()}.claim`)) ??
    FileClaim.unlocked(claims);
  const cleaning = join(claims, CLEANING);
  if (!lookAt(cleaning)) return claim;
  try {
    const free = FileClaim.take(cleaning);
    if (!free) onWait(`Waiting until ${folder} is cleaned up`);
    (free ?? await FileClaim.wait(cleaning, signal)).release();
    return claim;
  } catch (error) {
    claim.release();
    throw error;
  }
}

/**
 * Claims a store for cleaning it up.
 *
 * @throws {UserError} If a sweep uses it, or another process cleans it up; the exit code is 1.
 */
export function claimForCleaning(folder: string): FileClaim {
  const claims = join(folder, "claims");
  if (!hasOwnClaims(claims)) return FileClaim.unlocked(claims);
  const claim = FileClaim.take(join(claims, CLEANING));
  if (!claim) throw new UserError(`Cannot clean up ${folder}: another process does`, 1);
  for (const name of namesInSync(claims).filter((name) => USE.test(name))) {
    const its = FileClaim.take(join(claims, name));
    its?.release();
    if (its) continue;
    claim.release();
    const message = `Cannot clean up ${folder}: a sweep uses it`;
    throw new UserError({ message, hint: "clean up when it has ended" }, 1);
  }
  return claim;
}

function hasOwnClaims(claims: string): boolean {
  return lookAt(claims)?.isDirectory ?? true;
}
