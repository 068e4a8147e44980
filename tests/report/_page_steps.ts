/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { type BrowserStep, DESK, DESK_AT_NIGHT, PHONE, TABLET } from "./_browser_step.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

/** The largest cumulative layout shift that the Web Vitals call good. */
const GOOD_SHIFT = 0.1;
const PAPER = { light: "rgb(253, 253, 252)", dark: "rgb(21, 23, 27)", print: "rgb(255, 255, 255)" };

/** The page as a whole: its contents, its address, its theme, and when it draws. */
export const PAGE_STEPS: Record<string, BrowserStep> = {
  "marks the current section in a list at the side of a wide window": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      await page.getByRole("link", { name: "Learning curves", exact: true }).click();
      const current = page.locator(".contents [aria-current]", { hasText: "Learning curves" });
      await current.waitFor();
      assertEquals(await page.locator(".contents [aria-current]").count(), 1);
      assert(await current.isVisible());
      const top = (await page.locator("h2", { hasText: "Learning curves" }).boundingBox())?.y ?? -1;
      assert(top >= 0 && top < 100, `${top} pixels from the top`);
    }),

  "has a menu of sections on small screens, for the keyboard, too": async (open) => {
    for (const look of [PHONE, TABLET]) {
      await open(sampleInput(SAMPLES.l1VsL2), look, async (page) => {
        assertEquals(await page.locator("#contents-list").isVisible(), false);
        await page.keyboard.press("Tab");
        assertEquals(await focused(page), "Skip to the report");
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        await page.locator("#contents-list").waitFor();
        await page.evaluate(axe.source);
        assertEquals(await page.evaluate(violations), []);
        await page.keyboard.press("Tab");
        await page.keyboard.press("Tab");
        const chosen = await focused(page);
        await page.keyboard.press("Enter");
        await page.locator("#contents-list").waitFor({ state: "hidden" });
        const heading = page.locator("h2", { hasText: chosen });
        const top = (await heading.boundingBox())?.y ?? -1;
        assert(top >= 30 && top < 120, `${chosen}: ${top} pixels from the top`);
      });
    }
  },

  "keeps a section and the marked cell in one address, back and forward": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      const hash = () => page.evaluate(() => location.hash);
      const isAt = (hash: string) =>
        page.waitForFunction((hash) => location.hash === hash, hash).then(() => {});
      await page.locator("table.cells tbody th button").first().click();
      const marked = await hash();
      assertMatch(marked, /^#cell=l1_penalty/);
      await page.locator(".section-link").nth(5).focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => /^#[a-z-]+&cell=/.test(location.hash));
      const both = await hash();
      assertEquals(both, `#${both.slice(1).split("&")[0]}&${marked.slice(1)}`);
      await page.keyboard.press("Escape");
      await isAt(`#${both.slice(1).split("&")[0]}`);
      await page.goBack();
      await isAt(marked);
      await page.locator(".choice:not([data-empty])").waitFor();
      await page.goForward();
      await page.locator(".choice[data-empty]").waitFor({ state: "attached" });
    }),

  "keeps the theme that the reader chooses, and prints light": (open) =>
    open(sampleInput(SAMPLES.oneSeed), DESK_AT_NIGHT, async (page) => {
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const choice = page.getByLabel("Theme");
      assertEquals([await paper(), await choice.inputValue()], [PAPER.dark, "system"]);
      await choice.selectOption("light");
      assertEquals(await paper(), PAPER.light);
      await page.emulateMedia({ colorScheme: "light" });
      await choice.selectOption("dark");
      assertEquals(await paper(), PAPER.dark);
      await page.emulateMedia({ media: "print" });
      assertEquals(await paper(), PAPER.print);
      assertEquals(await page.evaluate(() => localStorage.getItem("regsweep-theme")), "dark");
    }),

  "gives each chart about the room that it takes": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      const charts = await page.locator(".chart[id]").evaluateAll((all) =>
        all.map((chart) => ({
          id: chart.id,
          room: parseFloat(getComputedStyle(chart).getPropertyValue("--room")),
          height: chart.querySelector("svg")?.clientHeight ?? 0,
        }))
      );
      const wrong = charts.filter(({ id, room, height }) =>
        !/^units/.test(id) && Math.abs(room - height) > 60
      );
      assertEquals(wrong, []);
    }),

  "draws a chart when it comes near, and hardly moves what is seen": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), { ...PHONE, isAsOpened: true }, async (page) => {
      const hasLibraries = () => page.evaluate(() => "chartLibraries" in globalThis);
      const drawn = page.locator(".chart[id] svg");
      assertEquals([await hasLibraries(), await drawn.count()], [false, 0]);
      for (const chart of await page.locator(".chart[id]").all()) {
        if (!await chart.isVisible()) continue;
        await chart.scrollIntoViewIfNeeded();
        await chart.locator("svg").first().waitFor();
      }
      assertEquals([await hasLibraries(), await drawn.count() > 3], [true, true]);
      const shift = await page.evaluate(layoutShift);
      assert(shift <= GOOD_SHIFT, `${shift}`);
    }),
};

/** Run in the page: how much has moved in the window without the reader's doing, as a share of it. */
function layoutShift(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const observer = new PerformanceObserver((list) => {
    const values = list.getEntries().map((entry) =>
      Reflect.get(entry, "hadRecentInput") ? 0 : Reflect.get(entry, "value")
    );
    resolve(values.reduce((sum, value) => sum + value, 0));
  });
  observer.observe({ type: "layout-shift", buffered: true });
  // Nothing is reported where nothing has moved.
  setTimeout(() => resolve(0), 500);
  return promise;
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? "");
}

/** Run in the page: all that axe-core finds fault with. */
async function violations(): Promise<string[]> {
  const { violations } = await Reflect.get(globalThis, "axe").run({ resultTypes: ["violations"] });
  return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
    `${id}: ${nodes.map(({ html }) => html).join(" ").slice(0, 300)}`
  );
}
