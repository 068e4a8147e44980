import { mlp } from "./mlp/mlp.ts";
import { notebook } from "./notebook/notebook.ts";
import type { Trainer } from "./trainer.ts";

/** THE list of trainers; experiments that do not name one use the first. */
export const TRAINERS: readonly Trainer[] = [
  mlp,
  notebook,
];
