/// <reference lib="dom" />
import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { type BrowserStep, DESK, DESK_AT_NIGHT, PHONE, TABLET } from "./_browser_step.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

/** The answer is what readers see first, and can take with them. */
export const ANSWER_STEPS: Record<string, BrowserStep> = {
  "copies the setting to use, with the keyboard alone": (open) =>
    open(sampleInput(SAMPLES.fourTechniques), DESK, async (page) => {
      await page.locator("button[data-copies]").focus();
      await page.keyboard.press("Enter");
      await page.locator(".use [role=status]", { hasText: "Copied" }).waitFor();
      // What was copied is what can be pasted.
      await page.evaluate(() => {
        const field = document.createElement("textarea");
        document.body.append(field);
        field.focus();
      });
      await page.keyboard.press("Control+V");
      assertEquals(
        await page.locator("body > textarea").inputValue(),
        await page.locator("#use-yaml").textContent(),
      );
    }),

  "says with a shadow that the setting to use goes on below": (open) =>
    open(sampleInput(SAMPLES.fourTechniques), DESK, async (page) => {
      const box = page.locator("#use-yaml");
      // Without its text, what is left to differ is the shadow.
      await box.evaluate((pre) => pre.style.cssText = "color: transparent; max-height: 4rem");
      const above = await box.screenshot();
      await box.evaluate((pre) => pre.scrollTop = pre.scrollHeight);
      assert(await box.evaluate((pre) => pre.scrollTop) > 0);
      assertNotEquals(above, await box.screenshot());
    }),

  "folds remarks away, and has them on paper": (open) =>
    open(sampleInput(SAMPLES.threeWays), DESK, async (page) => {
      const remark = page.locator(".further p").first();
      assert(!await remark.isVisible());
      await page.locator(".further summary").focus();
      await page.keyboard.press("Enter");
      assert(await remark.isVisible());
      await page.keyboard.press("Enter");
      await page.emulateMedia({ media: "print" });
      assert(await remark.isVisible());
      assert(!await page.locator(".use button").isVisible());
    }),

  "answers without scripts, and offers no button then": (open) =>
    open(sampleInput(SAMPLES.l1VsL2), { ...PHONE, isScriptless: true }, async (page) => {
      assertStringIncludes(
        await page.locator("#answer").textContent() ?? "",
        "Keep no regularization",
      );
      assert(await page.locator("#use-yaml").isVisible());
      assert(!await page.locator("button[data-copies]").isVisible());
    }),
};

for (const look of [PHONE, TABLET, DESK, DESK_AT_NIGHT]) {
  ANSWER_STEPS[`answers within the first window at ${look.width} px, ${look.colorScheme}`] = (
    open,
  ) =>
    open(sampleInput(SAMPLES.sampled), look, async (page) => {
      await assertInside(page);
      const limit = await page.locator(".limit").boundingBox();
      assert(limit && limit.y + limit.height <= 900, JSON.stringify(limit));
    });
}

/** Checks that nothing in the card is wider than the card. */
async function assertInside(page: Page): Promise<void> {
  const outside = await page.locator(".answer *").evaluateAll((elements) => {
    const card = document.querySelector(".answer")?.getBoundingClientRect();
    return elements.filter((element) =>
      element.getBoundingClientRect().right > (card?.right ?? 0) && !element.closest("pre")
    ).map((element) => element.outerHTML);
  });
  assertEquals(outside, []);
}
