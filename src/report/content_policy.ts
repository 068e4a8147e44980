/**
 * The page's content security policy: nothing runs or styles but what is written into the page, and
 * nothing is loaded or sent.
 *
 * @param style The text of the page's one style element.
 * @param scripts The texts of its script elements; blocks of JSON need no leave.
 */
export async function contentPolicy(style: string, scripts: readonly string[]): Promise<string> {
  const hashes = await Promise.all(scripts.map(hashSource));
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    `style-src ${await hashSource(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

async function hashSource(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${new Uint8Array(digest).toBase64()}'`;
}
