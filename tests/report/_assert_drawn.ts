/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";

/** Checks that every chart has marks, and that nothing is wider than the page. */
export async function assertDrawn(page: Page): Promise<void> {
  const { empty, charts, width } = await page.evaluate(() => {
    const charts = [...document.querySelectorAll("div.chart[id]")];
    const marks = "svg .role-mark path, svg .role-mark line, svg .role-mark text";
    return {
      charts: charts.length,
      empty: charts.filter((chart) => !chart.querySelector(marks)).map(({ id }) => id),
      width: document.documentElement.scrollWidth,
    };
  });
  assertEquals([charts > 0, empty, width], [true, [], page.viewportSize()?.width]);
}
