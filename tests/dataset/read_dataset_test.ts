import { assertEquals, assertRejects } from "@std/assert";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { UserError } from "../../src/user_error.ts";

const DIGITS = new URL("../../data/digits.csv", import.meta.url).pathname;
const DIGITS_CHECKSUM = "592cc047d0a1cc7fdef9fd724514209dcb45a80aa147dc3ab375e3e1a9a380f4";

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).bytes();
}

/** Runs a test with a file of these bytes. */
async function withFile(
  name: string,
  bytes: Uint8Array,
  run: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/${name}`, bytes);
    await run(`${folder}/${name}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readDataset() reads the digits", async () => {
  const digits = await readDataset(DIGITS, { target: "digit" });
  assertEquals([digits.rows, digits.columns], [1797, 64]);
  assertEquals(digits.classes, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  assertEquals(digits.checksum, DIGITS_CHECKSUM);
  // The first image's first two rows, and sums that Python's csv module gives.
  assertEquals([...digits.values.slice(0, 16)], [
    0,
    0,
    5,
    13,
    9,
    1,
    0,
    0,
    0,
    0,
    13,
    15,
    10,
    15,
    5,
    0,
  ]);
  assertEquals(digits.values.reduce((sum, value) => sum + value, 0), 561718);
  assertEquals(digits.targets.reduce((sum, label) => sum + label, 0), 8070);
});

Deno.test("data/README.md names the checksum of digits.csv", async () => {
  const readme = await Deno.readTextFile(new URL("../../data/README.md", import.meta.url));
  assertEquals(readme.includes(DIGITS_CHECKSUM), true);
});

Deno.test("readDataset() reads a gzipped file, and the checksum is that of its content", async () => {
  const bytes = await gzip(await Deno.readFile(DIGITS));
  await withFile("digits.csv.gz", bytes, async (path) => {
    assertEquals(
      { ...await readDataset(path, { target: "digit" }), file: "" },
      { ...await readDataset(DIGITS, { target: "digit" }), file: "" },
    );
  });
});

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

Deno.test("readDataset() reads gzip of several members, as pigz, bgzip and cat write it", async () => {
  const digits = await Deno.readFile(DIGITS);
  const third = Math.ceil(digits.length / 3);
  const members = await Promise.all(
    [0, 1, 2].map((part) => gzip(digits.slice(part * third, (part + 1) * third))),
  );
  const [first, ...others] = members;
  // bgzip ends with a member of nothing, and tapes are padded with zeros.
  const end = await gzip(new Uint8Array());
  for (const bytes of [joined(...members), joined(first, end, ...others, end, new Uint8Array(9))]) {
    await withFile("digits.csv.gz", bytes, async (path) => {
      assertEquals(
        { ...await readDataset(path, { target: "digit" }), file: "" },
        { ...await readDataset(DIGITS, { target: "digit" }), file: "" },
      );
    });
  }
});

Deno.test("readDataset() rejects gzip that is cut off, altered or followed by other data, and what is not gzip", async () => {
  const good = await gzip(await Deno.readFile(DIGITS));
  const altered = good.with(good.length >> 1, good[good.length >> 1] ^ 1);
  const text = new TextEncoder().encode("x,kind\n");
  const damaged = "its gzip data is damaged, or followed by other data";
  const short = "its gzip data ends too early";
  const files: [Uint8Array, string][] = [
    [good.slice(0, -5), short],
    [joined(good, good.slice(0, -5)), short],
    [joined(good, good.slice(0, 3)), short],
    [new Uint8Array(), short],
    [altered, damaged],
    [joined(good, altered), damaged],
    [good.with(good.length - 5, good[good.length - 5] ^ 1), damaged],
    [good.with(good.length - 1, good[good.length - 1] ^ 1), damaged],
    [text, damaged],
    [joined(good, text), damaged],
  ];
  for (const [bytes, reason] of files) {
    await withFile("x.csv.gz", bytes, async (path) => {
      const reading = () => readDataset(path, { target: "kind" });
      const error = await assertRejects(reading, UserError, `Cannot read ${path}: ${reason}`);
      assertEquals(error.exitCode, 2);
    });
  }
});

Deno.test("readDataset() says why a file cannot be read", async () => {
  for (const name of ["missing.csv", "missing.csv.gz"]) {
    await assertRejects(
      () => readDataset(name, { target: "kind" }),
      UserError,
      `Cannot read ${name}: no such file or directory`,
    );
  }
  const folder = import.meta.dirname ?? ".";
  const message = `Cannot read ${folder}: it is a folder, not a file`;
  await assertRejects(() => readDataset(folder, { target: "kind" }), UserError, message);
});

Deno.test("readDataset() reads no file that is larger than it can hold", async () => {
  await withFile("huge.csv", new Uint8Array(), async (path) => {
    await Deno.truncate(path, 2 ** 31 + 1);
    await assertRejects(
      () => readDataset(path, { target: "kind" }),
      UserError,
      "it is larger than 2 GiB",
    );
  });
});
