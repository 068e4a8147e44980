import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";
import { FakeLauncher } from "./_fake_launcher.ts";
import { succeed, sweepOptions, withSmallExperiment } from "./_small_experiment.ts";

Deno.test("a sweep writes the index anew after its results", () =>
  withSmallExperiment(async (small) => {
    await sweepExperiment(small, sweepOptions(small, { launcher: new FakeLauncher(succeed) }));
    const page = await Deno.readTextFile(join(small.reports, "index.html"));
    assertStringIncludes(page, '<a href="small/report.html">');
    assertStringIncludes(page, "Keep no regularization");
  }));

Deno.test("a sweep is complete though the index cannot be written, and says so", () =>
  withSmallExperiment(async (small) => {
    await Deno.mkdir(join(small.reports, "index.html", "taken"), { recursive: true });
    const problems: string[] = [];
    const { state } = await sweepExperiment(small, {
      ...sweepOptions(small, { launcher: new FakeLauncher(succeed) }),
      onEvent: (event) => event.kind === "message" && problems.push(event.text),
    });
    assertEquals(state, "complete");
    assertEquals(problems.length, 1);
    assertStringIncludes(problems[0], `Cannot write ${join(small.reports, "index.html")}`);
  }));
