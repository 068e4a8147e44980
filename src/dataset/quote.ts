/** In characters, of a text that a message quotes. */
const LONGEST_QUOTE = 40;

/** Quotes a text from a file, escapes control characters and cuts off long texts. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}

/** A text as it can be written in an experiment, in a list or a mapping in one line. */
export function yamlText(text: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(text) && !/^(true|false|null)$/i.test(text)
    ? text
    : quoted(text);
}
