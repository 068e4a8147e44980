/** A text with a capital first letter. */
export function capitalized(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

/** A label as it stands within a sentence; one that begins with `L2` or `RMSE` stays as it is. */
export function uncapitalized(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}
