import type { Task } from "../measures/measure.ts";
import type { HyperparameterValue } from "./hyperparameter.ts";

/** What the settings of a first experiment depend on. */
export interface TableShape {
  readonly task: Task;
  readonly trainRows: number;
  /** Inputs of a model. */
  readonly columns: number;
  /** True if some class is rare. */
  readonly isSkewed: boolean;
}

/** A hyperparameter with one value for all cells. */
export interface FixedSetting {
  readonly key: string;
  readonly value: HyperparameterValue;
  /** Why this value. */
  readonly reason: string;
}

/** A hyperparameter to sweep. */
export interface SweptSetting {
  readonly key: string;
  readonly values: readonly HyperparameterValue[];
  /** What it does. */
  readonly reason: string;
}

/** The settings of a first experiment with a table: each of `swept` alone, everything else as fixed. */
export interface Starter {
  readonly fixed: readonly FixedSetting[];
  /** Without the value that means off. */
  readonly swept: readonly SweptSetting[];
}
