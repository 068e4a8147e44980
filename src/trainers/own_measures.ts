import type { NumberFormat } from "../measures/measure.ts";
import type { OwnMeasure, TrainerName } from "./trainer.ts";
import { trainersNamed } from "./trainer_named.ts";

/** A measure with its heading in the report's table of cells. */
export interface ShownMeasure extends Pick<NumberFormat, "isPercent" | "decimals"> {
  /** Its column in runs.csv. */
  readonly key: string;
  readonly heading: string;
}

/**
 * The measures of some trainers besides the common ones, in the order of columns.
 *
 * @throws {UserError} If there is no trainer with one of the names.
 */
export function ownMeasuresOf(names: Iterable<TrainerName>): OwnMeasure[] {
  const measures = trainersNamed(names).flatMap(({ measures }) => measures);
  return [...new Map(measures.map((measure) => [measure.key, measure])).values()];
}

/**
 * Those of them that the report's table of cells shows, with what it needs to know.
 *
 * @throws {UserError} If there is no trainer of one of the names.
 */
export function shownMeasuresOf(names: Iterable<TrainerName>): ShownMeasure[] {
  return ownMeasuresOf(names).flatMap(({ key, heading, isPercent, decimals }) =>
    heading === undefined ? [] : [{ key, heading, isPercent, decimals }]
  );
}
