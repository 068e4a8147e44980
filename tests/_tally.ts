import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("./tmp/tallies/", import.meta.url));

/** What came of faults of one kind, as a row of the table that `deno task faults` ends with. */
export interface FaultTally {
  readonly kind: string;
  readonly injected: number;
  /** Followed by the bytes of an undisturbed sweep. */
  readonly recovered: number;
  readonly lost: number;
  readonly computedTwice: number;
  /** What a user sees of it. */
  readonly answer: string;
}

/** What came of made-up inputs of one kind. */
export interface FuzzTally {
  readonly kind: string;
  readonly fuzzed: number;
  /** With a message for users; where the input is text, it names a place. */
  readonly rejected: number;
  readonly crashes: number;
  readonly slowestSeconds: number;
}

export interface Tallies {
  readonly faults?: readonly FaultTally[];
  readonly inputs?: readonly FuzzTally[];
}

/** Leaves a test file's counts for the table that the tests end with. */
export async function leaveTallies(name: string, tallies: Tallies): Promise<void> {
  await Deno.mkdir(FOLDER, { recursive: true });
  await Deno.writeTextFile(join(FOLDER, `${name}.json`), JSON.stringify(tallies));
}

/** Takes the counts that were left since they were last taken, ordered by test file. */
export async function takeTallies(): Promise<Required<Tallies>> {
  const faults: FaultTally[] = [];
  const inputs: FuzzTally[] = [];
  await Deno.mkdir(FOLDER, { recursive: true });
  for (const name of Array.from(Deno.readDirSync(FOLDER), (entry) => entry.name).sort()) {
    const tallies: Tallies = JSON.parse(await Deno.readTextFile(join(FOLDER, name)));
    faults.push(...tallies.faults ?? []);
    inputs.push(...tallies.inputs ?? []);
  }
  await Deno.remove(FOLDER, { recursive: true });
  return { faults, inputs };
}
