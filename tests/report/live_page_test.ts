import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { renderReport } from "../../src/report/render_report.ts";
import type { ManifestUnfinished } from "../../src/results/manifest.ts";
import { HAS_TO_SKIP, withBrowser } from "./_browser.ts";
import { type Sample, sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

const AT = Date.parse("2026-11-27T14:05:00Z");

/** A page of a sweep: of one cell, which is drawn in no time, where its content does not matter. */
async function pageOf(
  unfinished: ManifestUnfinished | undefined,
  sample: Sample = SAMPLES.oneCell,
): Promise<string> {
  const input = sampleInput(sample);
  const state = unfinished ? "unfinished" : "complete";
  const runs = { ...input.manifest.runs };
  return await renderReport({
    ...input,
    manifest: { ...input.manifest, state, ...unfinished && { unfinished }, runs },
  });
}

/** What is said of a sweep that runs, in a page that is written so many seconds after `AT`. */
function running(seconds: number): ManifestUnfinished {
  const written = new Date(AT + 1000 * seconds).toISOString();
  return { planned: 1000, why: "running", written, againSeconds: 120, secondsLeft: 600 };
}

/** Opens a page, at a time that tests move; counts how often it is loaded. */
async function withPage(
  browser: Browser,
  html: string,
  test: (page: Page, loads: () => number, write: (html: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 1000, height: 700 },
  });
  try {
    const path = join(folder, "report.html");
    await Deno.writeTextFile(path, html);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    let loads = 0;
    page.on("request", (request) => {
      if (request.url().startsWith("file:")) loads++;
    });
    await page.clock.install({ time: AT });
    await page.goto(pathToFileURL(path).href);
    await page.locator("html[data-state=ready]").waitFor();
    await test(page, () => loads, (html) => Deno.writeTextFile(path, html));
    assertEquals(complaints, []);
  } finally {
    await context.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Lets time go by, and waits for the page that is there then. */
async function pass(page: Page, seconds: number): Promise<void> {
  await page.clock.runFor(1000 * seconds);
  await page.locator("html[data-state=ready]").waitFor();
}

Deno.test({
  name: "a page of a sweep in a browser",
  ignore: HAS_TO_SKIP,
  fn: (t) =>
    withBrowser(async (browser) => {
      const live = await pageOf(running(0));
      const large = await pageOf(running(0), SAMPLES.elasticNet);

      await t.step(
        "reloads itself while the sweep runs, and no more when it is complete",
        async () => {
          await withPage(browser, live, async (page, loads, write) => {
            const note = page.locator("#live");
            assertMatch(
              await note.textContent() ?? "",
              /^This page reloads itself while the sweep runs/,
            );
            await pass(page, 25);
            assertEquals(loads(), 1);
            await write(await pageOf(undefined));
            await page.clock.runFor(10_000);
            await note.waitFor({ state: "detached" });
            assertEquals(loads(), 2);
            await pass(page, 3600);
            assertEquals(loads(), 2);
          });
        },
      );

      await t.step("keeps the address, the place and what is unfolded", async () => {
        await withPage(browser, large, async (page, loads, write) => {
          const cell = page.locator("table.cells tbody th button, table.cells tbody th").nth(2);
          await cell.click();
          await page.locator("#what-was-run").scrollIntoViewIfNeeded();
          await page.locator("details").first().evaluate((element) => {
            (element as HTMLDetailsElement).open = !(element as HTMLDetailsElement).open;
          });
          const facts = () =>
            page.evaluate(() => ({
              hash: location.hash,
              top: document.querySelector("#what-was-run")?.getBoundingClientRect().top ?? 0,
              open: Array.from(document.querySelectorAll("details"), ({ open }) => open),
            }));
          const before = await facts();
          assert(before.hash.includes("cell="), before.hash);
          await write(await pageOf(running(30), SAMPLES.elasticNet));
          await page.clock.runFor(35_000);
          await page.waitForFunction(() => document.documentElement.dataset.state === "ready");
          await page.clock.runFor(2000);
          assertEquals(loads(), 2);
          const after = await facts();
          assertEquals([after.hash, after.open], [before.hash, before.open]);
          assert(Math.abs(after.top - before.top) < 40, `${before.top} and then ${after.top}`);
        });
      });

      await t.step("waits while the reader types or has something open", async () => {
        await withPage(browser, large, async (page, loads) => {
          await page.locator("#cells-filter").focus();
          await pass(page, 60);
          assertEquals(loads(), 1);
          // At once: between the two, nothing keeps the page from its reload.
          await page.locator("[popovertarget=cells-columns]").evaluate((button: HTMLElement) => {
            document.getElementById("cells-filter")?.blur();
            button.click();
          });
          await pass(page, 30);
          assertEquals(loads(), 1);
          await page.keyboard.press("Escape");
          await page.clock.runFor(3000);
          await page.waitForFunction(() => document.documentElement.dataset.state === "ready");
          assertEquals(loads(), 2);
        });
      });

      await t.step("says after minutes that it is overdue, and goes on when it comes", async () => {
        await withPage(browser, live, async (page, loads, write) => {
          const note = async () => await page.locator("#live").textContent() ?? "";
          for (let half = 0; half < 6; half++) await pass(page, 31);
          assertMatch(
            await note(),
            /^Written at .*, this page should have been written again by .*: the sweep is slow, or/,
          );
          const before = loads();
          assert(before <= 7, String(before));
          await write(await pageOf(running(250)));
          for (let half = 0; half < 4; half++) await pass(page, 31);
          assert(loads() > before);
          assertMatch(await note(), /^This page reloads itself/);
        });
      });

      await t.step(
        "says so at last when nothing newer is written, and reloads no more",
        async () => {
          await withPage(browser, live, async (page, loads) => {
            for (let half = 0; half < 70; half++) await pass(page, 31);
            const note = await page.locator("#live").textContent();
            assertMatch(note ?? "", /^Nothing newer has been written since /);
            const before = loads();
            assert(before <= 23, String(before));
            await pass(page, 3600);
            assertEquals(loads(), before);
          });
        },
      );

      await t.step("does not reload after an interruption", async () => {
        const html = await pageOf({ planned: 1000, why: "interrupted" });
        await withPage(browser, html, async (page, loads) => {
          assertEquals(await page.locator("#live").count(), 0);
          await pass(page, 3600);
          assertEquals(loads(), 1);
        });
      });
    }),
});
