import { BUILT_IN } from "../trainers/trainers.ts";
import type { RunIdentity } from "./run_key.ts";

/** Whether a run is of a built-in trainer that has another version now: no new sweep uses its record. */
export function isOldVersion({ trainer, version }: RunIdentity): boolean {
  const current = BUILT_IN.all.find(({ name }) => name === trainer)?.version;
  return current !== undefined && String(current) !== String(version);
}
