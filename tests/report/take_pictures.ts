/// <reference lib="dom" />
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { withBrowser, withReport } from "./_browser.ts";

const REPORT = fileURLToPath(new URL("../../reports/sample/report.html", import.meta.url));
const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const WIDTH = 1104;
/** Pixels of the page's top that README shows. */
const TOP = 1500;

/** The pictures of docs/, by their files, each with how the page gets there and what it shows. */
const PICTURES: Readonly<Record<string, (page: Page) => Promise<Uint8Array>>> = {
  "report.png": async (page) => {
    await page.setViewportSize({ width: WIDTH, height: TOP });
    return await page.screenshot();
  },
  "report-table.png": (page) => page.locator("#cells").screenshot(),
  "report-compare.png": async (page) => {
    await page.evaluate(() => {
      location.hash = "compare=l2_penalty%3D0.001&compare=l1_penalty%3D0.001";
    });
    return await page.locator("#compare").screenshot();
  },
};

// Writes what `deno task pictures` takes from the report in reports/sample.
await withBrowser(async (browser) => {
  for (const [file, take] of Object.entries(PICTURES)) {
    await withReport(browser, REPORT, { width: WIDTH, colorScheme: "light" }, async (page) => {
      await Deno.writeFile(DOCS + file, await take(page));
    });
  }
});
