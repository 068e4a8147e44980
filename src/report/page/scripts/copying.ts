import { copyText } from "./copy_text.ts";

/** Seconds that the page says that it has copied. */
const SECONDS = 2;

/** Lets the reader copy the text of the element that a button names. */
export function listenForCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copies]")) {
    const source = document.getElementById(button.dataset.copies ?? "");
    const status = button.parentElement?.querySelector("[role='status']");
    if (!source || !status) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const isCopied = await copyText(source.textContent ?? "");
      status.textContent = isCopied ? "Copied" : "This browser does not let pages copy";
      setTimeout(() => status.textContent = "", 1000 * SECONDS);
    });
  }
}
