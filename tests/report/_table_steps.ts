/// <reference lib="dom" />
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import axe from "axe-core";
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
import { LARGE, SAMPLES } from "./_samples.ts";
import { seriousViolations } from "./_serious_violations.ts";

const LARGE_INPUT = sampleInput(LARGE);

/** The table of cells is searched, sorted, arranged and copied. */
export const TABLE_STEPS: Record<string, BrowserStep> = {
  "filters the cells by a pattern, in table, charts and address": (open) =>
    open(sampleInput(SAMPLES.threeWays), DESK, async (page) => {
      assertEquals(await rows(page).count(), 24);
      const field = page.getByLabel("Filter");
      await field.fill("learning_rate>0.05 activation=relu");
      assertEquals(await rows(page).count(), 8);
      for (const name of await rows(page).allTextContents()) {
        assertMatch(name, /learning rate 0\.[13].*relu/);
      }
      assertEquals(await message(page), "8 of 24 cells");
      assertEquals(
        new URLSearchParams(new URL(page.url()).hash.slice(1)).get("filter"),
        "learning_rate>0.05 activation=relu",
      );
      const faded = page.locator("#ranked-cells .mark-symbol path[opacity='0.3']");
      await page.waitForFunction(() =>
        document.querySelectorAll("#ranked-cells .mark-symbol path[opacity='0.3']").length > 0
      );
      assertEquals(await faded.count(), 16);
      await field.fill("");
      assertEquals([await rows(page).count(), await message(page)], [24, ""]);
      assertEquals(new URL(page.url()).hash, "");
    }),

  "says what is wrong with a pattern, and keeps the last one": (open) =>
    open(sampleInput(SAMPLES.threeWays), PHONE_AT_NIGHT, async (page) => {
      const field = page.getByLabel("Filter");
      await field.fill("activation=relu");
      for (
        const [text, said] of [
          ["activation=relu learning", "It is neither a cell's name nor a pattern"],
          ["activatio=relu", 'There is no column "activatio" (did you mean "activation"?)'],
          ["activation>relu", "> compares numbers, not words (activation is relu or tanh)"],
        ]
      ) {
        await field.fill(text);
        assertStringIncludes(await message(page), said);
        assertEquals([await rows(page).count(), await field.getAttribute("aria-invalid")], [
          12,
          "true",
        ]);
      }
      await field.fill("l2_penalty>1");
      assertEquals(
        await message(page),
        "No cell matches (l2_penalty is 0, 0.0001, 0.001 or 0.01)",
      );
      assertEquals(await rows(page).count(), 0);
      await assertDrawn(page);
    }),

  "opens with the filter that the address has, and finds a cell by its name": (open) =>
    open(sampleInput(SAMPLES.threeWays), DESK_AT_NIGHT, async (page) => {
      const other = await page.context().newPage();
      await other.goto(`${page.url().replace(/#.*/, "")}#filter=learning_rate%3E0.1`);
      await other.locator("html[data-state=ready]").waitFor();
      assertEquals(await other.getByLabel("Filter").inputValue(), "learning_rate>0.1");
      assertEquals([await rows(other).count(), await message(other)], [8, "8 of 24 cells"]);
      await other.evaluate(() => location.hash = "#filter=activation%3Dtanh");
      await rows(other).nth(11).waitFor();
      assertEquals([await rows(other).count(), await message(other)], [12, "12 of 24 cells"]);
      await other.close();
      const name = "learning rate 0.3 + L2 penalty 0.01 + activation tanh";
      await page.getByLabel("Filter").fill(name);
      assertEquals(await rows(page).allTextContents(), [name]);
    }),

  "finds and shows all of a thousand cells": (open) =>
    open(LARGE_INPUT, TABLET, async (page) => {
      assertEquals(await rows(page).count(), 100);
      await page.getByLabel("Filter").fill("l1_penalty=0.00001 l2_penalty>=0.0024");
      assertEquals(await rows(page).allTextContents(), ["L1 penalty 1e-5 + L2 penalty 0.0024"]);
      await page.getByLabel("Filter").fill("l1_penalty>0");
      assertEquals([await rows(page).count(), await message(page)], [100, "975 of 1,000 cells"]);
      await page.getByLabel("Filter").fill("");
      await page.getByRole("button", { name: "Show all 1,000 cells" }).click();
      assertEquals(await rows(page).count(), 1000);
      assertEquals(await page.locator(".cells-more .more").count(), 0);
      await assertDrawn(page);
    }),

  "sorts by the keys alone, also by words, and says how": (open) =>
    open(sampleInput(SAMPLES.threeWays), DESK, async (page) => {
      await page.getByRole("region", { name: "All cells" }).focus();
      await page.keyboard.press("Tab");
      const sorted = () =>
        page.locator("table.cells [aria-sort]").evaluateAll((headings) =>
          headings.map((heading) =>
            `${heading.querySelector("button")?.textContent} ${heading.getAttribute("aria-sort")}`
          )
        );
      assertEquals(await sorted(), ["Mean (%) descending"]);
      await page.keyboard.press("Enter");
      assertEquals(await sorted(), ["Cell ascending"]);
      assertStringIncludes(await rows(page).first().textContent() ?? "", "learning rate 0.03");
      const heading = page.getByRole("button", { name: "Activation", exact: true });
      await heading.focus();
      await page.keyboard.press("Space");
      assertEquals(await sorted(), ["Activation ascending"]);
      const words = () => columnOf(page, "Activation");
      assertEquals(await words(), [...Array(12).fill("relu"), ...Array(12).fill("tanh")]);
      await page.keyboard.press("Space");
      assertEquals(await sorted(), ["Activation descending"]);
      assertEquals((await words())[0], "tanh");
    }),

  "keeps order and columns in the address": (open) =>
    open(sampleInput(SAMPLES.threeWays), DESK, async (page) => {
      await page.getByRole("button", { name: "Activation", exact: true }).click();
      await page.getByRole("button", { name: "Activation", exact: true }).click();
      await page.getByRole("button", { name: "Columns" }).click();
      await page.getByLabel("Mean (%)").uncheck();
      await page.getByLabel("Training loss").check();
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.locator("html[data-state=ready]").waitFor();
      const headings = (page: Page) => page.locator("table.cells thead button").allTextContents();
      assertEquals(await headings(other), await headings(page));
      assertEquals((await headings(other)).includes("Mean (%)"), false);
      assertEquals((await columnOf(other, "Activation"))[0], "tanh");
      await other.evaluate(() => location.hash = "#sort=none&columns=none");
      await other.locator("table.cells thead button").nth(1).waitFor({ state: "detached" });
      assertEquals(await headings(other), ["Cell"]);
      assertEquals(await rows(other).count(), 24);
      await other.close();
      await page.getByRole("button", { name: "Reset" }).click();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Mean (%)", exact: true }).click();
      assertEquals(new URL(page.url()).hash, "");
    }),

  "lets the reader choose columns by the keys": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), PHONE, async (page) => {
      const headings = () => page.locator("table.cells thead button").allTextContents();
      const usual = await headings();
      assertEquals(usual.slice(-2), ["L1 penalty", "L2 penalty"]);
      const button = page.getByRole("button", { name: "Columns" });
      await button.focus();
      await page.keyboard.press("Enter");
      const menu = page.locator("#cells-columns");
      assertEquals(await menu.isVisible(), true);
      const box = await menu.boundingBox();
      assert(box && box.x >= 0 && box.x + box.width <= PHONE.width, JSON.stringify(box));
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      assertEquals((await headings()).includes("Mean (%)"), false);
      await page.getByLabel("Training loss").check();
      assertEquals((await headings()).at(-1), "Training loss");
      await page.keyboard.press("Escape");
      assertEquals(await menu.isVisible(), false);
      assertEquals(await button.evaluate((element) => element === document.activeElement), true);
      await button.click();
      await page.getByRole("button", { name: "Show all" }).click();
      assertEquals((await headings()).at(-1), "In the CSV files");
      await page.getByRole("button", { name: "Reset" }).click();
      assertEquals(await headings(), usual);
      await page.keyboard.press("Escape");
      await assertDrawn(page);
    }),

  "hides the mean's interval alone where there is little room": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), PHONE, async (page) => {
      const shown = (column: string) =>
        page.locator("table.cells tbody tr").first().locator(`${column} small`).isVisible();
      assertEquals([await shown("td.metric"), await shown("td:nth-child(3)")], [false, true]);
      await page.getByRole("button", { name: "Columns" }).click();
      await page.getByLabel("Mean (%)").uncheck();
      assertEquals(await shown("td:nth-child(2)"), true);
    }),

  "closes a menu with Escape, and keeps the mark": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      await rows(page).first().click();
      await page.getByRole("button", { name: "Columns" }).click();
      await page.keyboard.press("Escape");
      assertEquals(await page.locator("#cells-columns").isVisible(), false);
      assertEquals(await page.locator(".cells tr[data-chosen]").count(), 1);
      await page.keyboard.press("Escape");
      assertEquals(await page.locator(".cells tr[data-chosen]").count(), 0);
    }),

  "copies the rows and columns that are shown, and says so": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
      await page.evaluate(() => {
        navigator.clipboard.writeText = (text) => {
          document.body.dataset.copied = text;
          return Promise.resolve();
        };
      });
      const copied = () => page.evaluate(() => document.body.dataset.copied ?? "");
      await page.getByLabel("Filter").fill("l2_penalty>=0.001");
      await page.getByRole("button", { name: "Copy table" }).click();
      await page.getByRole("button", { name: "Copy as CSV" }).click();
      const said = page.locator("#cells-copy [role=status]");
      assertEquals(await said.textContent(), "Copied 3 cells as CSV.");
      const [names, ...records] = parse(await copied());
      assertEquals(names.slice(0, 5), ["name", "role", "mean", "ci_low", "ci_high"]);
      assertEquals(records.map(([name]) => name), await rows(page).allTextContents());
      await page.getByRole("button", { name: "Copy as Markdown" }).click();
      assertEquals(await said.textContent(), "Copied 3 cells as Markdown.");
      assertEquals((await copied()).trim().split("\n").length, 2 + 3);
      await page.getByRole("button", { name: "Copy as LaTeX" }).click();
      assertStringIncludes(await copied(), "\\toprule");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Copy table" }).click();
      assertEquals(await said.textContent(), "");
    }),

  "copies where pages from disk have no clipboard, or shows the text": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), PHONE, async (page) => {
      await page.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
        document.addEventListener("copy", ({ target }) => {
          document.body.dataset.copied = (target as HTMLTextAreaElement).value;
        });
      });
      await page.getByRole("button", { name: "Copy table" }).click();
      await page.getByRole("button", { name: "Copy as CSV" }).click();
      const said = page.locator("#cells-copy [role=status]");
      await said.filter({ hasText: "Copied 9 cells as CSV." }).waitFor();
      assertMatch(await page.evaluate(() => document.body.dataset.copied ?? ""), /^name,role,mean/);
      await page.evaluate(() => {
        document.execCommand = () => false;
      });
      await page.getByRole("button", { name: "Copy as CSV" }).click();
      await said.filter({ hasText: "copy this text" }).waitFor();
      const text = page.getByLabel("The table as text");
      assertMatch(await text.inputValue(), /^name,role,mean/);
      assertEquals(await text.evaluate((field) => field === document.activeElement), true);
    }),

  "draws each row's interval on the axis of its column": (open) =>
    open(sampleInput(SAMPLES.prices), DESK, async (page) => {
      const bars = page.locator("table.cells td:nth-child(3) svg.bar");
      assertEquals([await rows(page).count(), await bars.count()], [10, 9]);
      const places = await bars.evaluateAll((all) =>
        all.map((bar) => ({
          verdict: bar.closest("tr")?.textContent?.match(/better|worse/)?.[0],
          at: Number(bar.querySelector("circle")?.getAttribute("cx")),
          zero: bar.querySelector(".reference")?.getAttribute("d"),
        }))
      );
      assertEquals(new Set(places.map(({ zero }) => zero)).size, 1);
      const zero = Number(places[0].zero?.match(/^M([\d.]+)/)?.[1]);
      for (const { verdict, at } of places) {
        if (verdict === "better") assert(at < zero, `${at}`);
        if (verdict === "worse") assert(at > zero, `${at}`);
      }
    }),

  "prints the filter with the cells that it leaves, without hyperparameters": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), { width: 720, colorScheme: "light" }, async (page) => {
      await page.getByLabel("Filter").fill("l2_penalty>=0.001");
      await page.emulateMedia({ media: "print" });
      assertEquals(await page.locator(".table-tools").isVisible(), false);
      assertEquals(await page.locator(".cells .swept").first().isVisible(), false);
      const text = await page.locator(".on-paper").textContent() ?? "";
      assertEquals(
        text.replace(/\s+/g, " ").trim(),
        "3 of 9 cells, by the filter l2_penalty>=0.001",
      );
      await assertDrawn(page);
    }),
};

for (const look of [PHONE, PHONE_AT_NIGHT, TABLET, DESK, DESK_AT_NIGHT]) {
  const { width, colorScheme } = look;
  TABLE_STEPS[`keeps names and headings of the table in view, ${width} px, ${colorScheme}`] = (
    open,
  ) =>
    open(sampleInput(SAMPLES.elasticNet), look, async (page) => {
      const places = () =>
        page.evaluate(() =>
          ["table.cells thead th", "table.cells tbody th"].map((selector) => {
            const { x, y } = (document.querySelector(selector) as Element).getBoundingClientRect();
            return { x, y };
          })
        );
      const [heading, name] = await places();
      await page.locator(".cells-scroll").evaluate((element) => element.scrollBy(400, 300));
      const [headingAfter, nameAfter] = await places();
      assertEquals(headingAfter, heading);
      assertEquals(nameAfter.x, name.x);
      assert(nameAfter.y < name.y);
      await assertDrawn(page);
    });
}

for (const look of [PHONE, TABLET, DESK_AT_NIGHT]) {
  const { width, colorScheme } = look;
  TABLE_STEPS[`has no serious barrier in menus and messages, ${width} px, ${colorScheme}`] = (
    open,
  ) =>
    open(sampleInput(SAMPLES.skewed), look, async (page) => {
      await page.evaluate(axe.source);
      await page.getByLabel("Filter").fill("nothing");
      assertEquals(await page.evaluate(seriousViolations), []);
      for (const name of ["Columns", "Copy table"]) {
        await page.getByRole("button", { name }).click();
        assertEquals(await page.evaluate(seriousViolations), [], name);
        await page.keyboard.press("Escape");
      }
    });
}

function rows(page: Page) {
  return page.locator("table.cells tbody th bdi");
}

async function message(page: Page): Promise<string> {
  return await page.locator("#cells-filter-message").textContent() ?? "";
}

/** The texts of the column with a heading. */
async function columnOf(page: Page, heading: string): Promise<string[]> {
  const headings = await page.locator("table.cells thead button").allTextContents();
  const place = headings.indexOf(heading) + 1;
  return await page.locator(`table.cells tbody tr > :nth-child(${place})`).allTextContents();
}
