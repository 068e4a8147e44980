/// <reference lib="dom" />
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { type BrowserStep, DESK, DESK_AT_NIGHT, PHONE } from "./_browser_step.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

/** Chromium drops what a page downloads beyond ten in a second. */
const MILLISECONDS_BETWEEN_DOWNLOADS = 150;

/** What a reader does to a report does what it should. */
export const INTERACTION_STEPS: Record<string, BrowserStep> = {
  "unfolds a chart of many cells": (open) =>
    open(sampleInput(SAMPLES.elasticNet), PHONE, async (page) => {
      const figure = page.locator("figure:has(#ranked-cells)");
      const heights = () =>
        figure.evaluate((element) => ({
          shown: element.querySelector(".chart")?.clientHeight ?? 0,
          whole: element.querySelector("svg")?.clientHeight ?? 0,
        }));
      const folded = await heights();
      assert(folded.shown < folded.whole, JSON.stringify(folded));
      // The axis is above the rows, in what is shown.
      const axis = await figure.locator(".role-axis-title").first().boundingBox();
      const rows = await figure.locator(".mark-symbol path").first().boundingBox();
      assert((axis?.y ?? 0) < (rows?.y ?? 0));
      await figure.getByRole("button", { name: "Show all 25 rows" }).click();
      const unfolded = await heights();
      assert(unfolded.shown >= unfolded.whole, JSON.stringify(unfolded));
      assertEquals(await figure.locator(".more").count(), 0);
    }),

  "switches cells on and off by the legend": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      const lines = page.locator("#learning-curves .mark-line path");
      const names = page.locator(".legend label:has(input:checked)");
      const drawn = async () => [await lines.count(), await names.allTextContents()];
      assertEquals(await drawn(), [3, [
        "L1 penalty 0.001",
        "L2 penalty 0.01",
        "no regularization",
      ]]);
      await page.getByLabel("L2 penalty 0.01", { exact: true }).uncheck();
      assertEquals(await drawn(), [2, ["L1 penalty 0.001", "no regularization"]]);
      await page.getByLabel("L2 penalty 0.1", { exact: true }).focus();
      await page.keyboard.press("Space");
      assertEquals(await drawn(), [3, ["L1 penalty 0.001", "no regularization", "L2 penalty 0.1"]]);
    }),

  "gives every cell that is switched on a line of its own": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      for (const input of await page.locator(".legend input").all()) await input.check();
      const lines = page.locator("#learning-curves .mark-line path");
      const strokes = await lines.evaluateAll((paths) =>
        paths.map((path) =>
          `${path.getAttribute("stroke")} ${path.getAttribute("stroke-dasharray")}`
        )
      );
      assertEquals([strokes.length, new Set(strokes).size], [9, 9]);
      assertEquals(strokes.filter((stroke) => stroke.includes("--neutral")).length, 1);
    }),

  "draws learning curves on the training rows beside those on the validation rows": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), PHONE, async (page) => {
      const widths = () =>
        page.locator("#learning-curves .mark-line path").evaluateAll((paths) =>
          paths.map((path) => path.getAttribute("stroke-width")).sort()
        );
      assertEquals(await widths(), ["2", "2", "2"]);
      await page.locator("select[name=rows]").selectOption("both");
      assertEquals(await widths(), ["1", "1", "1", "2", "2", "2"]);
    }),

  "marks a cell that is clicked in a chart everywhere, until Escape": (open) =>
    open(sampleInput(SAMPLES.elasticNet), DESK, async (page) => {
      assertEquals(await marks(page), NOTHING_MARKED);
      // A tile of the heat map; the one in its middle.
      await page.locator("#heat-map .mark-rect path").nth(12).click({ position: { x: 8, y: 8 } });
      const { cell, ...marked } = await marks(page);
      assertMatch(cell, /^L1 penalty \S+ \+ L2 penalty \S+$/);
      assertEquals(marked, {
        rowInTable: cell,
        // The rows of paired differences, of ranked cells, of cells that are not clearly different,
        // and of times.
        rowsInCharts: 4,
        rings: 2,
        tiles: 1,
        curves: 3,
        fadedPoints: 24,
        legend: cell,
      });
      assertStringIncludes(await page.locator(".choice p").textContent() ?? "", "undecided");
      await page.keyboard.press("Escape");
      assertEquals(await marks(page), NOTHING_MARKED);
    }),

  "marks a cell whose name or verdict is clicked beside its row": (open) =>
    open(sampleInput(SAMPLES.undecided), DESK, async (page) => {
      const status = () => page.locator(".choice p bdi").first().textContent();
      const name = page.locator("#ranked-cells .role-axis-label text", { hasText: "dropout 0.2" });
      await name.click();
      assertEquals(await status(), "dropout 0.2");
      const verdicts = page.locator("#paired-differences .role-axis-label text", {
        hasText: /undecided|equivalent/,
      });
      await verdicts.last().click();
      const rows = page.locator("#paired-differences .role-axis-label text", {
        hasText: /^dropout/,
      });
      assertEquals(await status(), await rows.last().textContent());
      // Numbers on an axis are no cell's.
      await page.locator("#ranked-cells .role-axis-label text", { hasText: /^\d/ }).first().click();
      assertEquals(await status(), await rows.last().textContent());
    }),

  "unfolds a long legend": (open) =>
    open(sampleInput(SAMPLES.elasticNet), DESK, async (page) => {
      const labels = page.locator(".legend label:visible");
      assertEquals(await labels.count(), 12);
      await page.locator(".legend .more").click();
      assertEquals([await labels.count(), await page.locator(".legend .more").count()], [25, 0]);
    }),

  "gives every cell the colour of its technique, whatever else is drawn": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      const strokes = async () => {
        for (const input of await page.locator(".legend input").all()) await input.check();
        return await page.locator(".legend label").evaluateAll((labels) =>
          labels.map((label) => [
            label.textContent?.replace(/ [\d.]+$/, ""),
            label.querySelector("line")?.getAttribute("stroke"),
          ])
        );
      };
      for (
        const [technique, stroke] of (await strokes()).filter(([name]) => name === "L2 penalty")
      ) {
        assertEquals([technique, stroke], ["L2 penalty", "var(--hue-2)"]);
      }
    }),

  "keeps the names and headings of the table in view, and the verdict on a phone": (open) =>
    open(sampleInput(SAMPLES.elasticNet), PHONE, async (page) => {
      const box = (selector: string) => page.locator(selector).first().boundingBox();
      const verdict = await box("table.cells tbody td.text");
      assert(verdict && verdict.x + 55 <= PHONE.width, `the verdict starts at ${verdict?.x}`);
      const before = [await box("table.cells tbody th"), await box("table.cells thead th")];
      await page.locator(".cells-scroll").evaluate((element) => element.scrollBy(300, 200));
      const row = await box("table.cells tbody th");
      const heading = await box("table.cells thead th");
      assertEquals([row?.x, heading?.x, heading?.y], [before[0]?.x, before[1]?.x, before[1]?.y]);
    }),

  "marks a cell by the keys, in the table and in a chart": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      const status = () => page.locator(".choice p bdi").first().textContent();
      const rows = page.locator("table.cells tbody th button");
      await rows.first().focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      assertEquals(await status(), await rows.nth(1).textContent());
      assertEquals(await rows.nth(1).getAttribute("aria-pressed"), "true");
      assertEquals(await page.locator("table.cells [tabindex='0']").count(), 1);
      await page.locator("#ranked-cells").focus();
      await page.keyboard.press("ArrowDown");
      assertEquals(await status(), await rows.nth(2).textContent());
      await page.keyboard.press("ArrowUp");
      assertEquals(await status(), await rows.nth(1).textContent());
      await page.locator(".choice [value=clear]").click();
      assertEquals(await page.locator("[aria-pressed=true]").count(), 0);
    }),

  "joins a seed's runs across cells where it is pointed at": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      const line = page.locator("#ranked-cells .mark-line path");
      assertEquals(await line.count(), 0);
      await page.locator("#ranked-cells .mark-symbol path[opacity='0.4']").nth(4).hover();
      await line.first().waitFor();
      const corners = (await line.first().getAttribute("d") ?? "").split("L").length;
      assertEquals([await line.count(), corners], [1, 9]);
    }),

  "sorts the table by any column": (open) =>
    open(sampleInput(SAMPLES.diverged), PHONE, async (page) => {
      const column = (index: number) =>
        page.locator(`table.cells tbody tr > :nth-child(${index})`).allTextContents();
      const heading = page.locator("table.cells th", { hasText: "Mean" });
      const means = (await column(2)).map((text) => text.split(/\s/)[0]).filter((text) =>
        text !== "–"
      ).map(Number);
      // It starts with the best mean.
      assertEquals(await heading.getAttribute("aria-sort"), "descending");
      assertEquals(means, means.toSorted((a, b) => b - a));
      await heading.getByRole("button").click();
      assertEquals(await heading.getAttribute("aria-sort"), "ascending");
      assertEquals((await column(2)).map((text) => text.split(/\s/)[0]), [
        ...means.toSorted((a, b) => a - b).map((mean) => mean.toFixed(2)),
        "–",
        "–",
      ]);
      await page.locator("table.cells th", { hasText: "Cell" }).getByRole("button").click();
      assertEquals((await column(1)).slice(0, 2), [
        "learning rate 0.01 + L2 penalty 0",
        "learning rate 0.01 + L2 penalty 0.001",
      ]);
    }),

  "shows a point's cell and numbers beside the pointer": (open) =>
    open(sampleInput(SAMPLES.oneCell), DESK, async (page) => {
      await page.locator("#ranked-cells .role-mark.mark-symbol path").last().hover();
      const text = await page.locator("#vg-tooltip-element.visible").textContent();
      assertMatch(text ?? "", /^CellallMean validation accuracy \(%\)97\.\d\d95% interval/);
    }),

  "saves every chart as a picture that has something in it": (open) =>
    open(sampleInput(SAMPLES.threeWays), PHONE, async (page) => {
      for (const summary of await page.locator(".secondary summary").all()) await summary.click();
      for (const figure of await page.locator("figure:has(.save)").all()) {
        const id = await figure.locator(".chart[id]").getAttribute("id") ?? "";
        for (const format of ["svg", "png"]) {
          const button = figure.locator(`button[value=${format}]`);
          const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
          assertEquals(download.suggestedFilename(), `${id}.${format}`);
          const { length } = await Deno.readFile(await download.path());
          assert(length > 3000, `${id}.${format} has ${length} bytes`);
          await page.waitForTimeout(MILLISECONDS_BETWEEN_DOWNLOADS);
        }
      }
    }),

  "marks the cell whose first layer is clicked": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      const outlines = page.locator("[id^=units] path[stroke='var(--ink)'][stroke-width='3']");
      assertEquals(await outlines.count(), 0);
      await page.locator("#units-1 .mark-rect path").nth(5).click();
      await outlines.first().waitFor();
      assertEquals(await page.locator("#units-1 path[stroke='var(--ink)']").count(), 3);
      assertEquals(await outlines.count(), 3);
      const chosen = await page.locator(".choice p bdi").first().textContent();
      const title = await page.locator("figure:has(#units-1) h3").textContent();
      assertEquals(title, `First layer of ${chosen}`);
    }),

  "saves charts as pictures with title and legend, light even at night": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK_AT_NIGHT, async (page) => {
      const save = async (format: string) => {
        const button = page.locator(`figure:has(#learning-curves) button[value=${format}]`);
        const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
        assertEquals(download.suggestedFilename(), `learning-curves.${format}`);
        return await Deno.readFile(await download.path());
      };
      const picture = new TextDecoder().decode(await save("svg"));
      assertMatch(picture, /^<svg /);
      for (const text of ["l1-vs-l2: Learning curves", "L2 penalty 0.01", "#3f5dba"]) {
        assertStringIncludes(picture, text);
      }
      assert(!picture.includes("var("));
      assertEquals([...(await save("png")).subarray(1, 4)], [..."PNG"].map((c) => c.charCodeAt(0)));
    }),
};

const NOTHING_MARKED = {
  cell: "",
  rowInTable: undefined,
  rowsInCharts: 0,
  rings: 0,
  tiles: 0,
  curves: 2,
  fadedPoints: 0,
  legend: undefined,
};

/** What is marked on a report of the elastic net. */
function marks(page: Page) {
  return page.evaluate(() => {
    const count = (selector: string) => document.querySelectorAll(selector).length;
    return {
      cell: document.querySelector(".choice p bdi")?.textContent ?? "",
      rowInTable: document.querySelector("tr[data-chosen] th")?.textContent?.trim(),
      rowsInCharts: count(".chart .mark-rect path[opacity='0.16']"),
      rings: count("[id^=strength] path[stroke='var(--ink)'][stroke-width='3']"),
      tiles: count("#heat-map path[stroke='var(--ink)'][stroke-width='3']"),
      curves: count("#learning-curves .mark-line path"),
      fadedPoints: count("#ranked-cells .mark-symbol path[opacity='0.3']"),
      legend: document.querySelector(".legend [data-chosen]")?.textContent ?? undefined,
    };
  });
}
