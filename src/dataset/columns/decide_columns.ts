import { countOf, formatCount } from "../../format_number.ts";
import { quoted, yamlText } from "../quote.ts";
import type { ColumnType, ColumnUse } from "../table_facts.ts";
import { type ColumnChoice, OTHER_COLUMNS, type TableOptions } from "../table_options.ts";
import { booleanOf } from "./boolean_words.ts";
import type { Classes } from "./class_column.ts";
import { type ColumnSurvey, LONGEST_VALUE } from "./column_survey.ts";
import type { DayOrder } from "./parse_date.ts";
import { type ColumnPlace, tellType, type ToldType, typeOfTexts } from "./tell_type.ts";

/** The most values of a column that an experiment calls a category. */
export const MOST_CHOSEN_CATEGORIES = 10_000;
/** Words that a message shows. */
const MOST_EXAMPLES = 3;
/** With more different words, they are no marks of a gap. */
const MOST_GAP_WORDS = 5;

/** What a column is used as, before its values are read. */
export interface ColumnDecision {
  readonly type: ColumnType;
  readonly use: ColumnUse;
  readonly why?: string;
  readonly warning?: string;
  /** How its cells become numbers, if it is a feature. */
  readonly kind?: "number" | "boolean" | "category" | "date";
  readonly classes?: Classes;
  readonly dayOrder?: DayOrder;
  /** Why it cannot be used so; the column's first word shows it. */
  readonly problem?: ColumnProblem;
  /** True: its numbers must be read as texts first. */
  readonly needsTexts?: true;
}

export interface ColumnProblem {
  readonly message: string;
  /** What to write in the experiment. */
  readonly hint?: string;
  /** The line of a cell that shows it; the column's name does if it is absent. */
  readonly line?: number;
}

/** Why a column is not used that the experiment names. */
export const DROPPED_BY_EXPERIMENT = "the experiment drops it";

export interface ColumnContext extends ColumnPlace {
  readonly options: Pick<TableOptions, "columns" | "drop" | "keep">;
  /** What the column decides about splits, if it does. */
  readonly splitUse?: "group" | "time" | "part";
  /** True if no column of the table is of no use. */
  readonly isPicture: boolean;
  /** Words for missing cells that were found in the table. */
  readonly missingWords: readonly string[];
}

/** Decides what a column that is not the target is used as. */
export function decideColumn(survey: ColumnSurvey, context: ColumnContext): ColumnDecision {
  const { name, options, splitUse } = context;
  const told = tellType(survey, context);
  const { columns, drop = [], keep = [] } = options;
  const own = columns && Object.hasOwn(columns, name) ? columns[name] : undefined;
  const chosen = own ?? (drop.includes(name) ? "drop" : undefined);
  const isKept = keep.includes(name);
  if (splitUse && chosen === undefined && !isKept) return { ...shown(told), use: splitUse };
  if (chosen === "drop") {
    return splitUse
      ? { ...shown(told), use: splitUse }
      : { ...shown(told), use: "drop", why: DROPPED_BY_EXPERIMENT };
  }
  if (chosen !== undefined) return useAs(chosen, survey, told, context);
  if (isKept) return keepColumn(survey, told, context);
  const others = columns?.[OTHER_COLUMNS];
  if (others === "drop") return { ...shown(told), use: "drop", why: DROPPED_BY_EXPERIMENT };
  if (others !== undefined) return useAs(others, survey, told, context);
  return useAsTold(survey, told, context);
}

function shown({ type, why, warning }: ToldType): Omit<ColumnDecision, "use"> {
  return { type, ...why !== undefined && { why }, ...warning !== undefined && { warning } };
}

function useAsTold(survey: ColumnSurvey, told: ToldType, context: ColumnContext): ColumnDecision {
  if (told.isMixed) return useMixed(survey, context);
  switch (told.type) {
    case "number":
    case "boolean":
    case "category":
      return useAs(told.type, survey, told, context);
    case "constant":
    case "identifier":
      if (!context.isPicture) return { ...shown(told), use: "drop" };
      return useAs("number", survey, { type: "number" }, context);
    default:
      return { ...shown(told), use: "drop" };
  }
}

/** Numbers and words: what their texts are. */
function useMixed(survey: ColumnSurvey, context: ColumnContext): ColumnDecision {
  if (!survey.keepsNumbers) return { type: "category", use: "drop", needsTexts: true };
  const told = typeOfTexts(survey.distinctTexts, survey.present, survey.areTextsDistinct);
  if (told.type !== "category") return { ...shown(told), use: "drop" };
  return useAs("category", survey, told, context);
}

function keepColumn(survey: ColumnSurvey, told: ToldType, context: ColumnContext): ColumnDecision {
  if (told.type === "empty") {
    const message = `Cannot keep column ${quoted(context.name)}: every cell is missing`;
    return refuse(told, { message });
  }
  if (told.type === "date" || told.type === "boolean") {
    return useAs(told.type, survey, told, context);
  }
  const isNumber = survey.words === 0 || told.hasStrayWords;
  return useAs(isNumber ? "number" : "category", survey, told, context);
}

function useAs(
  choice: Exclude<ColumnChoice, "drop">,
  survey: ColumnSurvey,
  told: ToldType,
  context: ColumnContext,
): ColumnDecision {
  const feature = { type: choice, use: "feature", kind: choice, ...warningOf(told) } as const;
  const fails = (reason: string, hint?: string, line = survey.firstWordLine) => {
    const message = `Cannot use column ${quoted(context.name)} as ${choice}: ${reason}`;
    return refuse(told, { message, hint, line: line || undefined });
  };
  const drop = `drop: [${yamlText(context.name)}]`;
  if (survey.present === 0) return fails("every cell is missing");
  switch (choice) {
    case "number":
      if (survey.words > 0) return fails(wordsIn(survey), wayOut(survey, told, context));
      if (survey.mixesPercents) {
        const hint = `write all of them one way in the file, or ${drop}`;
        return fails(percentsIn(survey), hint, oddPercentLine(survey));
      }
      return feature;
    case "boolean":
      return areBooleanCells(survey)
        ? feature
        : fails("its cells are not all true or false, yes or no, or 1 or 0");
    case "date": {
      const [dayOrder] = survey.dayOrders;
      const areDates = survey.numbers === 0 && dayOrder !== undefined;
      return areDates
        ? { ...feature, dayOrder }
        : fails("its cells are not all dates such as 2026-11-26");
    }
    case "category": {
      if (survey.unreadable > 0) {
        const cells = survey.unreadable === 1 ? "a cell is" : "some cells are";
        const reason = `${cells} not UTF-8 text of at most ${formatCount(LONGEST_VALUE)} bytes`;
        return fails(reason, `write ${drop}`, survey.firstUnreadableLine);
      }
      if (survey.numbers > 0 && !survey.keepsNumbers) return { ...feature, needsTexts: true };
      if (!survey.hasAllTexts || survey.distinctTexts > MOST_CHOSEN_CATEGORIES) {
        return fails(`it has more than ${formatCount(MOST_CHOSEN_CATEGORIES)} different values`);
      }
      return { ...feature, classes: survey.texts.classes() };
    }
  }
}

function warningOf({ warning }: ToldType): Pick<ColumnDecision, "warning"> {
  return warning === undefined ? {} : { warning };
}

function areBooleanCells(survey: ColumnSurvey): boolean {
  const { numbers, minimum, maximum, areIntegers, words, unreadable, hasAllTexts } = survey;
  if (numbers > 0 && !(areIntegers && minimum >= 0 && maximum <= 1)) return false;
  if (words === 0) return true;
  const isBoolean = (text: string) => !Number.isNaN(booleanOf(text)) || ["0", "1"].includes(text);
  return unreadable === 0 && hasAllTexts && survey.texts.texts.every(isBoolean);
}

function refuse({ type }: ToldType, problem: ColumnProblem): ColumnDecision {
  return { type, use: "drop", problem };
}

/** Says which cells of a column are not numbers: `3 of 344 cells are not numbers: "two" (2), "x"`. */
export function wordsIn(survey: ColumnSurvey): string {
  const { words, unreadable } = survey;
  const count = `${formatCount(words)} of ${countOf(survey.cells, "cell")}`;
  const found = words === 1 ? `${count} is not a number` : `${count} are not numbers`;
  const counts = survey.wordCounts;
  const examples = counts.slice(0, MOST_EXAMPLES).map(({ name, rows }) => {
    return rows > 1 ? `${quoted(name)} (${formatCount(rows)})` : quoted(name);
  });
  if (examples.length === 0) return unreadable > 0 ? `${found}, nor short UTF-8 text` : found;
  return `${found}: ${examples.join(", ")}${counts.length > MOST_EXAMPLES ? ", …" : ""}`;
}

/** Says how many numbers have a percent sign, where others have none: 5% could be 5 or 0.05. */
export function percentsIn({ percents, numbers }: ColumnSurvey): string {
  const [has, others] = [percents === 1 ? "has" : "have", numbers - percents];
  return `${formatCount(percents)} of ${countOf(numbers, "number")} ${has} a percent sign, ` +
    (others === 1 ? "the other one does not" : "the others do not");
}

/** The line of the first number of the rarer kind. */
export function oddPercentLine(survey: ColumnSurvey): number {
  const { percents, numbers, firstPercentLine, firstPlainLine } = survey;
  return 2 * percents <= numbers ? firstPercentLine : firstPlainLine;
}

/** What to write where a column of numbers has words. */
export function wayOut(
  survey: ColumnSurvey,
  told: ToldType,
  context: Pick<ColumnContext, "name" | "missingWords"> & { readonly isTarget?: boolean },
): string {
  const words = survey.wordCounts;
  const name = yamlText(context.name);
  const otherwise = context.isTarget
    ? "task: classification"
    : `columns: { ${name}: category } or drop: [${name}]`;
  const isGap = told.hasStrayWords && survey.hasAllTexts && words.length > 0 &&
    words.length <= MOST_GAP_WORDS;
  if (!isGap) return `write ${otherwise}`;
  // The list replaces the usual words.
  const missing = [...context.missingWords, ...words.map(({ name }) => name)].map(yamlText);
  return `write missing: [${missing.join(", ")}] if that is a gap, or else ${otherwise}`;
}
