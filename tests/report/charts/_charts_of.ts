import type { TopLevelSpec } from "vega-lite";
import { analysisOf } from "../../../src/report/analysis_of.ts";
import type { ChartGroup } from "../../../src/report/charts/chart.ts";
import { chartGroups, detailChartGroups } from "../../../src/report/charts/chart_groups.ts";
import { rankCells } from "../../../src/report/report_cell.ts";
import type { ReportInput } from "../../../src/report/report_input.ts";

/** The charts of a sweep, by id. */
export function chartsOf(input: ReportInput): Map<string, { group: ChartGroup; spec: ChartSpec }> {
  const [cells, analysis] = [rankCells(input), analysisOf(input)];
  const groups = [chartGroups, detailChartGroups].flatMap((make) => make(cells, input, analysis));
  return new Map(
    groups.flatMap((group) =>
      group.charts.map(({ id, spec }) => [id, { group, spec: new ChartSpec(spec) }])
    ),
  );
}

/** What tests ask of a spec. */
export class ChartSpec {
  constructor(readonly spec: TopLevelSpec) {}

  /** Rows of a named data set. */
  // deno-lint-ignore no-explicit-any -- rows differ from chart to chart
  rows(name: string): any[] {
    const { datasets } = this.spec as { datasets?: Record<string, object[]> };
    return datasets?.[name] ?? [];
  }

  /** The definition of a channel in the first layer that has it. */
  // deno-lint-ignore no-explicit-any -- definitions differ from channel to channel
  channel(name: string): any {
    return this.layers.find(({ encoding }) => encoding?.[name])?.encoding?.[name];
  }

  // deno-lint-ignore no-explicit-any -- as above
  get layers(): { data?: { name: string }; mark?: any; encoding?: any; transform?: any }[] {
    return (this.spec as { layer?: [] }).layer ?? [];
  }

  /** A parameter's first value. */
  // deno-lint-ignore no-explicit-any -- as above
  param(name: string): any {
    const { params = [] } = this.spec as { params?: { name: string; value?: unknown }[] };
    return params.find((param) => param.name === name)?.value;
  }
}
