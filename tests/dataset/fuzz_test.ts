import { assert, assertEquals } from "@std/assert";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { parseDataset } from "../../src/dataset/parse_dataset.ts";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { type Problem, UserError } from "../../src/user_error.ts";
import { Dice } from "../_dice.ts";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { processorSeconds } from "../_processor_seconds.ts";
import { leaveTallies } from "../_tally.ts";
import { randomCsv } from "./_random_csv.ts";

const INPUTS = 10_000;
const GZIPPED_INPUTS = 500;
const MEBIBYTE = 2 ** 20;

let [fuzzed, rejected, crashes, slowestSeconds] = [0, 0, 0, 0];

/** Reads one input and counts it; whatever is wrong with how it is answered is thrown. */
async function check(name: string, read: () => Promise<Dataset>, placed = true): Promise<void> {
  fuzzed++;
  const started = processorSeconds();
  const problem = await read().then(checkDataset, problemOf);
  const seconds = processorSeconds() - started;
  if (problem) rejected++;
  assert(!problem || !placed || problem.place?.line, `${name}: ${problem?.message} has no place`);
  slowestSeconds = Math.max(slowestSeconds, seconds);
  assert(seconds < HANG_SECONDS, `${name} takes ${seconds} s`);
}

/** What a user is told first; anything that is not meant for users is thrown on. */
function problemOf(error: unknown): Problem {
  if (error instanceof UserError) return error.problems[0];
  crashes++;
  throw error;
}

function checkDataset({ rows, columns, features, labels, featureNames, classes }: Dataset): void {
  assertEquals([features.length, labels.length], [rows * columns, rows]);
  assertEquals(featureNames.length, columns);
  assert(features.every(Number.isFinite));
  assert(labels.every((label) => label >= 0 && label < classes.length));
  assertEquals(new Set(labels).size, classes.length);
}

Deno.test(`parseDataset() answers ${INPUTS} made-up files`, async () => {
  for (let number = 0; number < INPUTS; number++) {
    await check(`csv/${number}`, () => parseDataset(randomCsv(number), "f.csv", "kind"));
  }
  const accepted = fuzzed - rejected;
  assert(accepted > INPUTS / 20 && rejected > INPUTS / 20, `${accepted} of ${fuzzed} are accepted`);
});

Deno.test(`readDataset() answers ${GZIPPED_INPUTS} gzipped files, most of them broken`, async () => {
  const path = await Deno.makeTempFile({ suffix: ".csv.gz" });
  try {
    for (let number = 0; number < GZIPPED_INPUTS; number++) {
      const dice = new Dice("gzip", number);
      const bytes = await gzipped(randomCsv(number));
      for (let change = dice.below(3); change > 0; change--) {
        bytes[dice.below(bytes.length)] = dice.below(256);
      }
      const end = dice.happens(0.3) ? dice.below(bytes.length) : bytes.length;
      await Deno.writeFile(path, bytes.subarray(0, end));
      // Compressed bytes have no lines.
      await check(`gzip/${number}`, () => readDataset(path, "kind"), false);
    }
  } finally {
    await Deno.remove(path);
  }
});

async function gzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const ROWS = "1,a\n2,b\n".repeat(3);

/** Files that are large in one way. */
const LARGE: Record<string, () => string> = {
  "a million columns": () => `${numbered("x", 1e6)},kind\n`,
  "a million columns and one row of them": () =>
    `${numbered("x", 1e6)},kind\n${"1,".repeat(1e6)}a\n`,
  "a million columns, none of them the target": () => `${numbered("column", 1e6)}\n`,
  "a million columns that are as long as the target": () => `${numbered("q", 1e6, 3)}\n`,
  "a million columns without names": () => `${",".repeat(1e6)}kind\n`,
  "a million columns of one name": () => `${"x,".repeat(1e6)}kind\n`,
  "a million rows of one field too few": () => `x,y,kind\n${"1,a\n".repeat(1e6)}`,
  "a million cells that are no numbers": () => `x,kind\n${"?,a\n".repeat(1e6)}`,
  "a million classes": () => `x,kind\n1,${numbered("", 1e6).replaceAll(",", "\n1,")}\n`,
  "a field of 20 MiB": () => `x,kind\n${ROWS}${"1".repeat(20 * MEBIBYTE)},a\n`,
  "a name of 20 MiB": () => `${"x".repeat(20 * MEBIBYTE)},kind\n${ROWS}`,
  "a class of 20 MiB": () => `x,kind\n${ROWS}1,${"a".repeat(20 * MEBIBYTE)}\n`,
  "20 MiB of quotes": () => '"'.repeat(20 * MEBIBYTE),
  "20 MiB of quotes, one of which is not closed": () => '"'.repeat(20 * MEBIBYTE + 1),
  "a million quoted fields with text behind them": () => `x,kind\n${'"1"1,"a"a\n'.repeat(1e6)}`,
  "20 MiB of blank lines": () => `x,kind\n${"\n".repeat(20 * MEBIBYTE)}${ROWS}`,
  "20 MiB of line ends in quotes": () => `x,kind\n${ROWS}"${"\n".repeat(20 * MEBIBYTE)}`,
  "20 MiB of CR": () => `x,kind\r${"1,a\r".repeat(5 * MEBIBYTE)}`,
  "20 MiB of NUL": () => "\0".repeat(20 * MEBIBYTE),
  "20 MiB of spaces": () => `x,kind\n${ROWS}${" ".repeat(20 * MEBIBYTE)}`,
};

/** Names with so many different numbers. */
function numbered(name: string, count: number, digits = 0): string {
  const number = (n: number) => n.toString(36).padStart(digits, "0");
  return Array.from({ length: count }, (_, n) => name + number(n)).join(",");
}

for (const [name, text] of Object.entries(LARGE)) {
  Deno.test(`parseDataset() answers ${name}`, async () => {
    const bytes = new TextEncoder().encode(text());
    const before = Deno.memoryUsage().rss;
    await check(name, () => parseDataset(bytes, "f.csv", "kind"));
    // 20 MiB, their numbers of 8 bytes for 2 in the file, and texts that nobody has collected yet.
    const most = 400 * MEBIBYTE;
    assert(Deno.memoryUsage().rss - before < most, `${name} takes more than ${most} bytes`);
  });
}

Deno.test.afterAll(async () => {
  const kind = "dataset CSV";
  await leaveTallies("datasets", {
    inputs: [{ kind, fuzzed, rejected, crashes, slowestSeconds }],
  });
});
