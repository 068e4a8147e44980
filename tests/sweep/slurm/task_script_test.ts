import { assert, assertStringIncludes } from "@std/assert";
import { taskScript } from "../../../src/sweep/slurm/task_script.ts";

const OPTIONS = { deno: "/opt/deno", project: "/p", submission: "/reports/it's/slurm/1" };

Deno.test("taskScript() lets a task start programs only if its trainers are programs", () => {
  const usual = taskScript(OPTIONS);
  assert(!usual.includes("--allow-run"), usual);
  assert(!/--allow-env=\S*\bPATH\b/.test(usual), usual);
  const starting = taskScript({ ...OPTIONS, startsPrograms: true });
  assertStringIncludes(starting, " --allow-run ");
  assert(/--allow-env=SLURM_\S*,PATH,HOME,\S* --ignore-env /.test(starting), starting);
});

Deno.test("taskScript() lets a task load native kernels only if the sweep may use them", () => {
  const usual = taskScript(OPTIONS);
  assert(!usual.includes("--allow-ffi") && !usual.includes("--kernels"), usual);
  const native = taskScript({ ...OPTIONS, libraries: "/p/src/kernels/native/build/" });
  assertStringIncludes(native, " --allow-ffi='/p/src/kernels/native/build/' ");
  assertStringIncludes(native, " work-chunk --kernels auto '/reports");
});

Deno.test("taskScript() quotes paths", () => {
  assertStringIncludes(taskScript(OPTIONS), `work-chunk '/reports/it'\\''s/slurm/1' "$((`);
});
