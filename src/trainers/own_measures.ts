import type { NumberFormat } from "../measures/measure.ts";
import type { OwnMeasure, Trainer, TrainerDescription } from "./trainer.ts";

type Measured = Pick<TrainerDescription, "measures">;

/** A measure with its heading in the report's table of cells. */
export interface ShownMeasure extends Pick<NumberFormat, "isPercent" | "decimals"> {
  /** Its column in runs.csv. */
  readonly key: string;
  readonly heading: string;
}

/** The measures of some trainers besides the common ones, in the order of columns. */
export function ownMeasuresOf(trainers: readonly Measured[]): OwnMeasure[] {
  const measures = trainers.flatMap(({ measures }) => measures);
  return [...new Map(measures.map((measure) => [measure.key, measure])).values()];
}

/** Those of them that the report's table of cells shows, with what it needs to know. */
export function shownMeasuresOf(trainers: readonly Measured[]): ShownMeasure[] {
  return ownMeasuresOf(trainers).flatMap(({ key, heading, isPercent, decimals }) =>
    heading === undefined ? [] : [{ key, heading, isPercent, decimals }]
  );
}

/** Whether all measures are a trainer's own: regsweep has no predictions to compute any from. */
export function givesAllMeasures({ own, tasks }: Pick<Trainer, "own" | "tasks">): boolean {
  return own?.kind === "program" || tasks.length === 0;
}
