/// <reference lib="dom" />
import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { renderReport } from "../../src/report/render_report.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import { HAS_TO_SKIP, type Look, withBrowser, withReport } from "./_browser.ts";
import { HOSTILE_TEXT, hostileInput } from "./_hostile_input.ts";
import { sampleInput } from "./_sample_input.ts";
import { LARGE, SAMPLES } from "./_samples.ts";

const PHONE: Look = { width: 400, colorScheme: "light" };
const PHONE_AT_NIGHT: Look = { width: 400, colorScheme: "dark" };
const DESK: Look = { width: 1600, colorScheme: "light" };
const DESK_AT_NIGHT: Look = { width: 1600, colorScheme: "dark" };

/** A test of one report, opened in one browser. */
type Step = (open: Open) => Promise<void>;
type Open = (input: ReportInput, look: Look, test: (page: Page) => Promise<void>) => Promise<void>;

const STEPS: Record<string, Step> = {};

for (const sample of [...Object.values(SAMPLES), LARGE]) {
  STEPS[`draws ${sample.name}`] = async (open) => {
    const looks = sample === SAMPLES.l1VsL2
      ? [PHONE, PHONE_AT_NIGHT, DESK, DESK_AT_NIGHT]
      : [PHONE, DESK_AT_NIGHT];
    const input = sampleInput(sample);
    for (const look of looks) await open(input, look, assertDrawn);
  };
}

/** Every chart has marks, and nothing is wider than the page. */
async function assertDrawn(page: Page): Promise<void> {
  const charts = page.locator(".chart");
  assertGreater(await charts.count(), 0);
  for (const chart of await charts.all()) {
    const id = await chart.getAttribute("id");
    assertGreater(
      await chart.locator("svg .role-mark path, svg .role-mark line").count(),
      1,
      `${id}`,
    );
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assertEquals(width, page.viewportSize()?.width);
}

STEPS["switches cells on and off by the legend"] = (open) =>
  open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
    const lines = page.locator("#learning-curves .mark-line path");
    const names = page.locator(".legend label:has(input:checked)");
    const drawn = async () => [await lines.count(), await names.allTextContents()];
    assertEquals(await drawn(), [3, ["l1_penalty=0.001", "l2_penalty=0.01", "l1_penalty=0"]]);
    await page.getByLabel("l2_penalty=0.01", { exact: true }).uncheck();
    assertEquals(await drawn(), [2, ["l1_penalty=0.001", "l1_penalty=0"]]);
    await page.getByLabel("l2_penalty=0.1", { exact: true }).focus();
    await page.keyboard.press("Space");
    assertEquals(await drawn(), [3, ["l1_penalty=0.001", "l1_penalty=0", "l2_penalty=0.1"]]);
  });

STEPS["gives every cell that is switched on a line of its own"] = (open) =>
  open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
    for (const input of await page.locator(".legend input").all()) await input.check();
    const strokes = await page.locator("#learning-curves .mark-line path").evaluateAll((paths) =>
      paths.map((path) => `${path.getAttribute("stroke")} ${path.getAttribute("stroke-dasharray")}`)
    );
    assertEquals([strokes.length, new Set(strokes).size], [9, 9]);
    assertEquals(strokes.filter((stroke) => stroke.includes("--neutral")).length, 1);
  });

STEPS["sorts the table by any column"] = (open) =>
  open(sampleInput(SAMPLES.diverged), PHONE, async (page) => {
    const column = (index: number) =>
      page.locator(`table.cells tbody tr > :nth-child(${index})`).allTextContents();
    const heading = page.locator("table.cells th", { hasText: "Mean" });
    const means = (await column(3)).filter((text) => text !== "–").map(Number);
    await heading.getByRole("button").click();
    assertEquals(await heading.getAttribute("aria-sort"), "descending");
    await heading.getByRole("button").click();
    assertEquals(await heading.getAttribute("aria-sort"), "ascending");
    assertEquals(await column(3), [
      ...means.toSorted((a, b) => a - b).map((mean) => mean.toFixed(2)),
      "–",
      "–",
    ]);
    await page.locator("table.cells th", { hasText: "Cell" }).getByRole("button").click();
    assertEquals((await column(1)).slice(0, 2), [
      "learning_rate=0.01 l2_penalty=0",
      "learning_rate=0.01 l2_penalty=0.001",
    ]);
  });

STEPS["shows a point's cell and figures beside the pointer"] = (open) =>
  open(sampleInput(SAMPLES.oneCell), DESK, async (page) => {
    await page.locator("#ranked-cells .role-mark.mark-symbol path").last().hover();
    const text = await page.locator("#vg-tooltip-element.visible").textContent();
    assertMatch(text ?? "", /^CellallMean validation accuracy \(%\)97\.\d\d95% interval/);
  });

STEPS["saves charts as pictures with title and legend, light even at night"] = (open) =>
  open(sampleInput(SAMPLES.l1VsL2), DESK_AT_NIGHT, async (page) => {
    const save = async (format: string) => {
      const button = page.locator(`figure:has(#learning-curves) button[value=${format}]`);
      const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
      assertEquals(download.suggestedFilename(), `learning-curves.${format}`);
      return await Deno.readFile(await download.path());
    };
    const picture = new TextDecoder().decode(await save("svg"));
    assertMatch(picture, /^<svg /);
    for (const text of ["l1-vs-l2: Learning curves", "l2_penalty=0.01", "#3f5dba"]) {
      assertStringIncludes(picture, text);
    }
    assert(!picture.includes("var("));
    assertEquals([...(await save("png")).subarray(1, 4)], [..."PNG"].map((c) => c.charCodeAt(0)));
  });

STEPS["follows the system's theme without being loaded again, and paper"] = (open) =>
  open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
    const colors = () =>
      page.evaluate(() => {
        const title = document.querySelector("#ranked-cells .role-axis-title text");
        const colorOf = (element: Element | null, property: string) =>
          element && getComputedStyle(element).getPropertyValue(property);
        return [colorOf(document.body, "background-color"), colorOf(title, "fill")];
      });
    const light = ["rgb(253, 253, 252)", "rgb(29, 33, 38)"];
    assertEquals(await colors(), light);
    await page.emulateMedia({ colorScheme: "dark" });
    assertEquals(await colors(), ["rgb(21, 23, 27)", "rgb(230, 232, 234)"]);
    await page.emulateMedia({ colorScheme: "dark", media: "print" });
    assertEquals(await colors(), light);
  });

STEPS["lays charts out anew when the window changes"] = (open) =>
  open(sampleInput(SAMPLES.elasticNet), DESK, async (page) => {
    const label = page.locator("#ranked-cells .role-axis-label text").nth(12);
    const lines = () => label.locator("tspan").count();
    assertEquals(await lines(), 0);
    await page.setViewportSize({ width: 400, height: 900 });
    await label.locator("tspan").first().waitFor();
    assertEquals(await lines(), 2);
    await assertDrawn(page);
  });

STEPS["shows whatever users' files say as text"] = (open) =>
  open(hostileInput(), PHONE, async (page) => {
    page.on("dialog", () => {
      throw new Error("a name was run");
    });
    await assertDrawn(page);
    assertEquals(await page.title(), `${HOSTILE_TEXT} · regsweep`);
    assertEquals(await page.locator("h1").textContent(), HOSTILE_TEXT);
    for (const input of await page.locator(".legend input").all()) await input.check();
    await page.locator("#ranked-cells .role-mark.mark-symbol path").last().hover();
    const tooltip = page.locator("#vg-tooltip-element.visible");
    assertStringIncludes((await tooltip.textContent()) ?? "", HOSTILE_TEXT);
    assertEquals(await page.locator("main img, main script, .vg-tooltip img").count(), 0);
  });

STEPS["runs no script but its own"] = async (open) => {
  const refusals: string[] = [];
  const opened = open(sampleInput(SAMPLES.oneCell), PHONE, async (page) => {
    page.on("console", (message) => refusals.push(message.text()));
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.ran = true";
      document.body.append(script);
      return Reflect.has(globalThis, "ran");
    });
    assertEquals(ran, false);
  });
  // The browser's own complaint about it is what the page is expected to say.
  await opened.catch((error) => assertStringIncludes(error.message, "Content Security Policy"));
  assertEquals(refusals.length, 1);
};

Deno.test({
  name: "a report in a browser",
  ignore: HAS_TO_SKIP,
  fn: (t) =>
    withBrowser(async (browser) => {
      const folder = await Deno.makeTempDir();
      try {
        for (const [name, step] of Object.entries(STEPS)) {
          await t.step(name, () => step((...report) => openReport(browser, folder, ...report)));
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }),
});

async function openReport(
  browser: Browser,
  folder: string,
  ...[input, look, test]: Parameters<Open>
): Promise<void> {
  const path = join(folder, "report.html");
  await Deno.writeTextFile(path, await renderReport(input));
  await withReport(browser, path, look, test);
}
