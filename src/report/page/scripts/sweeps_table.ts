/** Columns that begin with the largest value, or the latest. */
const DESCENDING = ["Difference", "Runs", "Started (UTC)"];
/** Columns whose words the reader can choose from. */
const CHOSEN = ["Verdict", "State"];

/** Lets the reader sort and filter the sweeps; the address keeps what is looked for, such as a tag. */
export function listenForSweeps(table: HTMLTableElement): void {
  const headings = [...table.tHead?.rows[0].cells ?? []];
  const rows = [...table.tBodies[0].rows];
  const tools = document.createElement("form");
  tools.className = "sweep-tools";
  tools.role = "search";
  const words = document.createElement("input");
  words.type = "search";
  const choices = CHOSEN.map((name) => {
    const column = headings.findIndex((heading) => heading.textContent === name);
    const select = selectOf(
      ["any", ...new Set(rows.map((row) => keyOf(row, column)))].filter(Boolean),
    );
    tools.append(labelled(name, select));
    return { column, select };
  });
  tools.prepend(labelled("Find", words));
  const order = selectOf(headings.map((heading) => heading.textContent ?? ""));
  const sort = (column: number) => {
    sortBy(headings, rows, column);
    table.tBodies[0].append(...rows);
    order.selectedIndex = column;
  };
  order.addEventListener("change", () => sort(order.selectedIndex));
  const count = document.createElement("p");
  count.role = "status";
  tools.append(labelled("Sort by", order), count);
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(column));
    heading.append(button);
  });

  const tags = new Set(rows.flatMap(tagsOf));
  const filter = () => {
    const sought = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = (row.textContent ?? "").toLowerCase();
      const isFound = (word: string) =>
        tags.has(word) ? tagsOf(row).includes(word) : text.includes(word);
      row.hidden = !sought.every(isFound) ||
        choices.some(({ column, select }) =>
          select.selectedIndex > 0 && select.value !== keyOf(row, column)
        );
    }
    const shown = rows.filter(({ hidden }) => !hidden).length;
    count.textContent = shown === rows.length ? "" : `${shown} of ${rows.length} sweeps`;
    const hash = words.value === "" ? "" : `#${new URLSearchParams({ find: words.value })}`;
    if (location.hash !== hash) {
      history.replaceState(null, "", hash || location.pathname + location.search);
    }
  };
  const readAddress = () => {
    words.value = new URLSearchParams(location.hash.slice(1)).get("find") ?? "";
  };
  readAddress();
  // A tag is a link to the address that looks for it.
  addEventListener("hashchange", () => {
    readAddress();
    filter();
  });
  tools.addEventListener("input", filter);
  tools.addEventListener("submit", (event) => event.preventDefault());
  table.before(tools);
  // As they are written: the latest first.
  const started = headings.findIndex(({ textContent }) => textContent === "Started (UTC)");
  headings[started].ariaSort = "descending";
  order.selectedIndex = started;
  filter();
}

/** A sweep's tags as they are looked for: `#paper` finds no `#paper-2`. */
function tagsOf(row: HTMLTableRowElement): string[] {
  return Array.from(row.querySelectorAll(".tags a"), (tag) => tag.textContent.toLowerCase());
}

/** Sorts by a column; a second time reverses the order. Empty fields stay last. */
function sortBy(
  headings: readonly HTMLTableCellElement[],
  rows: HTMLTableRowElement[],
  column: number,
): void {
  const heading = headings[column];
  const before = heading.ariaSort;
  const isAscending = before
    ? before === "descending"
    : !DESCENDING.includes(heading.textContent ?? "");
  for (const other of headings) other.ariaSort = null;
  heading.ariaSort = isAscending ? "ascending" : "descending";
  rows.sort((a, b) => {
    const [left, right] = [keyOf(a, column), keyOf(b, column)];
    if (left === "" || right === "") return Number(left === "") - Number(right === "");
    return (isAscending ? 1 : -1) * compare(left, right);
  });
}

/** Numbers by their size, words as people sort them. */
function compare(left: string, right: string): number {
  const difference = Number(left) - Number(right);
  return Number.isNaN(difference) ? left.localeCompare(right, "en") : difference;
}

function keyOf(row: HTMLTableRowElement, column: number): string {
  return row.cells[column]?.dataset.value ?? "";
}

function selectOf(texts: readonly string[]): HTMLSelectElement {
  const select = document.createElement("select");
  for (const text of texts) select.add(new Option(text));
  return select;
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  const [pair, label] = [document.createElement("span"), document.createElement("label")];
  control.id = text.toLowerCase().replace(" ", "-");
  label.htmlFor = control.id;
  label.append(text);
  pair.append(label, " ", control);
  return pair;
}
