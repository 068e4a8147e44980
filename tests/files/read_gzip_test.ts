import { assertEquals, assertRejects } from "@std/assert";
import { FileError } from "../../src/files/file_error.ts";
import { readGzip } from "../../src/files/read_gzip.ts";

Deno.test("readGzip() stops at its limit, however many members the data is in", async () => {
  const bytes = new Uint8Array(100_000);
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  const member = await new Response(stream).bytes();
  const path = await Deno.makeTempFile();
  try {
    for (const members of [1, 5]) {
      await Deno.writeFile(path, Uint8Array.from(Array(members).fill([...member]).flat()));
      const size = members * bytes.length;
      assertEquals(await readGzip(path, { maxBytes: size }), new Uint8Array(size));
      const reading = () => readGzip(path, { maxBytes: size - 1 });
      await assertRejects(reading, FileError, "it is larger than");
    }
  } finally {
    await Deno.remove(path);
  }
});
