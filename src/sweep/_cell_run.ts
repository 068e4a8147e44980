import type { Cell } from "../experiment/experiment.ts";
import type { KeyTable } from "../store/key_table.ts";
import type { RunIdentity } from "../store/run_key.ts";
import type { RunTask } from "../trainers/trainer.ts";
import type { PlannedRun } from "./planned_run.ts";
import type { RunStates } from "./stages/run_states.ts";

/** What a cell's runs are made from. */
export interface CellParts {
  /** What they have in common. */
  readonly facts: Pick<PlannedRun, "measures" | "metric" | "flops" | "mostSteps">;
  readonly identityOf: (replicate: number) => RunIdentity;
  readonly taskOf: (replicate: number) => RunTask;
  /** Absent if its trainer's runs cannot go on from a state. */
  readonly states?: RunStates;
}

/** What is kept of a cell; the rest is computed again when it is needed. */
export type CellPlan = CellParts["facts"] & {
  readonly cell: Cell;
  readonly partsOf: (cell: Cell) => CellParts;
  readonly keys?: KeyTable;
};

/** A run of a cell. There can be millions, so most of it is computed at each access. */
export class CellRun implements PlannedRun {
  readonly replicate: number;
  readonly #plan: CellPlan;
  /** Its place in the plan's table, if there is one. */
  readonly #key: number | string;

  constructor(plan: CellPlan, replicate: number, key: string) {
    this.replicate = replicate;
    this.#plan = plan;
    this.#key = plan.keys?.add(key) ?? key;
  }

  get key(): string {
    const { keys } = this.#plan;
    return keys && typeof this.#key === "number" ? keys.keyAt(this.#key) : String(this.#key);
  }

  get identity(): RunIdentity {
    return this.#plan.partsOf(this.cell).identityOf(this.replicate);
  }

  get task(): RunTask {
    return this.#plan.partsOf(this.cell).taskOf(this.replicate);
  }

  get cell(): Cell {
    return this.#plan.cell;
  }

  get measures(): readonly string[] {
    return this.#plan.measures;
  }

  get metric(): string | undefined {
    return this.#plan.metric;
  }

  get states(): RunStates | undefined {
    return this.#plan.partsOf(this.cell).states;
  }

  get flops(): number {
    return this.#plan.flops;
  }

  get mostSteps(): number | undefined {
    return this.#plan.mostSteps;
  }
}
