import type { TopLevelSpec } from "vega-lite";
import type { LearningCurve } from "./learning_curves.ts";

/** A heading, one or several charts side by side, and what to see in them. */
export interface Figure {
  readonly heading: string;
  readonly caption: string;
  readonly charts: readonly Chart[];
  /** Cells that the reader switches on and off. */
  readonly curves?: readonly CellCurve[];
}

/** One chart, with the title that it has where it stands alone. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly spec: TopLevelSpec;
}

/** A cell's learning curve, and whether it is drawn at first. */
export interface CellCurve extends LearningCurve {
  readonly name: string;
  /** Its group's place in the palette, which it has if it is free; 0 is the baseline's. */
  readonly color: number;
  readonly isShown: boolean;
}
