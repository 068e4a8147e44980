/// <reference lib="dom" />
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
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
import { LARGE, SAMPLES } from "./_samples.ts";
import { shippedSamples } from "./_shipped_samples.ts";

/** The first tile of the elastic net's map: among the worst, or the best, by its colour. */
const TILE = { light: "rgb(47, 75, 150)", dark: "rgb(169, 200, 255)" };

/** Charts are drawn whatever the sweep, wherever they are looked at. */
export const DRAWING_STEPS: Record<string, BrowserStep> = {};

for (const sample of await shippedSamples()) {
  DRAWING_STEPS[`draws the shipped ${sample.name}`] = async (open) => {
    const input = sampleInput(sample);
    await open(input, DESK, async (page) => {
      for (const width of [DESK.width, TABLET.width, PHONE.width]) {
        await page.setViewportSize({ width, height: 900 });
        await assertDrawn(page);
      }
    });
  };
}

const { threeWays, diverged, allDiverged, depths, sampled, oneCell, oneSeed, loss } = SAMPLES;
const { prices, skewed, folds, halving, halvingUnfinished, looks, looksUnfinished } = SAMPLES;
for (
  const sample of [
    threeWays,
    diverged,
    allDiverged,
    depths,
    sampled,
    oneCell,
    oneSeed,
    loss,
    LARGE,
    prices,
    skewed,
    folds,
    halving,
    halvingUnfinished,
    looks,
    looksUnfinished,
  ]
) {
  DRAWING_STEPS[`draws ${sample.name}`] = async (open) => {
    const input = sampleInput(sample);
    for (const look of [PHONE_AT_NIGHT, DESK_AT_NIGHT]) await open(input, look, assertDrawn);
  };
}

DRAWING_STEPS["follows the system's theme without being loaded again, and paper"] = (open) =>
  open(sampleInput(SAMPLES.elasticNet), DESK, async (page) => {
    const colors = () =>
      page.evaluate(() => {
        const title = document.querySelector("#ranked-cells .role-axis-title text");
        const tile = document.querySelector("#heat-map .mark-rect path");
        const colorOf = (element: Element | null, property: string) =>
          element && getComputedStyle(element).getPropertyValue(property);
        return [
          colorOf(document.body, "background-color"),
          colorOf(title, "fill"),
          colorOf(tile, "fill"),
        ];
      });
    const light = ["rgb(253, 253, 252)", "rgb(29, 33, 38)", TILE.light];
    assertEquals(await colors(), light);
    await page.emulateMedia({ colorScheme: "dark" });
    assertEquals(await colors(), ["rgb(21, 23, 27)", "rgb(230, 232, 234)", TILE.dark]);
    await page.emulateMedia({ colorScheme: "dark", media: "print" });
    // Paper needs no tint.
    assertEquals(await colors(), ["rgb(255, 255, 255)", ...light.slice(1)]);
  });

DRAWING_STEPS["draws what is opened on a phone as wide as the phone"] = (open) =>
  open(sampleInput(SAMPLES.depths), PHONE, async (page) => {
    const times = page.locator("#run-times svg");
    assertEquals(await times.isVisible(), false);
    // Turned, while the section is closed.
    await page.setViewportSize({ width: 500, height: 360 });
    await page.locator("details:has(#run-times) summary").click();
    await times.waitFor();
    await page.waitForFunction(() =>
      Number(document.querySelector("#run-times svg")?.getAttribute("width")) > 400
    );
    await assertDrawn(page);
  });

DRAWING_STEPS["says nothing of cells where no run completed"] = (open) =>
  open(sampleInput(SAMPLES.allDiverged), DESK, async (page) => {
    assertEquals(await page.locator(".chart[id]").evaluateAll((all) => all.map(({ id }) => id)), [
      "run-times",
    ]);
  });

DRAWING_STEPS["lays charts out anew when the window changes"] = (open) =>
  open(sampleInput(SAMPLES.elasticNet), DESK, async (page) => {
    const label = page.locator("#ranked-cells .role-axis-label text").nth(12);
    const lines = () => label.locator("tspan").count();
    const heightOfChart = async () => (await page.locator("#ranked-cells").boundingBox())?.height;
    await page.locator("figure:has(#ranked-cells) .more").click();
    assertEquals(await lines(), 0);
    const before = await heightOfChart() ?? 0;
    await page.setViewportSize({ width: 400, height: 900 });
    await label.locator("tspan").first().waitFor();
    assertEquals(await lines(), 2);
    const after = await heightOfChart() ?? 0;
    assertEquals(Math.round((after - before) / 25 / 13), 1, `${before} to ${after}`);
    await assertDrawn(page);
  });

DRAWING_STEPS["prints what is chosen to be seen, and nothing to press"] = (open) =>
  open(sampleInput(SAMPLES.l1VsL2), { width: 720, colorScheme: "light" }, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".save", ".hint", ".choice", ".legend input", ".cells .detail"]) {
      assertEquals(await page.locator(hidden).first().isVisible(), false, hidden);
    }
    assertEquals(await page.locator(".legend label:visible bdi").allTextContents(), [
      "L1 penalty 0.001",
      "L2 penalty 0.01",
      "no regularization",
    ]);
    await assertDrawn(page);
  });

DRAWING_STEPS["prints headings with their charts, and nothing that scrolls"] = (open) =>
  open(sampleInput(SAMPLES.elasticNet), { width: 720, colorScheme: "light" }, async (page) => {
    await page.emulateMedia({ media: "print" });
    const styles = await page.evaluate(() => {
      const styleOf = (selector: string) =>
        getComputedStyle(document.querySelector(selector) as Element);
      const scroller = document.querySelector(".cells-scroll") as Element;
      return {
        heading: styleOf("section h2").breakAfter,
        caption: styleOf("section .caption").breakAfter,
        legend: styleOf(".legend").breakAfter,
        key: styleOf(".key").breakAfter,
        picture: styleOf(".picture.curves").breakInside,
        answer: styleOf("#answer").breakInside,
        figure: styleOf("figure").breakInside,
        overflow: styleOf(".cells-scroll").overflow,
        isWhole: scroller.scrollHeight <= scroller.clientHeight + 1,
        heading2: styleOf(".cells thead th").position,
        // A button would not be repeated on the next page.
        headingText: styleOf(".cells thead button").display,
        isFolded: styleOf("[data-folded] .chart").overflow !== "visible",
        highest: Math.max(
          ...[...document.querySelectorAll(".chart svg")].map(({ clientHeight }) => clientHeight),
        ),
      };
    });
    const { highest, ...rest } = styles;
    assertEquals(rest, {
      heading: "avoid",
      caption: "avoid",
      legend: "avoid",
      key: "avoid",
      picture: "avoid",
      answer: "auto",
      figure: "avoid",
      overflow: "visible",
      isWhole: true,
      heading2: "static",
      headingText: "contents",
      isFolded: false,
    });
    // A third of a page of A4, in pixels of CSS: no more stays empty before a chart.
    assert(highest <= 1123 / 3, `${highest} pixels`);
  });

DRAWING_STEPS["prints nothing that is wider than the page, however long its names"] = (open) =>
  open(sampleInput(SAMPLES.threeWays), { width: 720, colorScheme: "dark" }, async (page) => {
    await page.emulateMedia({ media: "print" });
    await assertDrawn(page);
  });

DRAWING_STEPS["shows its main chart where scripts are off"] = (open) =>
  open(sampleInput(SAMPLES.l1VsL2), { ...PHONE_AT_NIGHT, isScriptless: true }, async (page) => {
    const charts = page.locator("figure:visible");
    assertEquals(await charts.count(), 1);
    assertMatch(await charts.locator("svg").textContent() ?? "", /undecided.*L1 penalty 0\.001/);
    assertEquals(await page.locator(".chart[id]:visible, .save:visible").count(), 0);
    assertStringIncludes(await page.locator(".note").textContent() ?? "", "need scripts");
    const text = charts.locator(".role-axis-title text");
    const color = await text.evaluate((element) => getComputedStyle(element).fill);
    assertEquals(color, "rgb(230, 232, 234)");
    assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  });

DRAWING_STEPS["draws predictions as wide as they are high where there is no more room"] = (open) =>
  open(sampleInput(SAMPLES.prices), PHONE, async (page) => {
    for (const id of ["predicted-actual", "residuals", "residual-histogram"]) {
      const box = await page.locator(`#${id} svg`).boundingBox();
      assert(box !== null && box.width <= 360 && box.height <= box.width * 1.3, id);
    }
  });

DRAWING_STEPS["prints predictions beside one another"] = (open) =>
  open(sampleInput(SAMPLES.prices), { width: 720, colorScheme: "light" }, async (page) => {
    await page.emulateMedia({ media: "print" });
    await assertDrawn(page);
    const [left, right] = await Promise.all(
      ["predicted-actual", "residuals"].map((id) => page.locator(`#${id}`).boundingBox()),
    );
    assert(left !== null && right !== null && left.x + left.width <= right.x);
  });
