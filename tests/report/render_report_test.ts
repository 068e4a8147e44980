import { assert, assertEquals, assertFalse, assertLess, assertStringIncludes } from "@std/assert";
import { METRICS, partsOf } from "../../src/measures/metrics.ts";
import { renderReport } from "../../src/report/render_report.ts";
import { renderReadable } from "./_render_readable.ts";
import { type Sample, sampleInput } from "./_sample_input.ts";
import { LARGE, SAMPLES } from "./_samples.ts";

const MEBIBYTE = 2 ** 20;

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Pages that several tests read, each rendered once. */
const pages = new Map<Sample, Promise<string>>();

function pageOf(sample: Sample): Promise<string> {
  const page = pages.get(sample) ?? renderReadable(sampleInput(sample));
  pages.set(sample, page);
  return page;
}

Deno.test("renderReport() gives the same bytes for the same input", async () => {
  const once = await renderReport(sampleInput(SAMPLES.diverged));
  assertEquals(await renderReport(sampleInput(SAMPLES.diverged)), once);
});

Deno.test("renderReport() stays under 1.5 MB for 200 runs", async () => {
  const input = sampleInput({ ...SAMPLES.elasticNet, evaluations: 200 });
  assertEquals(input.runs.length, 200);
  assertLess(sizeOf(await renderReport(input)), 1_500_000);
});

Deno.test("renderReport() stays under 2 MiB for 10,000 runs", async () => {
  const input = sampleInput(LARGE);
  assertEquals(input.runs.length, 10_000);
  assertLess(sizeOf(await renderReport(input)), 2 * MEBIBYTE);
});

Deno.test("renderReport() says what it leaves out of a large sweep", async () => {
  const page = await pageOf(LARGE);
  assertStringIncludes(page, "Showing the best 40 of 1,000 cells; cells.csv lists all.");
  assertStringIncludes(page, "Showing the best 50 of 1,000 cells; cells.csv lists all.");
});

Deno.test("renderReport() names nothing to load and allows nothing but its own scripts", async () => {
  const page = await pageOf(SAMPLES.l1VsL2);
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
  const links = [...markup.matchAll(/href="([^#][^"]*)"/g)].map(([, target]) => target);
  assertEquals(links, [
    "manifest.json",
    "runs.csv",
    "curves.csv",
    "cells.csv",
    "comparisons.csv",
    "experiment.yaml",
  ]);
});

Deno.test("renderReport() lists runs that the means leave out", async () => {
  const page = await pageOf(SAMPLES.diverged);
  assertStringIncludes(page, "<strong>14 runs</strong> diverged");
  assertStringIncludes(page, "<strong>1 run</strong> failed");
  assertStringIncludes(
    page,
    "<bdi>learning rate 1 + L2 penalty 0.001</bdi>, seed 3: " +
      "<bdi>the worker ended twice without an answer</bdi>",
  );
  assertFalse((await pageOf(SAMPLES.oneCell)).includes("excluded from means"));
});

Deno.test("renderReport() states what was run", async () => {
  const page = await pageOf(SAMPLES.l1VsL2);
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
  const page = await renderReadable({ ...input, manifest: { ...input.manifest, measures } });
  assertStringIncludes(page, '"heading":"Sum of sizes"');
  assertFalse(page.includes('"heading":"L2 norm of weights"'));
  // Manifests of earlier versions have no measures.
  assertStringIncludes(await renderReadable(input), '"heading":"L2 norm of weights"');
});

Deno.test("renderReport() answers first, then shows test scores, and details last", async () => {
  const page = await pageOf(SAMPLES.fourTechniques);
  const [sections] = page.split('<script type="text');
  const headings = [...sections.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, heading]) => heading);
  assertEquals(headings, [
    "Use L1 penalty 0.001",
    "Scores on the test rows",
    "Differences from the baseline",
    "All cells",
    "Compare two cells",
    "Cells by mean validation accuracy",
    "Cells that are not clearly different",
    "Strength of regularization",
    "Validation accuracy against sparsity",
    "Learning curves",
    "Confusion matrix",
    "Weights",
    "How to read the numbers",
    "What the first layer looks for",
    "Time per run",
    "What was run",
  ]);
});

Deno.test("renderReport() names the versions of what computes, and links the manifest", async () => {
  const input = sampleInput(SAMPLES.oneCell);
  const versions = { ...input.manifest.versions, "axe-core": "4.0.0" };
  const page = await renderReport({ ...input, manifest: { ...input.manifest, versions } });
  assertStringIncludes(page, "<dd>regsweep 0.1.0, deno 2.9.6, v8 14.9.207.2</dd>");
  assertFalse(page.includes("axe-core 4.0.0"));
  assertStringIncludes(page, '<a href="manifest.json">manifest.json</a>');
});

Deno.test("renderReport() calls each cell by one name, with that of the CSV files at hand", async () => {
  const input = sampleInput(SAMPLES.fourTechniques);
  const page = await renderReadable(input);
  // Addresses, filters and a column of the table have these names.
  const texts = page.replace(/"csvName":"[^"]*"/g, "");
  for (const { name } of input.manifest.experiment.cells) {
    assertStringIncludes(page, `"csvName":"${name}"`);
    assertFalse(texts.includes(name), `${name} is called by two names`);
  }
  assertStringIncludes(texts, "<bdi>no regularization</bdi>");
  // In charts, too.
  assertStringIncludes(texts, '"name":"no regularization"');
  assertStringIncludes(texts, "compared with the same seed’s run of no regularization");
});

Deno.test("renderReport() names cells that were stopped early like the others", async () => {
  const { manifest, ...input } = sampleInput(SAMPLES.elasticNet);
  const [{ values }] = manifest.experiment.cells;
  const stopped = {
    step: 50,
    cell: "l1_penalty=0.5 l2_penalty=0",
    values: { ...values, "l1_penalty": 0.5, "l2_penalty": 0 },
    n: 8,
    mean: 0.5,
    isKept: false,
  };
  const page = await renderReport({ ...input, manifest, halving: [stopped] });
  assertStringIncludes(page, '<tr><th scope="row"><bdi>L1 penalty 0.5</bdi></th>');
});

Deno.test("renderReport() lists cells that are the same run", async () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const digestOf = new Map(
    input.runs.filter(({ cell }) => cell === "l1_penalty=0").map((
      { seed, digest },
    ) => [seed, digest]),
  );
  const runs = input.runs.map((run) =>
    run.cell === "l2_penalty=0.001" ? { ...run, digest: digestOf.get(run.seed) } : run
  );
  const page = await renderReport({ ...input, runs });
  assertStringIncludes(page, "<strong>1 cell</strong> repeats another cell");
  assertStringIncludes(
    page.replaceAll("\n", ""),
    "<li><bdi>no regularization</bdi> = <bdi>L2 penalty 0.001</bdi></li>",
  );
  assertFalse((await renderReport(input)).includes("repeats another cell"));
});

Deno.test("renderReport() draws no differences where all cells are the same run", async () => {
  const input = sampleInput(SAMPLES.undecided);
  const digests = new Map(input.runs.map(({ seed, digest }) => [seed, digest]));
  const runs = input.runs.map((run) => ({ ...run, digest: digests.get(run.seed) }));
  const page = await renderReport({ ...input, runs });
  assertStringIncludes(page, "All 6 cells are the same run");
  for (const id of ["paired-differences", "strength-dropout"]) {
    assert((await renderReport(input)).includes(`id="${id}"`), id);
    assertFalse(page.includes(`id="${id}"`), id);
  }
});

Deno.test("renderReport() folds charts of many cells", async () => {
  const foldsOf = async (sample: Sample) =>
    [...(await pageOf(sample)).matchAll(/Show all (\d+) rows/g)]
      .map(([, count]) => Number(count));
  assertEquals(await foldsOf(SAMPLES.l1VsL2), []);
  assertEquals(await foldsOf(SAMPLES.elasticNet), [24, 25, 25, 25]);
});

Deno.test("renderReport() shows beside each verdict an interval that agrees with it", async () => {
  const number = (text: string) => Number(text.replace("−", "-").replaceAll(",", ""));
  const seen = new Set<string>();
  const tolerant = { ...SAMPLES.l1VsL2, equivalence: 0.02 };
  for (const sample of [...Object.values(SAMPLES), tolerant]) {
    const input = sampleInput(sample);
    const band = 100 * (input.manifest.experiment.equivalence ?? NaN);
    const page = await renderReadable(input);
    const [, table = ""] = page.match(/<table class="cells">(.*?)<\/table>/s) ?? [];
    const headings = [...table.matchAll(/<th scope="col"[^>]*>([^<]*)</g)]
      .map(([, heading]) => heading);
    const difference = headings.findIndex((heading) => /^Difference/.test(heading));
    const verdict = headings.indexOf("Verdict");
    if (verdict < 0 || difference < 0) continue;
    const [, body] = table.match(/<tbody>(.*?)<\/tbody>/s) ?? [];
    for (const [, row] of body.matchAll(/<tr>(.*?)<\/tr>/gs)) {
      const fields = [...row.matchAll(/<td[^>]*>([^<]*)(?: <small>([^<]*)<\/small>)?<\/td>/g)];
      const [[, , text = ""], [, is]] = [fields[difference - 1], fields[verdict - 1]]
        .map(([all, value, note]) => [all, value.trim(), note]);
      const [, low, high] = text.match(/^(\S+) to (\S+)$/) ?? [];
      if (low === undefined) continue;
      const what = `${sample.name}: ${text} ${is}`;
      const isZeroInside = number(low) <= 0 && number(high) >= 0;
      if (is === "better" || is === "worse") assertFalse(isZeroInside, what);
      if (is === "undecided") assert(isZeroInside, what);
      if (is === "equivalent") assert(Math.max(-number(low), number(high)) <= band, what);
      seen.add(is);
    }
  }
  assertEquals([...seen].sort(), ["better", "equivalent", "undecided", "worse"]);
});

Deno.test("renderReport() talks of no interval, p-value or importance where there is one seed", async () => {
  const page = await renderReport(sampleInput({ ...SAMPLES.threeWays, seeds: 1 }));
  const [text] = page.replace(/<style>.*?<\/style>/gs, "").split('<script type="text');
  assertStringIncludes(text, "no interval is possible");
  assertStringIncludes(text, "This sweep can show nothing: a single seed cannot tell");
  const said = text.replaceAll("no interval is possible", "")
    .replaceAll("so there are no intervals", "")
    // Of the test rows, whose number alone determines it.
    .replaceAll(/anywhere from [^<]* \(95% interval\)/g, "")
    .replaceAll('<th scope="col">95% interval</th>', "");
  assertFalse(/interval|p = |p\s\(Holm\)|Importance|variance/.test(said), said);
});

Deno.test("renderReport() repeats no remark of the headline below", async () => {
  for (const sample of [SAMPLES.sampled, SAMPLES.diverged, SAMPLES.depths]) {
    const page = await pageOf(sample);
    const remarks = page.match(/<div class="remarks">([^]*?)<\/div>/)?.[1].match(/[^<>]{9,}/g) ??
      [];
    assert(remarks.length > 2);
    for (const remark of remarks) assertEquals(page.split(remark).length, 2, remark);
  }
});

Deno.test("renderReport() tells the classes with their rows, or that the target is a quantity", async () => {
  const skewed = await pageOf(SAMPLES.skewed);
  assertStringIncludes(skewed, "937 rows, 48 features, 2 classes");
  assertStringIncludes(
    skewed.replaceAll("\n", " "),
    "<dd><bdi>no spill</bdi>: 896, <bdi>spill</bdi>: 41</dd>",
  );
  assertStringIncludes(
    await pageOf(SAMPLES.prices),
    "target <code>price</code>: 506 rows, 13 features, a quantity",
  );
});

Deno.test("renderReport() says in the headline which class is never predicted", async () => {
  const page = await pageOf(SAMPLES.skewed);
  const [, finding] = page.match(/<p class="finding">(.*?)<\/p>/) ?? [];
  assertStringIncludes(finding, "L2 penalty 0.01 never predicts spill on the test rows.");
  assertStringIncludes(page, "Always predicting the commonest class, no spill, would get 95.6%");
});

Deno.test("renderReport() speaks of any metric in its own terms", async () => {
  for (const metric of METRICS) {
    const { tasks, better, isPercent, label } = partsOf(metric).measure;
    const isQuantity = !tasks.includes("classification");
    const sample = isQuantity ? SAMPLES.prices : SAMPLES.skewed;
    const input = sampleInput({ ...sample, metric, equivalence: isPercent ? 0.005 : undefined });
    const page = (await renderReadable(input)).replace(/<style>[^]*?<\/style>/g, "");
    const text = page.split('<script type="text')[0].replace(/<[^>]*>/g, " ");
    assertStringIncludes(text, `validation ${label}`.slice(-label.length), metric);
    assertEquals(text.includes("lower is better"), better === "smaller", metric);
    assertEquals(/percentage points/.test(text), isPercent, metric);
    if (!isPercent) assertFalse(/equivalent|negligible|grey/i.test(text), metric);
    // A confusion matrix has no quantities, and predictions no classes.
    assertEquals(text.includes("Confusion matrix"), !isQuantity, metric);
    assertEquals(text.includes("Predictions on the test rows"), isQuantity, metric);
    if (isQuantity) assertFalse(/accuracy|commonest|\bclass\b/.test(text), metric);
    assertFalse(/NaN|undefined|Infinity/.test(text), metric);
  }
});

Deno.test("renderReport() counts runs where each seed has several, and names seed and fold", async () => {
  const page = await pageOf(SAMPLES.folds);
  const [markup, data] = page.replace(/<style>[^]*?<\/style>/g, "").split('<script type="text');
  const text = markup.replace(/<[^>]*>/g, " ");
  assertStringIncludes(text, "6 cells × 3 seeds × 5 folds on");
  assertStringIncludes(text, ", 15 runs)");
  assertStringIncludes(text, "Large points are means over the runs");
  assertFalse(/15 seeds|single seed|Seeds better|>Seeds<\/(th|button)/.test(text + markup));
  assertStringIncludes(data, '"seed":"2, fold 5"');
  assertStringIncludes(data, '{"field":"n","title":"Runs"}');
});
