import { countOf } from "../../format_number.ts";
import { type Problem, UserError } from "../../user_error.ts";
import type { SplitColumns } from "../dataset.ts";
import { quoted } from "../quote.ts";
import { ROW_PARTS } from "../row_parts.ts";
import type { TableSource } from "../table_source.ts";
import type { ColumnSurvey } from "./column_survey.ts";
import type { ColumnReader } from "./fill_table.ts";
import type { PlaceOfOption, ResolvedNames } from "./resolve_names.ts";

/** What says in which part a row is, in small letters; a row without one is free. */
const PART_WORDS: ReadonlyMap<string, number> = new Map(Object.entries({
  ...ROW_PARTS,
  training: ROW_PARTS.train,
  validate: ROW_PARTS.validation,
  valid: ROW_PARTS.validation,
  val: ROW_PARTS.validation,
  dev: ROW_PARTS.validation,
  testing: ROW_PARTS.test,
}));

/** A column that splits need, and how it is read. */
export interface SplitReader {
  readonly use: "group" | "time" | "part";
  readonly reader: ColumnReader;
  /** Of a column of parts: the part that each of its values stands for. */
  readonly parts?: readonly number[];
}

/**
 * Finds how to read the columns that rows are split by.
 *
 * @throws {UserError} If a row has no group or no time, or a part's name is unknown.
 */
export function splitReaders(
  { source, resolved, surveys, placeOf }: {
    readonly source: TableSource;
    readonly resolved: ResolvedNames;
    readonly surveys: readonly ColumnSurvey[];
    readonly placeOf?: PlaceOfOption;
  },
): SplitReader[] {
  const problems: Problem[] = [];
  const readers = (["group", "time", "part"] as const).flatMap((use): SplitReader[] => {
    const field = resolved[use];
    if (field === undefined) return [];
    const survey = surveys[field];
    const name = quoted(source.names[field]);
    const fail = (message: string, hint?: string) => {
      const place = placeOf?.(["split", use === "part" ? "column" : use]) ?? source.place(field);
      problems.push({ message, hint, place });
      return [];
    };
    if (survey.missing > 0 && use !== "part") {
      const cells = countOf(survey.missing, "row");
      return fail(
        `Cannot split by ${name}: ${cells} ${survey.missing === 1 ? "has" : "have"} no ${use}`,
      );
    }
    if (use === "time") {
      const [dayOrder, other] = survey.dayOrders;
      if (survey.words === 0) return [{ use, reader: { field, kind: "number" } }];
      if (survey.numbers > 0 || dayOrder === undefined) {
        return fail(
          `Cannot use ${name} as time: its cells must be numbers, or dates such as 2026-11-26`,
        );
      }
      if (other !== undefined && hasAmbiguousDates(survey)) {
        return fail(
          `Cannot use ${name} as time: its dates could have the day or the month first`,
          "write them as in 2026-11-26",
        );
      }
      return [{ use, reader: { field, kind: "date", dayOrder } }];
    }
    if (survey.unreadable > 0 || !survey.hasAllTexts) {
      return fail(
        `Cannot split by ${name}: some cells are too long or not text, or it has too many values`,
      );
    }
    const texts = survey.texts;
    const classes = texts.classes();
    const reader = { field, kind: "category", texts, classes } as const;
    if (use === "group") return [{ use, reader }];
    const partOf = (word: string) => PART_WORDS.get(word.toLowerCase());
    const unknown = classes.entries.find((entry) => partOf(entry.name) === undefined);
    if (unknown) {
      const hint = "a part is train, validation or test; an empty cell leaves the row to the split";
      return fail(`Cannot split by ${name}: ${quoted(unknown.name)} is not a part`, hint);
    }
    const parts = classes.entries.map((entry) => partOf(entry.name) ?? ROW_PARTS.free);
    return [{ use, reader, parts }];
  });
  if (problems.length > 0) throw new UserError(problems);
  return readers;
}

/** Whether some text is another date if its day and month change places. */
function hasAmbiguousDates({ texts }: ColumnSurvey): boolean {
  return texts.texts.some((text) => /^\d{1,2}[-/.]\d/.test(text));
}

/** Turns the values of the columns into what splits take. */
export function splitColumnsOf(
  readers: readonly SplitReader[],
  columns: readonly Float64Array[],
): SplitColumns | undefined {
  if (readers.length === 0) return undefined;
  return Object.fromEntries(readers.map(({ use, parts = [] }, index) => {
    const values = columns[index];
    if (use === "time") return ["times", values];
    if (use === "part") {
      const numbers = new Uint8Array(new SharedArrayBuffer(values.length));
      values.forEach((value, row) =>
        numbers[row] = Number.isNaN(value) ? ROW_PARTS.free : parts[value]
      );
      return ["parts", numbers];
    }
    const groups = new Int32Array(new SharedArrayBuffer(4 * values.length));
    const numberOf = new Map<number, number>();
    values.forEach((value, row) => {
      const group = numberOf.get(value) ?? numberOf.size;
      numberOf.set(value, group);
      groups[row] = group;
    });
    return ["groups", groups];
  }));
}
