/** More values are not compared. */
const MOST_VALUES = 10_000;

/** Groups of texts that differ in case, spaces or a final dot alone, each in the order given. */
export function lookAlikesAmong(texts: readonly string[]): string[][] {
  const groups = Map.groupBy(texts.slice(0, MOST_VALUES), plain);
  return [...groups.values()].filter((group) => group.length > 1);
}

function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim().replace(/\s*\.+$/, "");
}
