import { changeState, currentState, onStateChange } from "./state.ts";

/** Lets the reader mark cells in the table, and clear the mark. */
export function listenForMarks(): void {
  const buttons = cellButtons();
  for (const button of buttons) {
    button.closest("tr")?.addEventListener("click", () => {
      const isReading = getSelection()?.isCollapsed === false;
      if (!isReading) changeState({ marked: isMarked(button) ? null : nameOn(button) });
    });
    button.addEventListener("keydown", (event) => moveFocus(event, button));
    // One stop for the Tab key, however many cells there are.
    button.tabIndex = button === buttons[0] ? 0 : -1;
    button.addEventListener("focus", () => {
      for (const other of cellButtons()) other.tabIndex = other === button ? 0 : -1;
    });
  }
  const clear = () => changeState({ marked: null });
  document.querySelector(".choice button")?.addEventListener("click", clear);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") clear();
  });
  onStateChange(({ marked }, before) => {
    if (marked !== before.marked) showMark(marked);
  });
}

/** Marks the cell's row in the table, and says above the page's lower edge which it is. */
function showMark(marked: string | null): void {
  const row = cellButtons().map((button) => {
    const isPressed = isMarked(button);
    button.ariaPressed = String(isPressed);
    const row = button.closest("tr");
    row?.toggleAttribute("data-chosen", isPressed);
    return isPressed ? row : null;
  }).find((row) => row);
  const bar = document.querySelector(".choice");
  bar?.toggleAttribute("data-empty", marked === null);
  const words = [marked, row?.dataset.summary].filter((word) => word);
  bar?.querySelector("p")?.replaceChildren(...words.map((word) => {
    const part = document.createElement("bdi");
    part.textContent = word ?? "";
    return part;
  }));
}

/** In the table's order. */
function cellButtons(): HTMLButtonElement[] {
  return [...document.querySelectorAll<HTMLButtonElement>("table.cells tbody th button")];
}

function nameOn(button: Element): string {
  return button.textContent ?? "";
}

function isMarked(button: Element): boolean {
  return nameOn(button) === currentState().marked;
}

function moveFocus(event: KeyboardEvent, from: HTMLButtonElement): void {
  const buttons = cellButtons();
  const at = buttons.indexOf(from);
  const places = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
  const to = new Map(Object.entries(places)).get(event.key);
  if (to === undefined) return;
  event.preventDefault();
  buttons[to]?.focus();
}
