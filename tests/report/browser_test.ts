import { ANSWER_STEPS } from "./_answer_steps.ts";
import { COMPARED_STEPS } from "./_compared_steps.ts";
import { CURVE_STEPS } from "./_curve_steps.ts";
import { INTERACTION_STEPS } from "./_interaction_steps.ts";
import { PAGE_STEPS } from "./_page_steps.ts";
import { SAFETY_STEPS } from "./_safety_steps.ts";
import { SETTINGS_STEPS } from "./_settings_steps.ts";
import { TABLE_STEPS } from "./_table_steps.ts";
import { testInBrowser } from "./_test_in_browser.ts";

testInBrowser("a report in a browser", {
  ...ANSWER_STEPS,
  ...INTERACTION_STEPS,
  ...COMPARED_STEPS,
  ...CURVE_STEPS,
  ...TABLE_STEPS,
  ...SETTINGS_STEPS,
  ...PAGE_STEPS,
  ...SAFETY_STEPS,
});
