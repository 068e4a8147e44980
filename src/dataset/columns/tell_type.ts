import type { ColumnType } from "../table_facts.ts";
import { areBooleans } from "./boolean_words.ts";
import type { ColumnSurvey } from "./column_survey.ts";

/** A column of more words than this is text. */
const MOST_CATEGORIES = 100;
/** With more words than this, most of which are different, it is text, too. */
const SURE_CATEGORIES = 10;
/** Fewer numbers say nothing about their order. */
const FEWEST_NUMBERED = 10;
/** Of the values of a column whose name says that it is an identifier, or that is first without one. */
const DISTINCT_OF_NAMED = 0.5;
const DISTINCT_OF_FIRST = 0.9;
/** Words in a column of numbers, as a share of its cells. */
const FEW_WORDS = 0.1;
const SOME_WORDS = 0.25;
const MOST_DIFFERENT_WORDS = 10;

const REPEATED_IDENTIFIER = "its name is that of an identifier, and its values repeat";

/** A name that ends or begins with `id`, `no`, `index` and the like, as a word of its own. */
const IDENTIFIER_NAME =
  /(^|[^a-z])(id|ids|idx|index|no|nr|number|uuid|guid|key|rownames?|row)$|^(id|index|unnamed)($|[^a-z])|[a-z](Id|ID|No|Nr)$/;

/** What a column is, and why if it is not plain to see. */
export interface ToldType {
  readonly type: ColumnType;
  readonly why?: string;
  readonly warning?: string;
  /** True: numbers, with a few words that are not known to mark gaps. */
  readonly hasStrayWords?: true;
  /** True: numbers and words are mixed, and both are values. */
  readonly isMixed?: true;
}

/** Where a column is in its table. */
export interface ColumnPlace {
  readonly name: string;
  /** True for the first column of a table without a header. */
  readonly isFirstUnnamed: boolean;
}

/** Whether a column's name says that it numbers or names the rows. */
export function isNamedIdentifier(name: string): boolean {
  return IDENTIFIER_NAME.test(name) || IDENTIFIER_NAME.test(name.toLowerCase());
}

/** Tells what a column's cells are, from what was found in them. */
export function tellType(survey: ColumnSurvey, place: ColumnPlace): ToldType {
  const { present, words, numbers, missing } = survey;
  if (present === 0) return { type: "empty", why: "every cell is missing" };
  if (words === 0) return typeOfNumbers(survey, place);
  if (numbers > 0) return typeOfMixed(survey);
  const { distinctTexts, areTextsDistinct, texts } = survey;
  if (distinctTexts === 1 && missing === 0 && survey.unreadable === 0) {
    return { type: "constant", why: "all cells are the same" };
  }
  if (survey.dayOrders.length > 0) return { type: "date" };
  if (survey.hasAllTexts && areBooleans(texts.texts)) return { type: "boolean" };
  const told = typeOfTexts(distinctTexts, present, areTextsDistinct);
  const isDoubtful = told.type === "category" && isNamedIdentifier(place.name);
  return isDoubtful ? { ...told, warning: REPEATED_IDENTIFIER } : told;
}

function typeOfNumbers(survey: ColumnSurvey, place: ColumnPlace): ToldType {
  if (survey.distinctNumbers === 1 && survey.missing === 0) {
    return { type: "constant", why: "all cells are the same" };
  }
  const why = identifierReason(survey, place);
  if (why !== undefined) return { type: "identifier", why };
  const { areIntegers, areNumbersDistinct, numbers } = survey;
  if (areIntegers && areNumbersDistinct && numbers >= FEWEST_NUMBERED) {
    return { type: "number", warning: "all of its integers differ" };
  }
  const isDoubtful = areIntegers && survey.distinctNumbers > 2 && isNamedIdentifier(place.name);
  return isDoubtful ? { type: "number", warning: REPEATED_IDENTIFIER } : { type: "number" };
}

/** Why a column of numbers numbers the rows, if it does. Numbers with decimals never do. */
function identifierReason(survey: ColumnSurvey, place: ColumnPlace): string | undefined {
  const { areIntegers, areNumbersDistinct, numbers, minimum, maximum, step } = survey;
  if (!areIntegers || numbers < 2) return undefined;
  if (areNumbersDistinct && numbers >= FEWEST_NUMBERED) {
    if (step !== undefined) {
      return `it counts in steps of ${Math.abs(step)}, from ${step > 0 ? minimum : maximum}`;
    }
    if (maximum - minimum === numbers - 1) return `it has each of ${minimum} to ${maximum} once`;
    if (survey.isAscending) return "its integers ascend from row to row";
  }
  const share = survey.distinctNumbers / numbers;
  const found = areNumbersDistinct ? "all of its integers differ" : "most of its integers differ";
  if (isNamedIdentifier(place.name) && share >= DISTINCT_OF_NAMED) {
    return `${found}, and its name says so`;
  }
  if (place.isFirstUnnamed && share >= DISTINCT_OF_FIRST && numbers >= FEWEST_NUMBERED) {
    return `${found}, and it is the first column of a table without a header`;
  }
  return undefined;
}

function typeOfMixed({ present, words, distinctWords }: ColumnSurvey): ToldType {
  const isFew = words <= FEW_WORDS * present ||
    words <= SOME_WORDS * present && distinctWords <= MOST_DIFFERENT_WORDS;
  return isFew ? { type: "number", hasStrayWords: true } : { type: "category", isMixed: true };
}

/** What texts are, dates and booleans aside. */
export function typeOfTexts(distinct: number, present: number, areDistinct: boolean): ToldType {
  if (areDistinct && present > 2) return { type: "identifier", why: "all of its texts differ" };
  if (distinct > MOST_CATEGORIES) {
    return { type: "text", why: `more than ${MOST_CATEGORIES} different texts` };
  }
  if (distinct > SURE_CATEGORIES && 2 * distinct > present) {
    return { type: "text", why: "most of its texts differ" };
  }
  return { type: "category" };
}
