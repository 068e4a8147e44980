import { mlp } from "./mlp/mlp.ts";
import { notebook } from "./notebook/notebook.ts";
import type { Trainer } from "./trainer.ts";

/** THE list of trainers; the first is that of experiments which name none. */
export const TRAINERS: readonly Trainer[] = [
  mlp,
  notebook,
];
