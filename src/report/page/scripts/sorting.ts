/** Sorts tables by the column whose heading is clicked. */
export function listenForSorting(): void {
  for (const button of document.querySelectorAll("table.cells thead button")) {
    const heading = button.closest("th");
    button.addEventListener("click", () => heading && sortBy(heading));
  }
}

/** Sorts a table by a column; a second click reverses the order. Empty fields stay last. */
function sortBy(heading: HTMLTableCellElement): void {
  const table = heading.closest("table");
  const body = table?.tBodies[0];
  if (!table || !body) return;
  const column = heading.cellIndex;
  const before = heading.ariaSort;
  // Numbers start with the largest, the first column with the experiment's order.
  const isAscending = before ? before === "descending" : column === 0;
  for (const other of table.tHead?.rows[0].cells ?? []) other.ariaSort = null;
  heading.ariaSort = isAscending ? "ascending" : "descending";
  const keyOf = (row: HTMLTableRowElement) => row.cells[column].dataset.value;
  const rows = [...body.rows].sort((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    if (!left || !right) return Number(!left) - Number(!right);
    return (isAscending ? 1 : -1) * (Number(left) - Number(right));
  });
  body.append(...rows);
}
