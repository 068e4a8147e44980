/**
 * The page's content security policy: only the page's own scripts and styles apply, and nothing is
 * loaded or sent.
 *
 * @param styles The texts of the page's style elements.
 * @param scripts The texts of its script elements; blocks of JSON need no entry.
 * @param hashes Those of further scripts, as `hashSource()` gives them.
 */
export async function contentPolicy(
  styles: readonly string[],
  scripts: readonly string[],
  hashes: readonly string[] = [],
): Promise<string> {
  const hashesOf = (texts: readonly string[]) => Promise.all(texts.map(hashSource));
  return [
    "default-src 'none'",
    `script-src ${[...hashes, ...await hashesOf(scripts)].join(" ")}`,
    `style-src ${(await hashesOf(styles)).join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** What allows a script or style of this text. */
export async function hashSource(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${new Uint8Array(digest).toBase64()}'`;
}
