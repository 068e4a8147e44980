import { join } from "node:path";
import { renderReport } from "../../src/report/render_report.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import { analyze } from "../../src/statistics/analyze.ts";
import { questionOf } from "../../src/statistics/question.ts";
import { HAS_TO_SKIP, withBrowser, withReport } from "../report/_browser.ts";
import { sampleInput } from "../report/_sample_input.ts";
import { LARGE, SAMPLES } from "../report/_samples.ts";
import type { Measurement } from "./measure.ts";

const ROUNDS = 3;
const MEGABYTE = 1e6;

/** What reports cost: of a usual sweep, and of 10,000 runs of 1,000 cells. */
export async function measureReports(): Promise<Measurement[]> {
  const usual = sampleInput({ ...SAMPLES.elasticNet, evaluations: 200 });
  const large = sampleInput(LARGE);
  const pages = { usual: await renderReport(usual), large: await renderReport(large) };
  const sizes: Measurement[] = [
    {
      name: `a report of ${usual.runs.length} runs`,
      value: sizeOf(pages.usual),
      unit: "MB",
      target: { kind: "at most", value: 1.5 },
    },
    {
      name: `a report of ${large.runs.length} runs`,
      value: sizeOf(pages.large),
      unit: "MB",
      target: { kind: "at most", value: 8 },
    },
  ];
  const drawn = HAS_TO_SKIP ? [] : [await measureDrawing(pages.large)];
  return [...sizes, await measureRendering(large), ...drawn];
}

async function measureRendering(input: ReportInput): Promise<Measurement> {
  const value = await leastSeconds(async () => {
    const { cells, comparisons } = analyze(input.runs, questionOf(input.manifest));
    await renderReport({ ...input, cells, comparisons });
  });
  return {
    name: `making the report of ${input.runs.length} runs`,
    value,
    unit: "s",
    target: { kind: "at most", value: 10 },
    note: "statistics included, from tables in memory",
  };
}

async function measureDrawing(page: string): Promise<Measurement> {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-bench-" });
  const path = join(folder, "report.html");
  let value = Infinity;
  try {
    await Deno.writeTextFile(path, page);
    await withBrowser(async (browser) => {
      const look = { width: 1200, colorScheme: "light" } as const;
      value = await leastSeconds(() => withReport(browser, path, look, () => Promise.resolve()));
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return {
    name: "opening it until all charts are drawn",
    value,
    unit: "s",
    target: { kind: "at most", value: 3 },
    note: "in a new window of a running browser",
  };
}

async function leastSeconds(work: () => Promise<void>): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await work();
    least = Math.min(least, (performance.now() - started) / 1000);
  }
  return least;
}

function sizeOf(page: string): number {
  return new TextEncoder().encode(page).length / MEGABYTE;
}
