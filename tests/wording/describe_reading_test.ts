import { assertEquals } from "@std/assert";
import { describeReading } from "../../src/wording/describe_reading.ts";
import { readTable } from "../dataset/table/_read_table.ts";

async function described(text: string, skipRows = 0): Promise<string> {
  return describeReading((await readTable(text, { skipRows })).reading);
}

Deno.test("describeReading() says how a table is read", async () => {
  assertEquals(await described("x,y\n1,2\n"), "UTF-8, commas, a header");
  assertEquals(await described("1;2,5\n3;4,5\n"), "UTF-8, semicolons, no header, decimal commas");
});

Deno.test("describeReading() says what is unusual", async () => {
  assertEquals(
    await described("title\n# of it\n,'x',y,\n1,2,'1,000',\n2,3,'2,000',\n", 1),
    "UTF-8, commas, a header, commas between thousands, single quotes, comments after #, " +
      "1 line skipped, a first column without a name, an empty last column",
  );
});
