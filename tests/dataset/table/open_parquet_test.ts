import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { openTable } from "../../../src/dataset/table/open_table.ts";
import { UserError } from "../../../src/user_error.ts";
import { problemOf, readTable } from "./_read_table.ts";

/** A file that tests/fixtures/parquet/make_parquet.py wrote with pyarrow. */
function fixture(name: string): Uint8Array<ArrayBuffer> {
  return Deno.readFileSync(new URL(`../../fixtures/parquet/${name}.parquet`, import.meta.url));
}

const COLUMNS = {
  int: [1, "", -3],
  long: [1, 2 ** 53, 7],
  unsigned: [0, 2 ** 32 - 1, ""],
  float: [0.5, "", 2.25],
  double: [0.1, "", 1e300],
  decimal: [1.25, "", -0.5],
  money: [0.1, -99.9, ""],
  boolean: ["true", "", "false"],
  text: ["a", "é", ""],
  category: ["x", "y", "x"],
  day: ["2020-01-02", "", "1969-12-31"],
  time: ["2020-01-02T03:04:05.000Z", "", ""],
  nothing: ["", "", ""],
};

for (const codec of ["none", "snappy", "gzip", "zstd", "brotli"]) {
  Deno.test(`openTable() reads Parquet's columns, compressed by ${codec}`, async () => {
    const { reading, names, rows } = await readTable(fixture(codec));
    assertEquals(names, Object.keys(COLUMNS));
    const columns = names.map((name, column) => [name, rows.map((row) => row[column])]);
    assertEquals(Object.fromEntries(columns), COLUMNS);
    assertEquals([reading.format, reading.header], ["parquet", true]);
  });
}

Deno.test("openTable() keeps large integers of Parquet as they are, as text", async () => {
  const { rows } = await readTable(fixture("large_integers"));
  assertEquals(rows, [[5, 1], ["9007199254740993", 2], [7, 3]]);
});

Deno.test("openTable() reads decimal numbers of Parquet that are stored as integers", async () => {
  assertEquals((await readTable(fixture("decimals"))).rows, [[1.25, 0.001], [-0.5, ""]]);
});

Deno.test("openTable() refuses nested columns of Parquet in a sentence", async () => {
  assertEquals(
    await problemOf(fixture("nested")),
    'Cannot read f.csv: its column "tags" is neither numbers, texts, booleans nor times; save it without',
  );
});

Deno.test("openTable() refuses options that Parquet has no use for", async () => {
  const place = { file: "e.yaml", line: 5 };
  assertEquals(
    await problemOf(fixture("none"), { skipRows: 2, places: { skipRows: place } }),
    "e.yaml:5: Cannot use skip_rows 2: f.csv is Parquet, where nothing of it can be chosen",
  );
  const { reading } = await readTable(fixture("none"));
  assertEquals((await readTable(fixture("none"), reading)).reading, reading);
});

Deno.test("openTable() refuses a file that is named as Parquet and is not", async () => {
  await assertRejects(
    () => openTable(new TextEncoder().encode("x,y\n1,2\n"), "a.parquet"),
    UserError,
    "Cannot read a.parquet: it is not Parquet",
  );
});

Deno.test("openTable() refuses Parquet of more cells than a file of text could have", async () => {
  const good = fixture("none");
  // The footer's field 3 is the number of rows, 3, before field 4, a list; as zigzag varints.
  const at = good.findIndex((byte, at) =>
    byte === 0x16 && good[at + 1] === 6 && good[at + 2] === 0x19
  );
  const rows = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
  const bytes = new Uint8Array([...good.slice(0, at + 1), ...rows, ...good.slice(at + 2)]);
  const length = new DataView(bytes.buffer, bytes.length - 8);
  length.setUint32(0, length.getUint32(0, true) + rows.length - 1, true);
  assertEquals(await problemOf(bytes), "Cannot read f.csv: it has more than 1073741824 cells");
});

Deno.test("openTable() answers Parquet that is cut off or altered", async () => {
  const good = fixture("snappy");
  assertMatch(await problemOf(good.slice(0, 100)), /^Cannot read f\.csv: /);
  let rejected = 0;
  for (let at = 4; at < good.length; at += 7) {
    for (const bit of [1, 0x80]) {
      const problem = await problemOf(good.with(at, good[at] ^ bit));
      if (problem) rejected++;
      assertMatch(problem, /^($|Cannot read f\.csv: )/);
    }
  }
  assert(rejected > 50, `${rejected} are rejected`);
});
