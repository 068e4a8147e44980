import { data } from "./page_data.ts";
import { changeState, onStateChange } from "./state.ts";

/** Says above the page's lower edge which cell is marked, and lets the reader clear the mark. */
export function listenForMarks(): void {
  const clear = () => changeState({ marked: null });
  document.querySelector(".choice [value=clear]")?.addEventListener("click", clear);
  document.addEventListener("keydown", ({ key }) => {
    // It closes a menu first.
    if (key === "Escape" && !document.querySelector(":popover-open")) clear();
  });
  onStateChange(({ marked }, before) => {
    if (marked !== before.marked) showMark(marked);
  });
}

function showMark(marked: string | null): void {
  const bar = document.querySelector(".choice");
  bar?.toggleAttribute("data-empty", marked === null);
  const summary = data.cells.find(({ name }) => name === marked)?.summary;
  const words = [marked, summary].filter((word) => word);
  bar?.querySelector("p")?.replaceChildren(...words.map((word) => {
    const part = document.createElement("bdi");
    part.textContent = word ?? "";
    return part;
  }));
}
