import { assertEquals } from "@std/assert";
import { jsonText } from "../../../src/cli/json/json_text.ts";

Deno.test("jsonText() escapes what would control a terminal, so that programs get it as it is", () => {
  const document = { "\u0007": "\u001b[31m \u009b \u007f \u202e é λ \n" };
  assertEquals(
    jsonText(document),
    String.raw`{"\u0007":"\u001b[31m \u009b \u007f \u202e é λ \n"}`,
  );
  assertEquals(JSON.parse(jsonText(document, 2)), document);
  assertEquals(jsonText({ a: 1 }, 2), '{\n  "a": 1\n}');
});

Deno.test("jsonText() writes NaN and the infinities as null, and other numbers exactly", () => {
  const numbers = [NaN, Infinity, -Infinity, 0.1 + 0.2, 1e21, Number.MAX_SAFE_INTEGER];
  assertEquals(
    jsonText({ numbers }),
    '{"numbers":[null,null,null,0.30000000000000004,1e+21,9007199254740991]}',
  );
});
