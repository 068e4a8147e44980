/** A task's command line as a shell reads it, from its words: `deno task plan 'my table.yaml'`. */
export function commandText(words: readonly string[]): string {
  return `deno task ${shellWords(words)}`;
}

/** Words as a shell reads them, with quotes where they need some: `python3 'my script.py'`. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) => {
    return /^[\w./:=,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  }).join(" ");
}
