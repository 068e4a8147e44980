import { assertEquals } from "@std/assert";
import { cutToWidth, padToWidth, textWidth } from "../../src/cli/text_width.ts";

Deno.test("textWidth() counts columns, not characters", () => {
  const widths: Readonly<Record<string, number>> = {
    "": 0,
    "dropout=0.5": 11,
    "λ ≤ ½ ± − … █░": 14,
    "正則化": 6,
    "한글": 4,
    "ｆｕｌｌ": 8,
    "e\u0301tude": 5,
    "🎉": 2,
    "👩‍🔬": 2,
    "❤️": 2,
  };
  for (const [text, width] of Object.entries(widths)) assertEquals(textWidth(text), width, text);
});

Deno.test("cutToWidth() and padToWidth() keep to a width", () => {
  assertEquals(["abc", "abcd", "正則化"].map((text) => cutToWidth(text, 3)), ["abc", "ab…", "正…"]);
  assertEquals(cutToWidth("正則化", 4), "正…");
  assertEquals(cutToWidth("abc", 0), "");
  assertEquals(padToWidth("正", 4), "正  ");
  assertEquals(padToWidth("正", 4, { isRight: true }), "  正");
  assertEquals(padToWidth("abc", 2), "abc");
});
