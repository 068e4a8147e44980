/// <reference lib="dom" />
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import axe from "axe-core";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { renderCollection } from "../../../src/report/collection/render_collection.ts";
import { HAS_TO_SKIP, type Look, withBrowsers, withReport } from "../_browser.ts";
import { DESK, DESK_AT_NIGHT, PHONE, PHONE_AT_NIGHT, TABLET } from "../_browser_step.ts";
import { HOSTILE_TEXT, hostileInput } from "../_hostile_input.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { seriousViolations } from "../_serious_violations.ts";
import { sampleCollection } from "./_sample_collection.ts";

const DATASETS = [
  ...["iris", "credit-g", "blood-transfusion-service-center", "vehicle", "numerai28.6"],
  ...["jungle_chess_2pcs_raw_endgame_complete", "wine"],
];
/** Pixels of a page of A4 between its margins. */
const PAPER: Look = { width: 688, colorScheme: "dark" };

/** Cells with more settings in their names than the diagram has room for, and more cells, too. */
const COCKTAILS = sampleInput({
  name: "cocktails",
  grid: [{ l2_penalty: [0] }, {
    ...{ l1_penalty: [1e-4, 1e-3], l2_penalty: [1e-3, 1e-2], dropout: [0.1, 0.3] },
    ...{ label_smoothing: [0.05, 0.1], input_dropout: [0.1, 0.2], max_norm: [2, 4] },
  }],
  seeds: 2,
  accuracy: ({ dropout }) => 0.9 + Number(dropout ?? 0) / 10,
});
const PAGES = {
  few: sampleCollection(sampleInput(SAMPLES.l1VsL2), DATASETS.slice(0, 3)),
  cocktails: sampleCollection(COCKTAILS, DATASETS),
  hostile: sampleCollection(hostileInput(), DATASETS),
};

type Step = readonly [page: keyof typeof PAGES, look: Look, test: (page: Page) => Promise<void>];

const STEPS: Readonly<Record<string, Step>> = {
  "can be read on a phone": ["few", PHONE, isReadable],
  "can be read on a phone in the dark, however long the names": [
    "cocktails",
    PHONE_AT_NIGHT,
    isReadable,
  ],
  "can be read at 800 pixels": ["cocktails", TABLET, isReadable],
  "is as wide as it is read at 1280 pixels": ["few", { ...DESK, width: 1280 }, async (page) => {
    await isReadable(page);
    const width = await page.locator("main").evaluate(({ clientWidth }) => clientWidth);
    assert(width > 1000, `${width} pixels`);
    const diagram = await page.locator(".diagram svg").boundingBox();
    assert(diagram !== null && diagram.width > 600, `${diagram?.width} pixels`);
    // Few rows and columns need no scrolling.
    for (const table of await page.locator(".cells-scroll").all()) {
      const isWhole = await table.evaluate((element) =>
        element.scrollWidth <= element.clientWidth && element.scrollHeight <= element.clientHeight
      );
      assert(isWhole, await table.getAttribute("aria-label") ?? "");
    }
  }],
  "can be read in a wide window, in the dark": ["cocktails", DESK_AT_NIGHT, isReadable],
  "leads to each dataset's report": ["cocktails", DESK, async (page) => {
    const links = page.locator("table.datasets tbody th a");
    assertEquals(await links.allTextContents(), DATASETS);
    const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assertEquals(targets, DATASETS.map((name) => `${name}/report.html`));
  }],
  "tells cells apart in the diagram where their names are cut": [
    "cocktails",
    DESK,
    async (page) => {
      const names = await page.locator(".diagram .role-mark text").allTextContents();
      assertEquals(new Set(names).size, names.length);
      const [first] = names.filter((name) => name.startsWith("1. "));
      const inTable = await page.locator("#ranks tbody th").first().textContent() ?? "";
      assert(inTable.startsWith(first.slice(0, -1)), `${first} and ${inTable}`);
    },
  ],
  "prints on white, with nothing that scrolls or is wider than the paper": [
    "cocktails",
    PAPER,
    async (page) => {
      await page.emulateMedia({ media: "print" });
      const { paper, ink, overflows, width } = await page.evaluate(() => ({
        paper: getComputedStyle(document.body).backgroundColor,
        ink: getComputedStyle(document.querySelector(".diagram .role-axis-title text") as Element)
          .fill,
        overflows: [...document.querySelectorAll(".scroll")].map((element) =>
          getComputedStyle(element).overflow
        ),
        width: document.documentElement.scrollWidth,
      }));
      assertEquals([paper, ink], ["rgb(255, 255, 255)", "rgb(29, 33, 38)"]);
      assertEquals([new Set(overflows), width], [new Set(["visible"]), PAPER.width]);
    },
  ],
  "shows whatever users' files say as text": ["hostile", PHONE, async (page) => {
    page.on("dialog", () => {
      throw new Error("a name was run");
    });
    await isReadable(page);
    assertEquals(await page.title(), `${HOSTILE_TEXT} · regsweep`);
    assertEquals(await page.locator("h1").textContent(), HOSTILE_TEXT);
    assertStringIncludes(await page.locator("#ranks tbody").textContent() ?? "", HOSTILE_TEXT);
    assertEquals(await page.locator("main img, main script").count(), 0);
  }],
};

/** Nothing is wider than the window, and nobody is shut out. */
async function isReadable(page: Page): Promise<void> {
  const overhang = () =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth;
  assertEquals(await page.evaluate(overhang), 0);
  await page.evaluate(axe.source);
  assertEquals(await page.evaluate(seriousViolations), []);
}

Deno.test({
  name: "the page over several datasets in a browser",
  ignore: HAS_TO_SKIP,
  fn: (t) =>
    withBrowsers(async (use) => {
      const folder = await Deno.makeTempDir();
      try {
        for (const [name, { results, found }] of Object.entries(PAGES)) {
          const html = await renderCollection(results, found);
          await Deno.writeTextFile(join(folder, `${name}.html`), html);
        }
        for (const [name, [page, look, step]] of Object.entries(STEPS)) {
          const path = join(folder, `${page}.html`);
          await t.step(name, () =>
            use((browser) => withReport(browser, path, { ...look, isStill: true }, step)));
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }),
});
