/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { assertDrawn } from "./_assert_drawn.ts";
import { type BrowserStep, DESK, DESK_AT_NIGHT, PHONE_AT_NIGHT, TABLET } from "./_browser_step.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

const CHART = "#learning-curves";
/** A cell has ten runs. */
const HAIRLINES = 10;

/** A reader chooses what the learning curves show. */
export const CURVE_STEPS: Record<string, BrowserStep> = {};

for (const look of [PHONE_AT_NIGHT, TABLET, DESK]) {
  CURVE_STEPS[`shows any measure of the curves, at ${look.width} pixels, with keys alone`] = (
    open,
  ) =>
    open(sampleInput(SAMPLES.l1VsL2), look, async (page) => {
      await untilTitle(page, "Validation accuracy (%)");
      await page.locator("select[name=measure]").focus();
      await page.keyboard.press("ArrowDown");
      await untilTitle(page, "Validation loss (lower is better)");
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowDown");
      await untilTitle(page, "Training loss (lower is better)");
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowDown");
      await untilCount(page, ".mark-area path", 3);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      await untilTitle(page, "Difference in training loss (lower is better)");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      await untilCount(page, ".mark-line path", 3 + 3 * HAIRLINES);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      await untilTitle(page, "Step (log scale)");
      assertEquals(
        addressOf(page),
        "measure=loss&rows=train&curves=difference&runs=on&bands=all&steps=log",
      );
      await assertDrawn(page);
    });
}

CURVE_STEPS["draws differences from the baseline that end where the table has them"] = (open) =>
  open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
    const input = sampleInput(SAMPLES.l1VsL2);
    await page.locator("input[name=isDifference]").check();
    await untilTitle(page, "Difference in validation accuracy (percentage points)");
    const best = input.comparisons.find(({ cell }) => cell === "l1_penalty=0.001");
    const points = page.locator(`${CHART} .mark-symbol path`);
    const last = points.nth(await points.count() / 3 - 1);
    await last.hover({ force: true });
    const tooltip = page.locator("#vg-tooltip-element");
    await tooltip.waitFor();
    const text = await tooltip.textContent() ?? "";
    assertMatch(text, /L1 penalty 0\.001.*1,?000/);
    assert(
      text.includes(`+${(100 * (best?.meanDifference ?? NaN)).toFixed(2)}`),
      text,
    );
  });

CURVE_STEPS["draws bands of the marked cell alone, of all cells, or none"] = (open) =>
  open(sampleInput(SAMPLES.l1VsL2), DESK_AT_NIGHT, async (page) => {
    const bands = (count: number) => untilCount(page, ".mark-area path", count);
    await bands(0);
    await page.locator(CHART).press("ArrowDown");
    await bands(1);
    await page.keyboard.press("Escape");
    await bands(0);
    await page.locator("select[name=bands]").selectOption("all");
    await bands(3);
    await page.locator("select[name=bands]").selectOption("none");
    await page.locator(CHART).press("ArrowDown");
    await bands(0);
  });

CURVE_STEPS["draws the best cells that a filter selects, and the baseline"] = (open) =>
  open(sampleInput(SAMPLES.fourTechniques), DESK, async (page) => {
    await untilCount(page, ".mark-line path", 5);
    await page.getByLabel("Filter", { exact: true }).fill("dropout>0.2");
    await untilCount(page, ".mark-line path", 3);
    const names = page.locator(".legend label:has(input:checked) bdi");
    assertEquals(await names.allTextContents(), [
      "dropout 0.5",
      "no regularization",
      "dropout 0.3",
    ]);
    // What the reader switches on stays on.
    await page.getByLabel("dropout 0.1", { exact: true }).check();
    await page.getByLabel("Filter", { exact: true }).fill("");
    await untilCount(page, ".mark-line path", 4);
  });

CURVE_STEPS["says so where a cell that is marked or selected has no curve in the page"] = (open) =>
  open(sampleInput(SAMPLES.diverged), DESK, async (page) => {
    const note = page.locator(".curve-note");
    assertEquals(await note.textContent(), "");
    await page.getByLabel("Filter", { exact: true }).fill("learning_rate=10");
    await note.filter({ hasText: "no curve of a cell that the filter selects" }).waitFor();
    await page.locator("table.cells tbody th button").first().click();
    await note.filter({ hasText: /^The page has no curve of learning rate 10/ }).waitFor();
    await untilCount(page, ".mark-line path", 1);
  });

CURVE_STEPS["marks no cell that was stopped early: nothing else tells of it"] = (open) =>
  open(sampleInput(SAMPLES.halving), DESK, async (page) => {
    const bar = page.locator(".choice");
    const layers = page.locator("#halving .mark-symbol:has(path)");
    // Crosses of stopped cells come before points of the others; the worst lies alone.
    await layers.first().locator("path").last().click({ force: true });
    assertEquals(await bar.getAttribute("data-empty"), "");
    await layers.nth(1).locator("path").last().click({ force: true });
    await page.locator(".choice:not([data-empty])").waitFor();
  });

CURVE_STEPS["says which cells have no single runs in the page"] = (open) =>
  open(
    sampleInput({ ...SAMPLES.undecided, seeds: 400, evaluations: 31 }),
    DESK,
    async (page) => {
      const note = page.locator(".curve-note");
      assertEquals(await note.textContent(), "");
      await page.locator("input[name=hasRuns]").check();
      await untilCount(page, ".mark-line path", 2 + 2 * 400);
      assertEquals(await note.textContent(), "");
      await page.getByLabel("dropout 0.8", { exact: true }).check();
      await note.filter({ hasText: /^The page has no single runs of 1 of the cells/ }).waitFor();
      // Its mean is there, and so is its difference.
      await untilCount(page, ".mark-line path", 3 + 2 * 400);
      await page.locator("input[name=isDifference]").check();
      await untilTitle(page, "Difference in validation accuracy (percentage points)");
      await untilCount(page, ".mark-line path", 3 + 2 * 400);
    },
  );

function addressOf(page: Page): string {
  return new URL(page.url()).hash.slice(1);
}

async function untilTitle(page: Page, title: string): Promise<void> {
  await page.locator(`${CHART} .role-axis-title text`, { hasText: title }).waitFor();
}

async function untilCount(page: Page, selector: string, count: number): Promise<void> {
  await page.waitForFunction(
    ([selector, count]) => document.querySelectorAll(selector).length === count,
    [`${CHART} ${selector}`, count] as const,
  );
}
