/**
 * A user's text as a value of a chart's scale. Vega-Lite looks values up in a plain object, where it
 * finds `constructor` and drops it: such a text gets a zero-width space at its end.
 */
export function scaleText(text: string): string {
  return text in {} ? `${text}\u200b` : text;
}
