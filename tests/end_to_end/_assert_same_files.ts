import { assertEquals } from "@std/assert";

/** Compares texts by their names; where one differs, only its first different line is shown. */
export function assertSameFiles(
  actual: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, string>>,
): void {
  assertEquals(Object.keys(actual).sort(), Object.keys(expected).sort());
  for (const [name, text] of Object.entries(expected)) {
    if (actual[name] === text) continue;
    const [lines, expectedLines] = [actual[name], text].map((text) => text.split("\n"));
    const at = lines.findIndex((line, index) => line !== expectedLines[index]);
    const index = at < 0 ? lines.length : at;
    assertEquals(lines[index], expectedLines[index], `${name}:${index + 1}`);
  }
}
