/**
 * The page's content security policy: only the page's own scripts and styles apply, and nothing is
 * loaded or sent.
 *
 * @param styles The texts of the page's style elements.
 * @param scripts The texts of its script elements; blocks of JSON need no entry.
 */
export async function contentPolicy(
  styles: readonly string[],
  scripts: readonly string[],
): Promise<string> {
  const hashesOf = async (texts: readonly string[]) =>
    (await Promise.all(texts.map(hashSource))).join(" ");
  return [
    "default-src 'none'",
    `script-src ${await hashesOf(scripts)}`,
    `style-src ${await hashesOf(styles)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

async function hashSource(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${new Uint8Array(digest).toBase64()}'`;
}
