/** Columns and classes of handwritten digits as the large collections have them. */
const COLUMNS = 784;
const CLASSES = 10;
const ROWS_AT_A_TIME = 500;

/**
 * Writes a CSV file of `rows` rows of 784 pixels, 0 to 255, four in five of them 0, with a class that
 * depends on them; the same file every time.
 */
export async function writeLargeDataset(path: string, rows: number): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  const writer = file.writable.getWriter();
  const encoder = new TextEncoder();
  const names = Array.from({ length: COLUMNS }, (_, column) => `pixel_${column}`);
  await writer.write(encoder.encode([...names, "digit"].join(",") + "\n"));
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8;
  for (let first = 0; first < rows; first += ROWS_AT_A_TIME) {
    const lines: string[] = [];
    for (let row = first; row < Math.min(first + ROWS_AT_A_TIME, rows); row++) {
      const digit = row % CLASSES;
      const pixels = Array.from({ length: COLUMNS }, (_, column) => {
        const isBright = next() % 5 === 0 || column % CLASSES === digit && next() % 8 === 0;
        return isBright ? next() % 256 : 0;
      });
      lines.push([...pixels, digit].join(","));
    }
    await writer.write(encoder.encode(lines.join("\n") + "\n"));
  }
  await writer.close();
}
