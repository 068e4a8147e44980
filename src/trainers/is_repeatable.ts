import type { Trainer } from "./trainer.ts";

/** Whether a run gives the same each time: all do but those of programs whose user says otherwise. */
export function isRepeatable({ own }: Pick<Trainer, "own">): boolean {
  return own?.kind !== "program" || own.deterministic;
}
