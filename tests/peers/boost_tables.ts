import { readTables } from "../../src/experiment/read_experiment.ts";
import { sha256 } from "../../src/sha256.ts";
import { openOnDataset } from "../_on_dataset.ts";
import { type Found, readKeptBoosting } from "./kept_boosting.ts";
import { type BoostingSearch, searchBoosting } from "./search_boosting.ts";

/**
 * Has scikit-learn search settings of gradient boosting on each table of an experiment, several at once,
 * and keeps what it finds in a file: what this has already is not searched again.
 *
 * @param points How many to try on each.
 * @param kept The file, in JSON; made if it is not there.
 * @param workers How many tables are searched at once.
 * @param onTable Told when one is done.
 */
export async function boostTables(
  file: string,
  { points, python, kept, workers, onTable }: {
    readonly points: number;
    readonly python: string;
    readonly kept: string;
    readonly workers: number;
    readonly onTable: (table: string) => void;
  },
): Promise<ReadonlyMap<string, BoostingSearch>> {
  const before = await readFound(kept);
  const found = new Map<string, Found>();
  const missing: { readonly table: string; readonly of: string }[] = [];
  const tables = readTables(file)?.tables ?? [];
  for (const table of tables) {
    const of = await questionOn(table, file, points);
    if (before[table]?.of === of) found.set(table, before[table]);
    else missing.push({ table, of });
  }
  const search = async () => {
    for (let next = missing.shift(); next !== undefined; next = missing.shift()) {
      const { table, of } = next;
      const search = await searchBoosting(file, { points, python, changes: { table } });
      found.set(table, { of, search });
      // In one go, since another table's search may be done. Not in place: a kill would leave half.
      const inOrder = tables.flatMap((name) => found.has(name) ? [[name, found.get(name)]] : []);
      Deno.writeTextFileSync(`${kept}.new`, JSON.stringify(Object.fromEntries(inOrder), null, 1));
      Deno.renameSync(`${kept}.new`, kept);
      onTable(table);
    }
  };
  await Promise.all(Array.from({ length: workers }, search));
  return new Map(tables.flatMap((name) => {
    const one = found.get(name);
    return one ? [[name, one.search] as const] : [];
  }));
}

async function questionOn(table: string, file: string, points: number): Promise<string> {
  const { experiment, dataset } = await openOnDataset(file, { table });
  const { path: _, testPath: __, ...options } = experiment.dataset;
  const { checksum, testChecksum } = dataset;
  const { seeds } = experiment;
  return await sha256(JSON.stringify({ points, seeds, checksum, testChecksum, options }));
}

async function readFound(file: string): Promise<Readonly<Record<string, Found>>> {
  try {
    return await readKeptBoosting(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}
