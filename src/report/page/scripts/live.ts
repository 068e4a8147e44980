/** Where the reader was, which a reload would forget. */
interface Place {
  /** When the page that they read was written. */
  readonly written: string;
  /** The section at the top of the window, if any, and how far it is scrolled. */
  readonly section: string;
  readonly offset: number;
  /** Which foldouts are open, in the page's order. */
  readonly open: readonly boolean[];
  /** What is selected in lists, in the page's order. */
  readonly selected: readonly string[];
  /** The element that has the focus, if it has an id. */
  readonly focus: string;
}

const LOOK_MILLISECONDS = 1000;
/** The least and the most time between two reloads. */
const [LEAST_SECONDS, MOST_SECONDS] = [20, 120];
/** A page is overdue, and then given up, so many times as late as the next one was announced. */
const [OVERDUE, GIVEN_UP] = [1.5, 15];
/** What is open, or typed in, while a reload would be a nuisance. */
const IN_USE = ":popover-open, dialog[open], [aria-expanded=true]";
const TYPED_IN = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select";

/**
 * Reloads a page while a sweep that writes it runs, as its element `#live` says: not while the reader types, selects or
 * has something open, and where the reader was. Says so if a newer one is overdue, and at last that there will be none.
 *
 * @param sweep What runs, such as `the sweep`.
 */
export function reloadWhileItRuns(sweep = "the sweep"): void {
  const note = document.getElementById("live");
  const { written: date = "", again = "" } = note?.dataset ?? {};
  if (!note) return;
  const [written, againSeconds] = [Date.parse(date), Number(again)];
  const before = takePlace();
  if (before) returnTo(before);
  const loaded = Date.now();
  // Clocks of two machines can differ: what has just changed is alive.
  const isNew = before !== undefined && before.written !== date;
  const alive = Math.max(written, isNew ? loaded : 0);
  const usualPause = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, againSeconds / 4));
  note.hidden = false;
  const timer = setInterval(() => look(), LOOK_MILLISECONDS);
  look();

  function look(): void {
    const now = Date.now();
    const late = (now - alive) / (1000 * againSeconds);
    const isOverdue = late > OVERDUE;
    if (late > GIVEN_UP) {
      clearInterval(timer);
      show(
        `Nothing newer has been written since ${timeOf(written)}: ${sweep} seems to have ended ` +
          "early. The same command continues it.",
      );
      return;
    }
    show(
      isOverdue
        ? `Written at ${timeOf(written)}, this page should have been written again by ` +
          `${timeOf(alive + 1000 * againSeconds)}: ${sweep} is slow, or has ended early.`
        : `This page reloads itself while ${sweep} runs. It was written at ${timeOf(written)}.`,
    );
    const pause = isOverdue ? MOST_SECONDS : usualPause;
    if (now < loaded + 1000 * pause || document.hidden || isInUse()) return;
    clearInterval(timer);
    keepPlace({ ...placeNow(), written: date });
    location.reload();
  }

  function show(text: string): void {
    // What is read out should not be read out again.
    if (note?.textContent !== text) note?.replaceChildren(text);
  }
}

/** In the reader's own time zone; with the day if that is another. */
function timeOf(milliseconds: number): string {
  const time = new Date(milliseconds);
  const clock = time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const isToday = time.toDateString() === new Date().toDateString();
  return isToday ? clock : `${clock} on ${time.toLocaleDateString()}`;
}

function isInUse(): boolean {
  return document.querySelector(IN_USE) !== null ||
    (document.activeElement?.matches(TYPED_IN) ?? false) ||
    getSelection()?.isCollapsed === false;
}

function placeNow(): Omit<Place, "written"> {
  const sections = [...document.querySelectorAll<HTMLElement>("main section[id], main h2[id]")];
  const above = sections.findLast((section) => section.getBoundingClientRect().top <= 0);
  return {
    section: above?.id ?? "",
    offset: above ? -above.getBoundingClientRect().top : scrollY,
    open: Array.from(document.querySelectorAll("details"), ({ open }) => open),
    selected: lists().map(({ value }) => value),
    focus: document.activeElement?.id ?? "",
  };
}

function lists(): HTMLSelectElement[] {
  return [...document.querySelectorAll("select")];
}

function returnTo({ section, offset, open, selected, focus }: Place): void {
  if (lists().length === selected.length) {
    for (const [index, list] of lists().entries()) {
      if (list.value === selected[index]) continue;
      list.value = selected[index];
      for (const type of ["input", "change"]) {
        list.dispatchEvent(new Event(type, { bubbles: true }));
      }
    }
  }
  const foldouts = [...document.querySelectorAll("details")];
  if (foldouts.length === open.length) {
    for (const [index, details] of foldouts.entries()) details.open = open[index];
  }
  history.scrollRestoration = "manual";
  const scroll = () => {
    const top = document.getElementById(section)?.getBoundingClientRect().top;
    scrollTo({ top: top === undefined ? offset : scrollY + top + offset, behavior: "instant" });
  };
  scroll();
  // Charts that are drawn meanwhile move what is below them.
  const moving = setInterval(scroll, 50);
  const stop = () => clearInterval(moving);
  setTimeout(stop, 1000);
  for (const event of ["wheel", "keydown", "pointerdown", "touchstart"]) {
    addEventListener(event, stop, { once: true, passive: true });
  }
  if (focus !== "") document.getElementById(focus)?.focus({ preventScroll: true });
}

/** The place is of this page alone, and of this window. */
function keyOfPlace(): string {
  return `regsweep place ${location.pathname}`;
}

function keepPlace(place: Place): void {
  try {
    sessionStorage.setItem(keyOfPlace(), JSON.stringify(place));
  } catch {
    // Where browsers keep nothing for files, the page begins at its top.
  }
}

function takePlace(): Place | undefined {
  try {
    const text = sessionStorage.getItem(keyOfPlace());
    sessionStorage.removeItem(keyOfPlace());
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
