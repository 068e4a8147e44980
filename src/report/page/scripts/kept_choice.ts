/** What the reader chose before; null if the browser keeps nothing for files, or for anybody. */
export function keptChoice(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a choice for all reports that the browser takes for one site; if it cannot, for this visit. */
export function keepChoice(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // What the page shows has changed all the same.
  }
}
