import { decompressText } from "../compress_text.ts";

/** Runs the script that an element of the page has compressed; the content policy has its hash. */
export function runCompressed(id: string): void {
  const text = document.getElementById(id)?.textContent ?? "";
  const script = document.createElement("script");
  script.textContent = decompressText(text.trim());
  document.head.append(script);
}
