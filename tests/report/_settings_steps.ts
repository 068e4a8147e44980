/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { assertDrawn } from "./_assert_drawn.ts";
import {
  type BrowserStep,
  DESK,
  DESK_AT_NIGHT,
  PHONE,
  PHONE_AT_NIGHT,
  TABLET,
} from "./_browser_step.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

const AXES = "#parallel-coordinates g.mark-group.root";
const FILTER = "#cells-filter";

/** Charts over hyperparameters, and what the reader does with their axes. */
export const SETTINGS_STEPS: Record<string, BrowserStep> = {
  "drags a range of a number into the filter, which dims all charts": (open) =>
    open(sampleInput(SAMPLES.manyPoints), DESK, async (page) => {
      await drag(page, 2, [0.6, 1.2]);
      const text = await page.inputValue(FILTER);
      assertMatch(text, /^dropout>=0\.\d+$/);
      const kept = await keptRows(page);
      assert(kept > 10 && kept < 90, `${kept} rows`);
      await page.locator(`${AXES} .mark-line path[opacity='0.15']`).first().waitFor();
      await page.locator("#slice-dropout .mark-symbol path[opacity='0.12']").first().waitFor();
      assertEquals(await brushes(page), 1);
      // A drag marks no cell.
      assertEquals(await page.locator(".choice[data-empty]").count(), 1);
      await drag(page, 0, [0, 0.5]);
      assertMatch(await page.inputValue(FILTER), /^dropout>=0\.\d+ learning_rate<=0\.\d+$/);
      assertEquals(await brushes(page), 2);
      assert(await keptRows(page) < kept);
    }),

  "drags words and the mean into the filter, and frees an axis at a click": (open) =>
    open(sampleInput(SAMPLES.threeWays), DESK, async (page) => {
      await drag(page, 0, [0.55, 1]);
      assertEquals(await page.inputValue(FILTER), "activation=tanh");
      assertEquals(await keptRows(page), 12);
      await drag(page, 3, [0.5, 1]);
      assertMatch(await page.inputValue(FILTER), /^activation=tanh mean>=9\d(\.\d+)?%$/);
      await page.mouse.click(...await pointAt(page, 0, 0.02, 8));
      assertMatch(await page.inputValue(FILTER), /^mean>=9\d(\.\d+)?%$/);
      assertEquals(await brushes(page), 1);
    }),

  "marks axes as the filter's text says, with the keyboard alone": (open) =>
    open(sampleInput(SAMPLES.threeWays), TABLET, async (page) => {
      await page.focus(FILTER);
      await page.keyboard.type("learning_rate>=0.1 activation=relu|tanh");
      await page.waitForFunction(
        (path) => document.querySelectorAll(path).length === 3,
        `${AXES} .mark-rule line[stroke-width='18']`,
      );
      assertEquals(await keptRows(page), 16);
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("Delete");
      await page.waitForFunction(
        (path) => document.querySelectorAll(path).length === 0,
        `${AXES} .mark-rule line[stroke-width='18']`,
      );
      assertEquals(await keptRows(page), 24);
    }),

  "dims what the filter leaves out on maps, strengths and rows, but not the marked cell": (open) =>
    open(sampleInput(SAMPLES.elasticNet), DESK, async (page) => {
      await page.fill(FILTER, "l1_penalty=0.001");
      const faded = (chart: string, opacity: number) => `#${chart} path[opacity='${opacity}']`;
      const counts = () =>
        Promise.all([
          page.locator(`#heat-map .mark-rect ${"path[opacity='0.2']"}`).count(),
          page.locator(faded("strength-l1-penalty .mark-symbol", 0.25)).count(),
          page.locator(faded("strength-l1-penalty .mark-line", 0.25)).count(),
          page.locator(faded("paired-differences .mark-symbol", 0.3)).count(),
        ]);
      await page.locator(faded("paired-differences .mark-symbol", 0.3)).first().waitFor();
      assertEquals(await counts(), [20, 20, 5, 19]);
      await page.locator("#heat-map .mark-rect path[opacity='0.2']").first().click({
        position: { x: 4, y: 4 },
      });
      await page.locator("#heat-map path[stroke='var(--ink)'][stroke-width='3']").waitFor();
      assertEquals((await counts()).slice(0, 2), [19, 19]);
    }),

  "shows a cell's interval on every slice while it is marked": (open) =>
    open(sampleInput(SAMPLES.conditional), DESK_AT_NIGHT, async (page) => {
      const intervals = page.locator("[id^=slice-] .mark-rule line[stroke-width='2']");
      assertEquals(await intervals.count(), 0);
      await page.locator("#slice-momentum").focus();
      await page.keyboard.press("ArrowDown");
      await intervals.nth(4).waitFor({ state: "attached" });
      assertEquals(await intervals.count(), 5);
    }),
};

for (const sample of [SAMPLES.manyPoints, SAMPLES.conditional]) {
  SETTINGS_STEPS[`draws ${sample.name}`] = async (open) => {
    const input = sampleInput(sample);
    for (const look of [PHONE, PHONE_AT_NIGHT, TABLET, DESK_AT_NIGHT]) {
      await open(input, look, assertDrawn);
    }
  };
}

/** Drags along an axis between two heights, from 0 to 1; beyond these, it leaves the axis. */
async function drag(page: Page, axis: number, [from, to]: readonly [number, number]) {
  await page.locator(AXES).scrollIntoViewIfNeeded();
  await page.mouse.move(...await pointAt(page, axis, from));
  await page.mouse.down();
  await page.mouse.move(...await pointAt(page, axis, (from + to) / 2));
  await page.mouse.move(...await pointAt(page, axis, to));
  await page.mouse.up();
}

/** A point of the window at a height of an axis, or some pixels right of it. */
function pointAt(page: Page, axis: number, height: number, right = 0): Promise<[number, number]> {
  return page.evaluate(([path, axis, height, right]) => {
    const lines = document.querySelectorAll<SVGGraphicsElement>(`${path} .role-axis-grid line`);
    const { left, top, height: length } = lines[axis].getBoundingClientRect();
    return [left + right, top + (1 - height) * length];
  }, [AXES, axis, height, right] as const);
}

/** How many parts of axes are marked. */
function brushes(page: Page): Promise<number> {
  return page.locator(`${AXES} .mark-rule line[stroke-width='18']`).count();
}

/** How many cells the table shows. */
function keptRows(page: Page): Promise<number> {
  return page.locator("table.cells tbody tr").count();
}
