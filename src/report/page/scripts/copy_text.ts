/**
 * Copies a text to the clipboard. Some browsers have none for pages that were opened from disk: there,
 * a selected text is copied as if by the reader.
 *
 * @returns Whether it is in the clipboard.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.className = "stage";
  field.value = text;
  // Within what is open, since focus elsewhere would close it.
  (focused?.closest("[popover], dialog") ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
