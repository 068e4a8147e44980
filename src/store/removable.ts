/** A kind of what can be removed from a store: docs/store.md says what each is. */
export type Removable =
  | "old-versions"
  | "unused"
  | "damaged"
  | "test-scores"
  | "models"
  | "checkpoints";

/** All kinds. */
export const REMOVABLE: readonly Removable[] = [
  ...["old-versions", "unused", "damaged", "test-scores", "models", "checkpoints"] as const,
];
