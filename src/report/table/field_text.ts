import { formatFixed } from "../../format_number.ts";
import { shownApart } from "../../wording/shown_values.ts";
import { differenceTexts, intervalText } from "../estimate.ts";
import type { Field, FieldFormat, TableColumn } from "./cell_table.ts";

type NumberFormat = Extract<FieldFormat, { kind: "number" }>;

/** Smaller probabilities are only said to be smaller. */
const SMALLEST_P = 1e-4;
const P_DECIMALS = 4;

/** Writes a column's fields for people; a field that is not there is empty. */
export function fieldTexts(column: TableColumn): (row: number) => string {
  const { format, fields } = column;
  const write = writerOf(format, fields);
  return (row) => {
    const field = fields[row];
    if (field === null) return "";
    return isDifference(format) ? differenceAt(column, row, format).difference : write(field);
  };
}

function isDifference(format: FieldFormat): format is NumberFormat {
  return format.kind === "number" && format.isSigned === true;
}

/** A row's difference and its interval, each as text. */
function differenceAt(
  column: TableColumn,
  row: number,
  format: NumberFormat,
): ReturnType<typeof differenceTexts> {
  const mean = Number(column.fields[row]) * format.factor;
  const { low, high } = shownInterval(column, row) ?? {};
  return differenceTexts({ mean, low, high }, format);
}

function writerOf(
  format: FieldFormat,
  fields: readonly Field[],
): (field: NonNullable<Field>) => string {
  switch (format.kind) {
    case "text":
      return String;
    case "value":
      return shownApart(fields.filter((field) => field !== null));
    case "p":
      return (p) =>
        Number(p) < SMALLEST_P
          ? `<\u00a0${SMALLEST_P.toFixed(P_DECIMALS)}`
          : formatFixed(Number(p), P_DECIMALS);
    case "number": {
      const { factor, decimals } = format;
      return (value) => formatFixed(Number(value) * factor, decimals);
    }
  }
}

/** The ends of a row's interval in the units shown, and whether a bound cut one of them off. */
interface ShownInterval {
  readonly low: number;
  readonly high: number;
  readonly isCutOff: boolean;
}

/** A row's interval as it is shown: without what cannot be; undefined if it has none. */
function shownInterval(
  { interval, format }: TableColumn,
  row: number,
): ShownInterval | undefined {
  const { low = null, high = null } = interval
    ? { low: interval.low[row], high: interval.high[row] }
    : {};
  if (!interval || low === null || high === null || format.kind !== "number") return undefined;
  const [least, most] = interval.bounds;
  const possible = {
    low: least === null ? low : Math.max(low, least),
    high: most === null ? high : Math.min(high, most),
  };
  return {
    low: possible.low * format.factor,
    high: possible.high * format.factor,
    isCutOff: possible.low !== low || possible.high !== high,
  };
}

/** `97.12 to 97.66`, with a note where a bound cuts it off; empty without an interval. */
export function intervalTextOf(column: TableColumn, row: number): string {
  const shown = shownInterval(column, row);
  if (!shown || column.format.kind !== "number") return "";
  const text = isDifference(column.format)
    ? differenceAt(column, row, column.format).interval
    : intervalText(shown, column.format);
  return text + (shown.isCutOff ? " (cut off)" : "");
}
