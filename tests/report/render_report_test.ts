import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { renderReport } from "../../src/report/render_report.ts";
import { sampleInput } from "./_sample_input.ts";
import { LARGE, SAMPLES } from "./_samples.ts";

const MEBIBYTE = 2 ** 20;

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

Deno.test("renderReport() gives the same bytes for the same input", async () => {
  const once = await renderReport(sampleInput(SAMPLES.diverged));
  assertEquals(await renderReport(sampleInput(SAMPLES.diverged)), once);
});

Deno.test("renderReport() stays under 1.5 MB for 200 runs, and small for 10,000", async () => {
  const input = sampleInput({ ...SAMPLES.elasticNet, evaluations: 200 });
  assertEquals(input.runs.length, 200);
  assert(sizeOf(await renderReport(input)) < 1_500_000);
  assert(sizeOf(await renderReport(sampleInput(LARGE))) < 2 * MEBIBYTE);
});

Deno.test("renderReport() says what it leaves out of a large sweep", async () => {
  const page = await renderReport(sampleInput(LARGE));
  assertStringIncludes(page, "Showing the best 40 of 1,000 cells; cells.csv lists all.");
  assertStringIncludes(page, "Showing the best 200 of 1,000 cells; cells.csv lists all.");
});

Deno.test("renderReport() names nothing to load and allows nothing but its own scripts", async () => {
  const page = await renderReport(sampleInput(SAMPLES.l1VsL2));
  const [, policy] = page.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/) ?? [];
  assertEquals(
    policy.replaceAll("&#39;", "'").replace(/sha256-[\w+/=]+/g, "hash"),
    "default-src 'none'; script-src 'hash' 'hash' 'hash' 'hash'; style-src 'hash' 'hash'; " +
      "base-uri 'none'; form-action 'none'",
  );
  const markup = page.replace(/<(script|style)\b[^>]*>.*?<\/\1>/gs, "");
  assertFalse(
    /\s(src|srcset|style|on\w+)=/.test(markup),
    "an attribute that loads, styles or runs",
  );
  const links = [...markup.matchAll(/href="([^"]*)"/g)].map(([, target]) => target);
  assertEquals(links, [
    "runs.csv",
    "curves.csv",
    "cells.csv",
    "comparisons.csv",
    "experiment.yaml",
  ]);
});

Deno.test("renderReport() lists runs that the means leave out", async () => {
  const page = await renderReport(sampleInput(SAMPLES.diverged));
  assertStringIncludes(page, "<strong>14 runs</strong> diverged");
  assertStringIncludes(page, "<strong>1 run</strong> failed");
  assertStringIncludes(
    page,
    "<bdi>learning_rate=1 l2_penalty=0.001</bdi>, seed 3: " +
      "<bdi>the worker ended twice without an answer</bdi>",
  );
  assertFalse((await renderReport(sampleInput(SAMPLES.oneCell))).includes("excluded from means"));
});

Deno.test("renderReport() states what was run", async () => {
  const page = await renderReport(sampleInput(SAMPLES.l1VsL2));
  for (
    const fact of [
      "1,797 rows, 64 features, 10 classes",
      "60% training, 20% validation, 20% test; training and validation rows are redrawn for each seed",
      "90: 87 trained, 3 reused; 0 diverged, 0 failed",
      '<time datetime="2026-03-14T15:09:26.535Z">2026-03-14 15:09:26 UTC</time>',
      "2 min 34 s with 2 workers; 4 min 58 s of training time",
      "0123456789abcdef0123456789abcdef01234567",
      "steps=1000 learning_rate=0.1",
      '<a href="comparisons.csv">comparisons.csv</a>',
    ]
  ) {
    assertStringIncludes(page, fact);
  }
});

Deno.test("renderReport() heads a trainer's own measures as the manifest does", async () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const measures = [{ key: "weight_l1", heading: "Sum of sizes", isPercent: false, decimals: 1 }];
  const page = await renderReport({ ...input, manifest: { ...input.manifest, measures } });
  assertStringIncludes(page, ">Sum of sizes</button>");
  assertFalse(page.includes(">L2 norm of weights</button>"));
  // Manifests of earlier versions have no measures.
  assertStringIncludes(await renderReport(input), ">L2 norm of weights</button>");
});
