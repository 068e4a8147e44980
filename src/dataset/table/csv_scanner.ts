import type { Place } from "../../user_error.ts";
import { parseNumber } from "./_parse_number.ts";
import { ShortTexts } from "./_short_texts.ts";
import { type Dialect, PLAIN_CSV, SEPARATORS } from "./dialect.ts";
import { EXACT_DIGITS, POWERS_OF_TEN } from "./parse_decimal.ts";

const LF = 0x0a;
const CR = 0x0d;
const PERCENT = 0x25;
const PLUS = 0x2b;
const MINUS = 0x2d;
const ZERO = 0x30;

/** Kinds of bytes. Those from `STOP` on end a field that is not in quotes. */
const ORDINARY = 0;
const PADDING = 1;
const QUOTE = 2;
const STOP = 3;

/** In bytes; longer lines are not shown under a message. */
const LONGEST_SHOWN_LINE = 100;
/** In bytes; more of a field is neither shown nor compared. */
const LONGEST_LENIENT = 20_000;

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LENIENT_UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** A problem with a record's quotes. */
export interface QuoteProblem {
  readonly message: string;
  readonly field: number;
}

/**
 * Reads CSV (RFC 4180) and its relatives record by record, in place: a field is a range of bytes
 * until its text or its number is read.
 *
 * `@std/csv` makes a string of every field and does not keep its line: for 70,000 × 785 numbers it
 * takes 7 s and 4 GB before any string is converted to a number. This scanner takes a second, with
 * the conversion, and no extra memory: it computes short numbers while it looks for a field's end.
 *
 * Lines end with LF, CR LF or CR. Blank lines, comments and a byte-order mark are skipped,
 * and so are records of nothing but separators where the dialect says so. Spaces and tabs around a field are stripped unless they are inside
 * quotes. The input is UTF-8 and must be smaller than 4 GiB, since offsets have 32 bits.
 */
export class CsvScanner {
  /** The line of the file, from 1, where the current record starts. */
  line = 0;
  /** The number of fields in the current record. */
  count = 0;
  quoteProblem: QuoteProblem | undefined;
  /** How many records of nothing but separators were skipped so far. */
  skipped = 0;

  readonly #bytes: Uint8Array;
  readonly #dialect: Dialect;
  readonly #separator: number;
  readonly #isSpaced: boolean;
  readonly #comment: Uint8Array;
  readonly #kinds: Uint8Array;
  /** The byte of the decimal mark in fields without quotes; -1 if it only stands within quotes. */
  readonly #mark: number;
  readonly #texts = new ShortTexts();
  #position: number;
  #nextLine: number;
  #recordStart = 0;
  /** For each field of the current record, the range of its bytes, without quotes. */
  #starts = new Uint32Array(64);
  #ends = new Uint32Array(64);
  /** For each field of the current record, its number if that is a short one, else NaN. */
  #numbers = new Float64Array(64);
  /** Fields of the current record that contain a doubled quote, an escaped one. */
  readonly #doubled = new Set<number>();

  constructor(bytes: Uint8Array, dialect: Dialect = PLAIN_CSV) {
    this.#bytes = bytes;
    this.#dialect = dialect;
    this.#separator = SEPARATORS[dialect.separator].charCodeAt(0);
    this.#isSpaced = dialect.separator === "space";
    this.#comment = new TextEncoder().encode(dialect.comment);
    this.#kinds = kindsOf(dialect);
    const mark = dialect.decimal.charCodeAt(0);
    this.#mark = mark === this.#separator ? -1 : mark;
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.#position = dialect.start === 0 && hasMark ? 3 : dialect.start;
    this.#nextLine = dialect.startLine;
  }

  /** Moves to the next record; returns false at the end. */
  next(): boolean {
    while (this.#position < this.#bytes.length) {
      const byte = this.#bytes[this.#position];
      if (byte === LF || byte === CR) this.#endLine(this.#position);
      else if (this.#isComment()) this.#skipLine();
      else {
        this.#scanRecord();
        if (!this.#isEmptyRecord()) return true;
        if (this.count > 1) {
          if (!this.#dialect.skipsEmpty) return true;
          this.skipped++;
        }
      }
    }
    return false;
  }

  /** An upper bound of the number of remaining records. */
  remaining(): number {
    const bytes = this.#bytes;
    let lines = 1;
    for (let at = bytes.indexOf(LF, this.#position); at >= 0; lines++) {
      at = bytes.indexOf(LF, at + 1);
    }
    for (let at = bytes.indexOf(CR, this.#position); at >= 0; at = bytes.indexOf(CR, at + 1)) {
      if (bytes[at + 1] !== LF) lines++;
    }
    return lines;
  }

  isEmpty(field: number): boolean {
    return this.#ends[field] === this.#starts[field];
  }

  /** Whether a field stands in quotes. */
  isQuoted(field: number): boolean {
    const start = this.#starts[field];
    return start > this.#recordStart && this.#kinds[this.#bytes[start - 1]] === QUOTE;
  }

  /** Whether a field begins with an ASCII character. */
  startsWith(field: number, character: string): boolean {
    return !this.isEmpty(field) && this.#bytes[this.#starts[field]] === character.charCodeAt(0);
  }

  /** Whether a field is a number with a percent sign; `number()` leaves the sign out. */
  isPercent(field: number): boolean {
    // A number that was parsed while its record was scanned has no sign.
    if (!Number.isNaN(this.#numbers[field])) return false;
    return this.#bytes[this.#ends[field] - 1] === PERCENT && !this.isEmpty(field) &&
      !Number.isNaN(this.number(field));
  }

  /** The length of a field in the file, without its quotes. */
  byteLength(field: number): number {
    return this.#ends[field] - this.#starts[field];
  }

  /** A field as a number; NaN if it is not a number. */
  number(field: number): number {
    const number = this.#numbers[field];
    if (!Number.isNaN(number)) return number;
    return parseNumber(this.#bytes, this.#starts[field], this.#ends[field], this.#dialect);
  }

  /** A field's text; `undefined` if it is not UTF-8. */
  text(field: number): string | undefined {
    try {
      return this.#shortText(field) ?? this.#fieldText(field, UTF8);
    } catch {
      return undefined;
    }
  }

  /** A field's text for a message, with U+FFFD in place of invalid UTF-8; no more than its start if it is long. */
  lenientText(field: number): string {
    return this.#shortText(field) ?? this.#fieldText(field, LENIENT_UTF8, LONGEST_LENIENT);
  }

  /**
   * The place of a field of the current record, with the line's text if that is short enough to
   * show.
   */
  place(file: string, field: number): Place {
    const bytes = this.#bytes;
    const start = this.#starts[field];
    let line = this.line;
    let lineStart = this.#recordStart;
    for (let at = lineStart; at < start; at++) {
      if (!this.#endsLine(at)) continue;
      line++;
      lineStart = at + 1;
    }
    const column = this.#decode(lineStart, start, LENIENT_UTF8).length + 1;
    let lineEnd = start;
    while (lineEnd < bytes.length && !this.#endsLine(lineEnd)) lineEnd++;
    const text = this.#decode(lineStart, lineEnd, LENIENT_UTF8).trimEnd();
    const isShown = lineEnd - lineStart <= LONGEST_SHOWN_LINE && !/[^\P{Cc}\t]/u.test(text);
    if (!isShown) return { file, line, column };
    return { file, line, column, text, length: this.lenientText(field).length };
  }

  /** Scans a record in one loop, since a table can have a hundred million fields. */
  #scanRecord(): void {
    const bytes = this.#bytes;
    const kinds = this.#kinds;
    const length = bytes.length;
    const separator = this.#separator;
    const mark = this.#mark;
    this.line = this.#nextLine;
    this.quoteProblem = undefined;
    this.#recordStart = this.#position;
    if (this.#doubled.size > 0) this.#doubled.clear();
    const isSpaced = this.#isSpaced;
    let [starts, ends, numbers] = [this.#starts, this.#ends, this.#numbers];
    let count = 0;
    let at = this.#position;
    if (isSpaced) at = this.#skipSpaces(at);
    for (;;) {
      if (count === starts.length) {
        this.#grow();
        [starts, ends, numbers] = [this.#starts, this.#ends, this.#numbers];
      }
      let byte = at < length ? bytes[at] : LF;
      while (kinds[byte] === PADDING) byte = ++at < length ? bytes[at] : LF;
      if (kinds[byte] === QUOTE) {
        at = this.#scanQuoted(at, count++);
        byte = at < length ? bytes[at] : LF;
      } else {
        const start = at;
        const isNegative = byte === MINUS;
        if (isNegative || byte === PLUS) byte = ++at < length ? bytes[at] : LF;
        // The digits before and after the decimal mark as one integer.
        let mantissa = 0;
        let first = at;
        for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = byte - ZERO) {
          mantissa = mantissa * 10 + digit;
          byte = ++at < length ? bytes[at] : LF;
        }
        let digits = at - first;
        let decimals = 0;
        if (byte === mark) {
          byte = ++at < length ? bytes[at] : LF;
          first = at;
          for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = byte - ZERO) {
            mantissa = mantissa * 10 + digit;
            byte = ++at < length ? bytes[at] : LF;
          }
          decimals = at - first;
          digits += decimals;
        }
        let end = at;
        if (byte !== separator) {
          while (kinds[byte] === PADDING) byte = ++at < length ? bytes[at] : LF;
        }
        let number = NaN;
        if (kinds[byte] === STOP && digits > 0 && digits <= EXACT_DIGITS) {
          // Dividing two exact doubles rounds only once: see parseDecimal().
          number = decimals > 0 ? mantissa / POWERS_OF_TEN[decimals] : mantissa;
          if (isNegative) number = -number;
        } else {
          while (kinds[byte] !== STOP) byte = ++at < length ? bytes[at] : LF;
          end = at;
          while (end > start && kinds[bytes[end - 1]] === PADDING) end--;
        }
        starts[count] = start;
        ends[count] = end;
        numbers[count++] = number;
      }
      if (isSpaced) {
        at = this.#skipSpaces(at);
        if (at >= length || bytes[at] === LF || bytes[at] === CR) break;
      } else {
        if (byte !== separator) break;
        at++;
      }
    }
    this.count = count;
    this.#endLine(at);
    if (count === this.#dialect.fields && count > this.#dialect.width) this.#dropEmptyEnd();
  }

  /** Goes on after a line end at `at`, if there is one. */
  #endLine(at: number): void {
    this.#position = this.#bytes[at] === CR && this.#bytes[at + 1] === LF ? at + 2 : at + 1;
    this.#nextLine++;
  }

  #endsLine(at: number): boolean {
    const byte = this.#bytes[at];
    return byte === LF || byte === CR && this.#bytes[at + 1] !== LF;
  }

  /**
   * Scans a field in quotes and returns the position of the separator, line end or end of file after
   * it.
   */
  #scanQuoted(open: number, field: number): number {
    const bytes = this.#bytes;
    const quote = bytes[open];
    const start = open + 1;
    let close = bytes.indexOf(quote, start);
    while (close >= 0 && bytes[close + 1] === quote) {
      this.#doubled.add(field);
      close = bytes.indexOf(quote, close + 2);
    }
    if (close < 0) {
      this.quoteProblem = { message: "Quote is never closed", field };
      this.#set(field, start, bytes.length);
      return bytes.length;
    }
    for (let at = start; at < close; at++) if (this.#endsLine(at)) this.#nextLine++;
    const next = this.#skipPadding(close + 1);
    let stop = next;
    while (stop < bytes.length && this.#kinds[bytes[stop]] !== STOP) stop++;
    if (stop > next) {
      this.quoteProblem = { message: "Text after a closing quote", field };
    }
    this.#set(field, start, close);
    return stop;
  }

  #isComment(): boolean {
    const comment = this.#comment;
    for (let at = 0; at < comment.length; at++) {
      if (this.#bytes[this.#position + at] !== comment[at]) return false;
    }
    return comment.length > 0;
  }

  #skipLine(): void {
    let at = this.#position;
    while (at < this.#bytes.length && !this.#endsLine(at)) at++;
    this.#endLine(at);
  }

  /** Whether the current record has nothing but separators and spaces. */
  #isEmptyRecord(): boolean {
    if (!this.isEmpty(0)) return false;
    for (let field = 1; field < this.count; field++) if (!this.isEmpty(field)) return false;
    return true;
  }

  #dropEmptyEnd(): void {
    const { width } = this.#dialect;
    for (let field = width; field < this.count; field++) if (!this.isEmpty(field)) return;
    this.count = width;
  }

  #skipPadding(at: number): number {
    while (at < this.#bytes.length && this.#kinds[this.#bytes[at]] === PADDING) at++;
    return at;
  }

  /** Goes past spaces and tabs, where they separate fields. */
  #skipSpaces(at: number): number {
    while (at < this.#bytes.length && isSpace(this.#bytes[at])) at++;
    return at;
  }

  #set(field: number, start: number, end: number): void {
    this.#starts[field] = start;
    this.#ends[field] = end;
    this.#numbers[field] = NaN;
  }

  #grow(): void {
    const length = 2 * this.#starts.length;
    const [starts, ends, numbers] = [this.#starts, this.#ends, this.#numbers];
    this.#starts = new Uint32Array(length);
    this.#ends = new Uint32Array(length);
    this.#numbers = new Float64Array(length);
    this.#starts.set(starts);
    this.#ends.set(ends);
    this.#numbers.set(numbers);
  }

  /** A field's text if that is short, ASCII and without escaped quotes. */
  #shortText(field: number): string | undefined {
    if (this.#doubled.has(field)) return undefined;
    return this.#texts.text(this.#bytes, this.#starts[field], this.#ends[field]);
  }

  #fieldText(field: number, decoder: TextDecoder, mostBytes = Infinity): string {
    const start = this.#starts[field];
    const text = this.#decode(start, Math.min(this.#ends[field], start + mostBytes), decoder);
    if (!this.#doubled.has(field)) return text;
    const quote = String.fromCharCode(this.#bytes[this.#starts[field] - 1]);
    return text.replaceAll(quote + quote, quote);
  }

  #decode(start: number, end: number, decoder: TextDecoder): string {
    return decoder.decode(this.#bytes.subarray(start, end));
  }
}

function kindsOf({ separator, singleQuotes }: Dialect): Uint8Array {
  const kinds = new Uint8Array(256).fill(ORDINARY);
  const set = (characters: string, kind: number) => {
    for (const character of characters) kinds[character.charCodeAt(0)] = kind;
  };
  set(" \t", PADDING);
  set(singleQuotes ? `"'` : '"', QUOTE);
  set(`\n\r${SEPARATORS[separator]}${separator === "space" ? "\t" : ""}`, STOP);
  return kinds;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}
