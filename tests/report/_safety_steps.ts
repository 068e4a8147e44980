/// <reference lib="dom" />
import { assertEquals, assertStringIncludes } from "@std/assert";
import axe from "axe-core";
import { assertDrawn } from "./_assert_drawn.ts";
import { type BrowserStep, DESK, PHONE } from "./_browser_step.ts";
import { HOSTILE_TEXT, hostileInput } from "./_hostile_input.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";
import { seriousViolations } from "./_serious_violations.ts";

/** Reports shut nobody out and let nothing in. */
export const SAFETY_STEPS: Record<string, BrowserStep> = {};

for (const name of ["l1VsL2", "elasticNet", "threeWays", "diverged", "prices", "skewed"] as const) {
  SAFETY_STEPS[`has no serious barrier in ${name}`] = async (open) => {
    for (const look of name === "l1VsL2" ? [DESK, PHONE] : [DESK]) {
      await open(sampleInput(SAMPLES[name]), look, async (page) => {
        await page.evaluate(axe.source);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          assertEquals(await page.evaluate(seriousViolations), [], colorScheme);
          await page.locator("table.cells tbody button").first().click();
        }
      });
    }
  };
}

for (
  const name of [
    "diverged",
    "elasticNet",
    "threeWays",
    "fourTechniques",
    "skewed",
  ] as const
) {
  SAFETY_STEPS[`shows whatever users' files say as text in ${name}`] = (open) =>
    open(hostileInput(SAMPLES[name]), PHONE, async (page) => {
      page.on("dialog", () => {
        throw new Error("a name was run");
      });
      await assertDrawn(page);
      assertEquals(await page.title(), `${HOSTILE_TEXT} · regsweep`);
      assertEquals(await page.locator("h1").textContent(), HOSTILE_TEXT);
      const more = page.locator(".legend .more");
      if (await more.count() > 0) await more.click();
      for (const input of await page.locator(".legend input").all()) await input.check();
      await page.locator("table.cells tbody button").first().click();
      assertStringIncludes(await page.locator(".choice p").textContent() ?? "", HOSTILE_TEXT);
      await page.locator("#ranked-cells .role-mark.mark-symbol path").last().hover();
      const tooltip = page.locator("#vg-tooltip-element.visible");
      assertStringIncludes((await tooltip.textContent()) ?? "", HOSTILE_TEXT);
      assertEquals(await page.locator("main img, main script, .vg-tooltip img").count(), 0);
    });
}

SAFETY_STEPS["shows a target's name as text"] = (open) =>
  open(hostileInput(SAMPLES.prices), PHONE, async (page) => {
    page.on("dialog", () => {
      throw new Error("a name was run");
    });
    await assertDrawn(page);
    await page.locator("#residuals .role-mark.mark-symbol path").last().hover();
    const tooltip = page.locator("#vg-tooltip-element.visible");
    assertStringIncludes((await tooltip.textContent()) ?? "", `Actual ${HOSTILE_TEXT}`);
    assertEquals(await page.locator("main img, main script, .vg-tooltip img").count(), 0);
  });

SAFETY_STEPS["shows names as text where scripts are off"] = (open) =>
  open(hostileInput(), { ...DESK, isScriptless: true }, async (page) => {
    assertStringIncludes(
      await page.locator("noscript svg").textContent() ?? "",
      HOSTILE_TEXT.slice(0, 20),
    );
    assertEquals(await page.locator("main img, main script").count(), 0);
  });

SAFETY_STEPS["runs no script but its own"] = async (open) => {
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
