import type { SweptKey } from "../../results/manifest.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import { inBrackets } from "../../wording/metric_scale.ts";
import { shownValue } from "../../wording/shown_values.ts";
import type { ReportCell } from "../report_cell.ts";
import { valuesIn } from "./_conditional_keys.ts";

/** A swept hyperparameter with the values that cells have for it. */
export interface SweptAxis {
  readonly key: SweptKey;
  /** Ascending where they are numbers, otherwise in the order of the experiment. */
  readonly values: readonly HyperparameterValue[];
  readonly labels: readonly string[];
  /** A cell's place among the values, from 0. */
  placeOf(cell: ReportCell): number;
  valueOf(cell: ReportCell): HyperparameterValue;
}

/** The swept hyperparameters that have two values or more, in the order of the columns. */
export function sweptAxes(cells: readonly ReportCell[], swept: readonly SweptKey[]): SweptAxis[] {
  const written = cells.toSorted((a, b) => a.index - b.index);
  const valueIn = valuesIn(cells, swept);
  return swept.flatMap((key): SweptAxis[] => {
    const valueOf = (cell: ReportCell) => valueIn(cell, key.key);
    const values = new Map(written.map((cell) => [identity(valueOf(cell)), valueOf(cell)]));
    if (values.size < 2) return [];
    // The value is empty for cells that go without this key.
    const isNumeric = [...values.values()].every((value) =>
      typeof value === "number" || value === ""
    );
    const ordered = isNumeric
      ? [...values].toSorted(([, a], [, b]) =>
        Number(b === "") - Number(a === "") || Number(a) - Number(b)
      )
      : [...values];
    const places = new Map(ordered.map(([value], place) => [value, place]));
    return [{
      key,
      values: ordered.map(([, value]) => value),
      labels: ordered.map(([, value]) => shortValue(value)),
      placeOf: (cell) => places.get(identity(valueOf(cell))) ?? 0,
      valueOf,
    }];
  });
}

/**
 * `Dropout`, or `Pruning threshold (standard deviations)`; `Steps` are not in steps.
 *
 * @param notes What else is in the brackets, such as the scale.
 */
export function axisTitle(
  { label, unit = "" }: SweptKey,
  notes: readonly string[] = [],
): string {
  const own = unit.toLowerCase() === label.toLowerCase() ? "" : unit;
  return label + inBrackets(own, ...notes);
}

function identity(value: HyperparameterValue | undefined): string {
  return JSON.stringify(value) ?? "";
}

/** As in cells' names; a dash for no value. */
export function shortValue(value: HyperparameterValue): string {
  return value === "" ? "–" : shownValue(value);
}
