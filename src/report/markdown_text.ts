/** Text that Markdown shows as it is, in one line. */
export function markdownText(text: string): string {
  return text
    .replace(/[\\`*_~|<>[\]&#$]/g, "\\$&")
    .replace(/[\r\n\u2028\u2029]+/g, " ")
    .trim();
}
