import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { dayOrders, parseDate } from "../../../src/dataset/columns/parse_date.ts";

const DAY = 86_400_000;

Deno.test("parseDate() counts days as Date does", () => {
  const days = fc.integer({ min: -700_000, max: 2_900_000 });
  fc.assert(fc.property(days, (day) => {
    const [text] = new Date(day * DAY).toISOString().split("T");
    fc.pre(/^\d{4}-/.test(text));
    assertEquals(parseDate(text, "day-first"), day);
  }));
});

Deno.test("parseDate() reads the common notations", () => {
  const day = Date.UTC(2024, 4, 3) / DAY;
  for (
    const text of [
      ...["2024-05-03", "2024/5/3", "2024.05.03", "03.05.2024", "3/5/24", "3-May-2024", "3 May 24"],
      ...["May 3, 2024", "2024-05-03 00:00", "2024-05-03T00:00:00Z", "2024-05-03 00:00:00+02:00"],
    ]
  ) assertEquals(parseDate(text, "day-first"), day, text);
  assertEquals(parseDate("05/03/2024", "month-first"), day);
  assertEquals(parseDate("2024-05-03 18:00", "day-first"), day + 0.75);
  assertEquals(parseDate("2024-05-03 6:00 pm", "day-first"), day + 0.75);
  assertEquals(parseDate("18:00", "day-first"), 0.75);
});

Deno.test("dayOrders() tells what can be a date, and in which order", () => {
  assertEquals(dayOrders("3/5/2024"), ["day-first", "month-first"]);
  assertEquals([dayOrders("13/5/2024"), dayOrders("5/13/2024")], [["day-first"], ["month-first"]]);
  for (
    const text of [
      "2024-02-30",
      "2023-02-29",
      "31.11.2024",
      "5.5",
      "2024",
      "may",
      "1/2",
      "25:00",
      "",
    ]
  ) assertEquals(dayOrders(text), [], text);
});
