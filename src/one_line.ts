/**
 * A text from a file as a part of one line: where it would end the line, it shows `↵`. What somebody
 * else wrote cannot look like a line of ours then, such as a verdict.
 */
export function oneLine(text: string): string {
  return text.replace(/\r\n|[\n\r\u2028\u2029]/g, "↵");
}

/** Joins lines, each of which stays one. */
export function joinLines(lines: readonly string[]): string {
  return lines.map(oneLine).join("\n");
}
