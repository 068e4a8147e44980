/** A task's command line as a shell reads it, from its words: `deno task plan 'my table.yaml'`. */
export function commandText(words: readonly string[]): string {
  const quoted = words.map((word) => {
    return /^[\w./:=,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  });
  return ["deno task", ...quoted].join(" ");
}
