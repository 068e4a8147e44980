/**
 * Writes wine-leaked.csv beside this file: ../../data/wine.data with every measurement standardized by
 * the mean and the standard deviation of all 178 rows. That is the mistake that lesson 6 is about: the
 * rows that will validate and test a model have had their say in its inputs.
 *
 *     deno run --allow-read --allow-write=experiments/lessons experiments/lessons/standardize_all_rows.ts
 */

/** Decimals of a standardized value. */
const DECIMALS = 6;

/** The table's text, from that of wine.data: a class and 13 measurements a line. */
export function standardizeAllRows(text: string): string {
  const rows = text.trim().split(/\r?\n/).map((line) => line.split(",").map(Number));
  const columns = rows[0].slice(1).map((_, at) => standardized(rows.map((row) => row[at + 1])));
  const names = columns.map((_, at) => `measurement_${at + 1}`);
  const lines = rows.map(([wine], row) => [wine, ...columns.map((column) => column[row])]);
  return [["wine", ...names], ...lines].map((fields) => fields.join(",") + "\n").join("");
}

function standardized(values: readonly number[]): string[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / values.length);
  return values.map((value) => ((value - mean) / deviation).toFixed(DECIMALS));
}

if (import.meta.main) {
  const here = import.meta.dirname;
  const text = await Deno.readTextFile(`${here}/../../data/wine.data`);
  await Deno.writeTextFile(`${here}/wine-leaked.csv`, standardizeAllRows(text));
}
