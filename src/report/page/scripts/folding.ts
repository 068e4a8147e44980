/** Lets the reader unfold a long legend, and charts of many cells. */
export function listenForUnfolding(): void {
  for (const button of document.querySelectorAll("[data-folded] .more")) {
    button.addEventListener("click", () => {
      const folded = button.closest("[data-folded]");
      folded?.removeAttribute("data-folded");
      folded?.querySelector<HTMLElement>("label:nth-of-type(13) input, .chart")?.focus();
      button.remove();
    });
  }
}

/** Closes what is secondary on a small screen; on paper, everything is open. */
export function foldSecondary(): void {
  const isSmall = matchMedia("(max-width: 40rem)").matches;
  for (const details of allDetails()) {
    if (isSmall && details.classList.contains("secondary")) details.open = false;
    // While it was closed, its charts could not follow the window.
    details.addEventListener("toggle", () => dispatchEvent(new Event("resize")));
  }
  let closed: readonly HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    closed = allDetails().filter(({ open }) => !open);
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
    closed = [];
  });
}

function allDetails(): HTMLDetailsElement[] {
  return [...document.querySelectorAll("details")];
}
