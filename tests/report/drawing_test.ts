import { DRAWING_STEPS } from "./_drawing_steps.ts";
import { testInBrowser } from "./_test_in_browser.ts";

// A file of its own: together, browser tests would take longer than all others beside them.
testInBrowser("a report's charts in a browser", DRAWING_STEPS);
