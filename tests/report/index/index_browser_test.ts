/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { renderIndex } from "../../../src/report/index/render_index.ts";
import { answerOf } from "../../../src/report/answer_of.ts";
import type { IndexEntry } from "../../../src/report/index/index_entry.ts";
import { HAS_TO_SKIP, type Look, withBrowsers, withReport } from "../_browser.ts";
import { DESK, DESK_AT_NIGHT, PHONE, TABLET } from "../_browser_step.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

const NAMES = ["fourTechniques", "skewed", "sampled", "allDiverged", "prices"] as const;

const TAGS = [["paper", "table-2"], [], ["paper-2"], ["x".repeat(40), "Paper"], []] as const;

const ENTRIES = NAMES.map((name, index): IndexEntry => {
  const input = sampleInput(SAMPLES[name]);
  const { experiment, runs } = input.manifest;
  return {
    ...{ folder: experiment.name, name: experiment.name, question: experiment.description },
    ...{ tags: TAGS[index], notes: "" },
    answer: answerOf(input),
    ...{ runs: runs.total, planned: runs.total + index % 2, failed: runs.failed },
    state: index % 2 === 0 ? "complete" : "unfinished",
    started: `2026-03-${20 - index}T15:09:26.535Z`,
    hasReport: true,
  };
});

/** Names of the sweeps that are shown, in their order. */
async function shown(page: Page): Promise<string[]> {
  return await page.locator("table.sweeps tbody tr:visible th > a").allTextContents();
}

type Step = (page: Page) => Promise<void>;

const STEPS: Readonly<Record<string, readonly [Look, Step]>> = {
  "sorts by a heading, and the other way at a second click": [DESK, async (page) => {
    const before = ["four-techniques", "oil-spill", "sampled", "all-diverged", "prices"];
    assertEquals(await shown(page), before);
    await page.getByRole("button", { name: "Runs" }).click();
    const byRuns = ["four-techniques", "prices", "oil-spill", "sampled", "all-diverged"];
    assertEquals(await shown(page), byRuns);
    await page.getByRole("button", { name: "Runs" }).click();
    assertEquals(await shown(page), byRuns.toReversed());
    // With the keyboard alone; what has no difference stays last.
    await page.getByRole("button", { name: "Difference" }).focus();
    await page.keyboard.press("Enter");
    assertEquals((await shown(page)).at(-1), "all-diverged");
    assertEquals(await page.locator("th[aria-sort]").allTextContents(), ["Difference"]);
    await page.getByLabel("Sort by").selectOption("Sweep");
    assertEquals((await shown(page))[0], "all-diverged");
  }],

  "finds sweeps by words, verdict and state, and keeps the words in the address": [
    TABLET,
    async (page) => {
      await page.getByLabel("Find").fill("PENALTY nothing");
      assertEquals(await shown(page), ["oil-spill"]);
      assertEquals(await page.getByRole("status").textContent(), "1 of 5 sweeps");
      const other = await page.context().newPage();
      await other.goto(page.url());
      assertEquals(await shown(other), ["oil-spill"]);
      await page.getByLabel("Find").fill("");
      await page.getByLabel("Verdict").selectOption("better");
      assertEquals(await shown(page), ["four-techniques", "prices"]);
      await page.getByLabel("State").selectOption("unfinished");
      assertEquals(await shown(page), []);
      await page.getByLabel("Verdict").selectOption("any");
      assertEquals(await shown(page), ["oil-spill", "all-diverged"]);
      assert(!page.url().includes("#"), page.url());
    },
  ],

  "finds the sweeps that have a tag, typed or clicked, and goes back": [TABLET, async (page) => {
    const find = page.getByLabel("Find");
    await find.fill("#pap");
    assertEquals(await shown(page), ["four-techniques", "sampled", "all-diverged"]);
    await find.fill("#paper");
    assertEquals(await shown(page), ["four-techniques", "all-diverged"]);
    await find.fill("");
    await page.getByRole("link", { name: "#paper-2" }).click();
    assertEquals([await shown(page), await find.inputValue()], [["sampled"], "#paper-2"]);
    await page.goBack();
    assertEquals([(await shown(page)).length, await find.inputValue()], [5, ""]);
  }],

  "can be read on a phone, without sideways scrolling": [PHONE, fits],
  "can be read at 800 pixels": [TABLET, fits],
  "can be read at 1600 pixels, in the dark": [DESK_AT_NIGHT, fits],
  "can be read without scripts": [{ ...DESK, isScriptless: true }, async (page) => {
    assertEquals((await shown(page)).length, 5);
    assertEquals(await page.locator("form").count(), 0);
  }],
};

/** Nothing is wider than the window, and nobody is shut out. */
async function fits(page: Page): Promise<void> {
  const width = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  assertEquals(await page.evaluate(width), 0);
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { violations } = await Reflect.get(globalThis, "axe").run({
      resultTypes: ["violations"],
    });
    return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
      `${id}: ${nodes[0].html}`
    );
  });
  assertEquals(violations, []);
}

Deno.test({
  name: "the index in a browser",
  ignore: HAS_TO_SKIP,
  fn: (t) =>
    withBrowsers(async (use) => {
      const folder = await Deno.makeTempDir();
      const path = join(folder, "index.html");
      try {
        const unreadable = [{ folder: "old", reason: "Cannot read manifest.json" }];
        await Deno.writeTextFile(path, await renderIndex({ entries: ENTRIES, unreadable }));
        for (const [name, [look, step]] of Object.entries(STEPS)) {
          await t.step(name, () => use((browser) => withReport(browser, path, look, step)));
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }),
});
