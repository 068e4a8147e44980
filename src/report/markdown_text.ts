/** Text that Markdown shows as it is, in one line without control characters. */
export function markdownText(text: string): string {
  return text
    .replace(/[\\`*_~|<>[\]&#$]/g, "\\$&")
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();
}
