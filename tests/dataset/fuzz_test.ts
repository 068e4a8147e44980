import { assert, assertEquals } from "@std/assert";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { featureNamesOf } from "../../src/dataset/feature_names.ts";
import { parseDataset } from "../../src/dataset/parse_dataset.ts";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { type Problem, UserError } from "../../src/user_error.ts";
import { assertLinear } from "../_assert_linear.ts";
import { Dice } from "../_dice.ts";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { assertTakesLessThan } from "../_memory.ts";
import { processorSeconds } from "../_processor_seconds.ts";
import { leaveTallies } from "../_tally.ts";
import { randomCsv } from "./_random_csv.ts";

/** Without `--all`, each piece that is put into files is in ten of them or more. */
const INPUTS = Deno.args.includes("--all") ? 10_000 : 2000;
const GZIPPED_INPUTS = 500;
const MEBIBYTE = 2 ** 20;
const WORKS = new URL("_memory_works.ts", import.meta.url);

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

function checkDataset(dataset: Dataset): void {
  const { rows, columns, values, sources, targets, featureNames, classes, task, facts } = dataset;
  assertEquals([values.length, targets.length], [rows * sources.length, rows]);
  assertEquals([featureNames.length, featureNames], [columns, featureNamesOf(sources)]);
  sources.forEach(({ hasGaps, categories, kind }, source) => {
    const cells = Array.from({ length: rows }, (_, row) => values[row * sources.length + source]);
    assertEquals(cells.some(Number.isNaN), hasGaps);
    const present = cells.filter((value) => !Number.isNaN(value));
    assert(present.every(Number.isFinite));
    if (kind === "boolean") assert(present.every((value) => value === 0 || value === 1));
    if (categories) assert(present.every((value) => categories[value] !== undefined));
  });
  if (task === "regression") {
    assertEquals(classes, []);
    assert(targets.every(Number.isFinite));
    return;
  }
  assert(targets.every((label) => label >= 0 && label < classes.length));
  const counts = classes.map((_, index) => targets.filter((label) => label === index).length);
  assertEquals(facts.classes, classes.map((name, index) => ({ name, rows: counts[index] })));
  assert(counts.every((count) => count >= 3));
}

Deno.test(`parseDataset() answers ${INPUTS} made-up files`, async () => {
  for (let number = 0; number < INPUTS; number++) {
    await check(
      `csv/${number}`,
      () => parseDataset(randomCsv(number), "f.csv", { target: "kind" }),
    );
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
      await check(`gzip/${number}`, () => readDataset(path, { target: "kind" }), false);
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

/** How large a file is: by what it has many of, or by its bytes. */
interface Size {
  readonly count: number;
  readonly bytes: number;
}

const FULL: Size = { count: 1e6, bytes: 20 * MEBIBYTE };

/** Files that are large in one way. */
const LARGE: Record<string, (size: Size) => string> = {
  "a million columns": ({ count }) => `${numbered("x", count)},kind\n`,
  "a million columns and one row of them": ({ count }) =>
    `${numbered("x", count)},kind\n${"1,".repeat(count)}a\n`,
  "a million columns, none of them the target": ({ count }) => `${numbered("column", count)}\n`,
  "a million columns that are as long as the target": ({ count }) => `${numbered("q", count, 3)}\n`,
  "a million columns without names": ({ count }) => `${",".repeat(count)}kind\n`,
  "a million columns of one name": ({ count }) => `${"x,".repeat(count)}kind\n`,
  "a million rows of one field too few": ({ count }) => `x,y,kind\n${"1,a\n".repeat(count)}`,
  "a million cells that are no numbers": ({ count }) => `x,kind\n${"?,a\n".repeat(count)}`,
  "a million classes": ({ count }) => `x,kind\n1,${numbered("", count).replaceAll(",", "\n1,")}\n`,
  "a field of 20 MiB": ({ bytes }) => `x,kind\n${ROWS}${"1".repeat(bytes)},a\n`,
  "a name of 20 MiB": ({ bytes }) => `${"x".repeat(bytes)},kind\n${ROWS}`,
  "a class of 20 MiB": ({ bytes }) => `x,kind\n${ROWS}1,${"a".repeat(bytes)}\n`,
  "20 MiB of quotes": ({ bytes }) => '"'.repeat(bytes),
  "20 MiB of quotes, one of which is not closed": ({ bytes }) => '"'.repeat(bytes + 1),
  "a million quoted fields with text behind them": ({ count }) =>
    `x,kind\n${'"1"1,"a"a\n'.repeat(count)}`,
  "20 MiB of blank lines": ({ bytes }) => `x,kind\n${"\n".repeat(bytes)}${ROWS}`,
  "20 MiB of line ends in quotes": ({ bytes }) => `x,kind\n${ROWS}"${"\n".repeat(bytes)}`,
  "20 MiB of CR": ({ bytes }) => `x,kind\r${"1,a\r".repeat(bytes / 4)}`,
  "20 MiB of NUL": ({ bytes }) => "\0".repeat(bytes),
  "20 MiB of spaces": ({ bytes }) => `x,kind\n${ROWS}${" ".repeat(bytes)}`,
};

/** Names with so many different numbers. */
function numbered(name: string, count: number, digits = 0): string {
  const number = (n: number) => n.toString(36).padStart(digits, "0");
  return Array.from({ length: count }, (_, n) => name + number(n)).join(",");
}

for (const [name, text] of Object.entries(LARGE)) {
  Deno.test(`parseDataset() answers ${name}`, async () => {
    const bytes = new TextEncoder().encode(text(FULL));
    await check(name, () => parseDataset(bytes, "f.csv", { target: "kind" }));
    // 20 MiB, their numbers of 8 bytes for 2 in the file, and texts of fields.
    await assertTakesLessThan(400, {
      ...{ module: WORKS, name: "parseOrRefuse", input: bytes },
      // Each pair of quotes is a text of its own until the field ends.
      ...name === "20 MiB of quotes" && { besideObjects: 40 },
    });
  });
  Deno.test(`parseDataset() takes time in proportion to the file: ${name}`, async () => {
    const bytes = new Map([1 / 16, 1 / 4].map((share) => {
      const size = { count: FULL.count * share, bytes: FULL.bytes * share };
      return [share, new TextEncoder().encode(text(size))];
    }));
    await assertLinear(1 / 4, async (share) => {
      await parseDataset(bytes.get(share) ?? new Uint8Array(), "f.csv", { target: "kind" }).catch(
        problemOf,
      );
    });
  });
}

Deno.test.afterAll(async () => {
  const kind = "dataset CSV";
  await leaveTallies("datasets", {
    inputs: [{ kind, fuzzed, rejected, crashes, slowestSeconds }],
  });
});
