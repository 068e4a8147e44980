/** A text with a capital first letter, unless it starts with a key: `l1_penalty=0.1`. */
export function capitalized(text: string): string {
  return /^\w+=/.test(text) ? text : text[0].toUpperCase() + text.slice(1);
}

/** A label as it stands within a sentence; one that begins with `L2`, `RMSE` or `Adam’s` stays. */
export function uncapitalized(label: string): string {
  return /^[A-Z][a-z]+(?!\p{L}|[’']s)/u.test(label)
    ? label[0].toLowerCase() + label.slice(1)
    : label;
}
