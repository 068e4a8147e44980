// deno-lint-ignore-file no-console -- a program for the terminal
import { assertPrintsLog, NOTEBOOK_LOGS } from "./end_to_end/_notebook_logs.ts";

// The two logs of the notebook from their first line to their last; the tests hold their beginnings.
for (const file of Object.keys(NOTEBOOK_LOGS)) {
  await assertPrintsLog(file);
  console.log(`${file}: every line is printed`);
}
