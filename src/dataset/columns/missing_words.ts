/**
 * What marks a missing cell, besides an empty one, unless the experiment says otherwise: what pandas
 * reads as missing, and what other programs of the field write.
 */
export const USUAL_MISSING: readonly string[] = [
  ...["NA", "N/A", "n/a", "na", "#N/A", "#N/A N/A", "#NA", "<NA>"],
  ...["NaN", "nan", "NAN", "-NaN", "-nan", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN", "NaT"],
  ...["NULL", "null", "Null", "None", "none", "NONE", "nil"],
  ...["?", "-", "--", "."],
];

/** Tells missing cells by their text and, if one of the words is a number, by their number. */
export class MissingWords {
  readonly #words: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<number>;
  readonly #longest: number;
  /** Whether one of the words is a number. */
  readonly hasNumbers: boolean;

  constructor(words: readonly string[]) {
    this.#words = new Set(words);
    this.#longest = words.reduce((longest, { length }) => Math.max(longest, length), 0);
    this.#numbers = new Set(words.map((word) => word.trim() === "" ? NaN : Number(word)));
    this.#numbers = new Set([...this.#numbers].filter((number) => !Number.isNaN(number)));
    this.hasNumbers = this.#numbers.size > 0;
  }

  has(text: string): boolean {
    // A set hashes a text first, which takes long in a column of different ones.
    return text.length <= this.#longest && this.#words.has(text);
  }

  hasNumber(number: number): boolean {
    return this.#numbers.has(number);
  }
}

/** How often each of the words for missing cells was found in some columns. */
export function missingWordsIn(
  surveys: readonly { readonly missingWords: ReadonlyMap<string, number> }[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { missingWords } of surveys) {
    for (const [word, cells] of missingWords) counts.set(word, (counts.get(word) ?? 0) + cells);
  }
  return counts;
}
