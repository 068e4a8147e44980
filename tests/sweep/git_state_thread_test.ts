import { assertEquals, assertStringIncludes } from "@std/assert";
import { gitState } from "../../src/sweep/git_state.ts";
import { GitStateThread } from "../../src/sweep/git_state_thread.ts";
import { ROOT } from "../_source_files.ts";

const FOLDER = `${ROOT}/`;

Deno.test("GitStateThread gives what gitState() gives", async () => {
  using thread = new GitStateThread({ folder: FOLDER, of: ["src"] });
  assertEquals(await thread.state, await gitState(FOLDER, { of: ["src"] }));
});

Deno.test("GitStateThread says why its thread cannot tell", async () => {
  const url = new URL("data:text/javascript,throw new Error('no such luck')");
  using thread = new GitStateThread({ folder: FOLDER }, url);
  const { reason = "", ...state } = await thread.state;
  assertEquals(state, { commit: null, clean: null });
  assertStringIncludes(reason, "no such luck");
});

// That nothing is left running is checked after each test.
Deno.test("GitStateThread can be ended before it has an answer", () => {
  using _ = new GitStateThread({ folder: FOLDER });
});
