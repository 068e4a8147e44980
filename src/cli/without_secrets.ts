/** A command line without what it gives to a job's environment, such as passwords. */
export function withoutSecrets(words: readonly string[]): string[] {
  return words.map((word) => word.replace(/^(--sbatch-arg=--export=).*/s, "$1…"));
}
