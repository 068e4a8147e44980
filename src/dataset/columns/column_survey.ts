import type { TableRecords } from "../table_source.ts";
import { ClassColumn, type ClassEntry } from "./class_column.ts";
import { DistinctNumbers } from "./distinct_numbers.ts";
import type { MissingWords } from "./missing_words.ts";
import { type DayOrder, dayOrders } from "./parse_date.ts";

/** In bytes, of a value that is kept. */
export const LONGEST_VALUE = 10_000;
/** Integers from 0 to this one, all of whose bits are 1, are counted apart. */
const SMALL_MASK = 255;
/** Different words that are counted beside numbers. */
const MOST_WORDS = 100;

export interface SurveyLimits {
  /** How many different numbers are counted exactly, where they do not all differ. */
  readonly numbers: number;
  /** How many different texts are kept. */
  readonly texts: number;
}

/**
 * What is found in a column's cells. It keeps no values but the different texts of a column of few.
 */
export class ColumnSurvey {
  /** Cells without a value. */
  missing = 0;
  /** Cells that are finite numbers. */
  numbers = 0;
  /** Cells that are something else. */
  words = 0;
  /** Cells that are words and not UTF-8 text, or too long. */
  unreadable = 0;
  minimum = Infinity;
  maximum = -Infinity;
  areIntegers = true;
  /** Numbers with a percent sign, and the lines of the first and of the first number but 0 without one. */
  percents = 0;
  firstPercentLine = 0;
  firstPlainLine = 0;
  /** True as long as each number is greater than the one before. */
  isAscending = true;
  /** The difference between neighbouring numbers, if it is always the same. */
  step: number | undefined;
  /** The lines of the first missing cell, of the first word and of the first that cannot be read. */
  firstMissingLine = 0;
  firstWordLine = 0;
  firstUnreadableLine = 0;
  /** How often each of the words for missing cells was found. */
  readonly missingWords = new Map<string, number>();
  /** The orders in which all words so far are dates. */
  dayOrders: readonly DayOrder[] = ["day-first", "month-first"];
  /** False if there are more values than were counted. */
  hasAllTexts = true;
  hasAllNumbers = true;
  /** The code of the text that was added last. */
  lastCode = 0;

  /** Which of the small integers were found. */
  readonly #small = new Uint8Array(SMALL_MASK + 1);
  #smallCount = 0;
  readonly #numbers = new DistinctNumbers();
  /** True as long as the order of the numbers says something. */
  #isOrdered = true;
  /** Hashes of texts, while all texts differ. */
  #hashes: DistinctNumbers | undefined;
  #texts: ClassColumn | undefined;
  /** Words alone, where texts are numbers, too. */
  #words: ClassColumn | undefined;
  #previous = NaN;
  #areNumbersDistinct = true;
  #areTextsDistinct = true;
  readonly #missing: MissingWords;
  readonly #limits: SurveyLimits;

  constructor(
    missing: MissingWords,
    limits: SurveyLimits,
    /** True if numbers are kept as texts, too. */
    readonly keepsNumbers = false,
  ) {
    this.#missing = missing;
    this.#limits = limits;
  }

  /** Cells that were looked at. */
  get cells(): number {
    return this.numbers + this.words + this.missing;
  }

  /** Cells that have a value. */
  get present(): number {
    return this.numbers + this.words;
  }

  /** Whether some numbers have a percent sign and others, which are not 0, have none. */
  get mixesPercents(): boolean {
    return this.percents > 0 && this.firstPlainLine > 0;
  }

  /** Different numbers; a lower bound if they were not all counted. */
  get distinctNumbers(): number {
    return this.#numbers.size + this.#smallCount;
  }

  /** Different texts, a lower bound if they were not all kept; of words alone unless numbers are texts. */
  get distinctTexts(): number {
    return Math.max(this.#texts?.size ?? 0, this.#hashes?.size ?? 0);
  }

  /** Whether no number is there twice. */
  get areNumbersDistinct(): boolean {
    return this.#areNumbersDistinct;
  }

  /** Whether no text is there twice. */
  get areTextsDistinct(): boolean {
    return this.#areTextsDistinct;
  }

  /** The texts, if they were all kept. */
  get texts(): ClassColumn {
    return this.#texts ??= new ClassColumn();
  }

  /** The words with how often each was found, the most frequent first. */
  get wordCounts(): ClassEntry[] {
    return (this.keepsNumbers ? this.#words : this.#texts)?.counts() ?? [];
  }

  /** How many different words there are; a lower bound if they were not all kept. */
  get distinctWords(): number {
    return this.keepsNumbers ? this.#words?.size ?? 0 : this.distinctTexts;
  }

  /** Adds a cell; returns its number, or NaN if it is missing or a word. */
  add(records: TableRecords, field: number): number {
    const number = records.number(field);
    // True for finite numbers alone.
    if (number - number === 0) {
      if (this.#missing.hasNumbers && this.#missing.hasNumber(number)) {
        this.#addMissing(records.text(field) ?? "", records.line);
        return NaN;
      }
      this.#addNumber(number);
      if (records.isPercent(field)) {
        if (this.percents++ === 0) this.firstPercentLine = records.line;
      } else if (this.firstPlainLine === 0 && number !== 0) this.firstPlainLine = records.line;
      if (this.keepsNumbers) this.#addText(records.text(field) ?? "", records.line);
      return number;
    }
    this.#addOther(records, field);
    return NaN;
  }

  /** Adds a cell that is no number. */
  #addOther(records: TableRecords, field: number): void {
    if (records.isEmpty(field)) return this.#addMissing("", records.line);
    const isShort = records.byteLength(field) <= LONGEST_VALUE;
    const text = isShort ? records.text(field) : undefined;
    if (text !== undefined && (this.#missing.has(text) || isBlank(text))) {
      return this.#addMissing(text.trim(), records.line);
    }
    if (this.words++ === 0) this.firstWordLine = records.line;
    if (text === undefined) {
      if (this.unreadable++ === 0) this.firstUnreadableLine = records.line;
      this.#areTextsDistinct = false;
      this.dayOrders = [];
    } else {
      this.#addText(text, records.line);
      if (this.keepsNumbers) this.#addWord(text, records.line);
    }
  }

  #addNumber(number: number): void {
    this.numbers++;
    if (this.#isOrdered) this.#addToOrder(number);
    if (number < this.minimum) this.minimum = number;
    if (number > this.maximum) this.maximum = number;
    // Most tables have many small integers: they need no hash.
    const small = number & SMALL_MASK;
    if (small === number) {
      if (this.#small[small] === 1) this.#areNumbersDistinct = false;
      else {
        this.#small[small] = 1;
        this.#smallCount++;
      }
      return;
    }
    if (this.areIntegers && !Number.isInteger(number)) this.areIntegers = false;
    const isCounted = this.#numbers.size < this.#limits.numbers ||
      this.areIntegers && this.#areNumbersDistinct;
    if (!isCounted) this.hasAllNumbers = false;
    else if (!this.#numbers.add(number)) this.#areNumbersDistinct = false;
  }

  #addToOrder(number: number): void {
    if (this.numbers > 1) {
      const step = number - this.#previous;
      if (this.numbers === 2) this.step = step;
      else if (step !== this.step) this.step = undefined;
      if (!(step > 0)) this.isAscending = false;
      this.#isOrdered = this.isAscending || this.step !== undefined;
    }
    this.#previous = number;
  }

  #addText(text: string, line: number): void {
    if (this.hasAllTexts) {
      const known = this.texts.size;
      this.lastCode = this.texts.add(text, line);
      if (this.texts.size === known) {
        this.#areTextsDistinct = false;
        return;
      }
      if (this.texts.size > this.#limits.texts) this.hasAllTexts = false;
    }
    this.#hashes ??= new DistinctNumbers();
    if (this.#areTextsDistinct && !this.#hashes.add(hashOf(text))) this.#areTextsDistinct = false;
    if (this.dayOrders.length > 0) {
      const orders = dayOrders(text);
      this.dayOrders = this.dayOrders.filter((order) => orders.includes(order));
    }
  }

  #addWord(word: string, line: number): void {
    this.#words ??= new ClassColumn();
    if (this.#words.size < MOST_WORDS || this.#words.codeOf(word) !== undefined) {
      this.#words.add(word, line);
    }
  }

  #addMissing(word: string, line: number): void {
    if (this.missing++ === 0) this.firstMissingLine = line;
    this.missingWords.set(word, (this.missingWords.get(word) ?? 0) + 1);
  }
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** 53 bits that are the same for the same text. */
function hashOf(text: string): number {
  let [low, high] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ low >>> 15, 0x85ebca6b);
  }
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}
