import type { BoostingSearch } from "./search_boosting.ts";

/** What was found on a table. */
export interface Found {
  /** SHA-256 of what the search depends on: number of points, seeds, table and how it is split. */
  readonly of: string;
  readonly search: BoostingSearch;
}

/** Reads what searches of gradient boosting found, by table. */
export async function readKeptBoosting(file: string): Promise<Readonly<Record<string, Found>>> {
  return JSON.parse(await Deno.readTextFile(file));
}
