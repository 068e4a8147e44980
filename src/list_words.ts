import { formatCount } from "./format_number.ts";

/** `a`, `a or b`, `a, b or c`. */
export function listWords(words: readonly string[], conjunction: "or" | "and" = "or"): string {
  if (words.length < 2) return words.join();
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words[words.length - 1]}`;
}

/** `a, b`, or `a, b and 3 more` if there are more than `most`. */
export function listSome(words: readonly string[], most: number): string {
  const more = words.length - most;
  return `${words.slice(0, most).join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
}

/** `1 to 10` where at least three integers follow one another; else as `listSome()` lists them. */
export function listIntegers(integers: readonly number[], most = Infinity): string {
  const isRange = integers.every((integer, index) => integer === integers[0] + index);
  return isRange && integers.length > 2
    ? `${integers[0]} to ${integers[integers.length - 1]}`
    : listSome(integers.map(String), most);
}
