import { assertEquals } from "@std/assert";
import { compile, type TopLevelSpec } from "vega-lite";
import { analysisOf } from "../../../src/report/analysis_of.ts";
import { chartGroups, detailChartGroups } from "../../../src/report/charts/chart_groups.ts";
import { rankCells, type ReportCell } from "../../../src/report/report_cell.ts";
import type { ReportInput } from "../../../src/report/report_input.ts";
import { pageConfig, pictureConfig } from "../../../src/report/theme.ts";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { LARGE, SAMPLES } from "../_samples.ts";

/** Small enough that its specs can be read. */
const SMALL: Sample = {
  name: "small",
  grid: [{ l1_penalty: [0, 0.001, 0.1] }, { l2_penalty: [0.01], dropout: [0, 0.5] }],
  seeds: 3,
  evaluations: 3,
  accuracy: ({ l1_penalty }) => l1_penalty === 0.1 ? NaN : 0.95 + Number(l1_penalty),
  status: (cell, seed) => cell === "l1_penalty=0.001" && seed === 2 ? "failed" : undefined,
};

/** What the charts of a full product of two swept values look like. */
const PRODUCT: Sample = {
  name: "product",
  grid: [{ l2_penalty: [0, 0.00001], prune_threshold: [0, 0.5] }],
  seeds: 2,
  evaluations: 2,
  accuracy: ({ l2_penalty, prune_threshold }) =>
    0.95 + 1000 * Number(l2_penalty) - 0.01 * Number(prune_threshold),
  sparsity: ({ prune_threshold }) => 0.6 * Number(prune_threshold),
};
const OF_PRODUCT = ["heat-map", "importance", "sparsity"];

function allCharts(cells: readonly ReportCell[], input: ReportInput) {
  const analysis = analysisOf(input);
  return [...chartGroups(cells, input, analysis), ...detailChartGroups(cells, input, analysis)]
    .flatMap(({ charts }) => charts);
}

function chartsOf(sample: Sample) {
  const input = sampleInput(sample);
  return allCharts(rankCells(input), input);
}

/**
 * Compares with tests/report/snapshots/NAME.json; `-- --update` after the file's name writes them
 * anew, to be read before they are kept.
 */
async function assertSnapshot(name: string, value: unknown): Promise<void> {
  const path = new URL(`./snapshots/${name}.json`, import.meta.url);
  if (Deno.args.includes("--update")) {
    await Deno.writeTextFile(path, JSON.stringify(value, null, 2) + "\n");
  }
  assertEquals(value, JSON.parse(await Deno.readTextFile(path)));
}

/** What Vega-Lite has to say about a spec, and the Vega that it makes of it. */
function compileChart(spec: TopLevelSpec, config: ReturnType<typeof pageConfig>) {
  const messages: string[] = [];
  const record = (...parts: readonly unknown[]) => {
    messages.push(parts.join(" "));
    return logger;
  };
  const logger = {
    level: () => logger,
    error: record,
    warn: record,
    info: () => logger,
    debug: () => logger,
  };
  // deno-lint-ignore no-explicit-any -- `level` doubles as a getter, which this never calls
  const { spec: vega } = compile(spec, { config, logger: logger as any });
  return { messages, vega };
}

const reviewed = [
  ...chartsOf(SMALL),
  ...chartsOf(PRODUCT).filter(({ id }) => OF_PRODUCT.includes(id)),
];
for (const { id, spec } of reviewed) {
  Deno.test(`chartGroups() makes ${id} as its snapshot has it`, () => assertSnapshot(id, spec));
}

Deno.test("chartGroups() makes specs that Vega-Lite compiles without a word", () => {
  for (const sample of [...Object.values(SAMPLES), SMALL, PRODUCT, LARGE]) {
    for (const { id, spec } of chartsOf(sample)) {
      const config = sample === SMALL ? pictureConfig() : pageConfig();
      assertEquals(compileChart(spec, config).messages, [], `${sample.name}: ${id}`);
    }
  }
});

Deno.test("chartGroups() keeps users' names out of Vega's expressions", () => {
  const name = "'+alert(1)+\"";
  const input = sampleInput(SAMPLES.fourTechniques);
  const cells = rankCells(input).map((cell) => ({ ...cell, name, technique: name, group: name }));
  for (const { id, spec } of allCharts(cells, input)) {
    JSON.stringify(compileChart(spec, pageConfig()).vega, (key, value) => {
      const isExpression = ["signal", "expr", "update", "test", "init"].includes(key);
      if (isExpression) assertEquals(JSON.stringify(value).includes("alert"), false, id);
      return value;
    });
  }
});
