import type { Analysis } from "../../statistics/analyze.ts";
import type { ChartContext } from "../charts/chart_context.ts";

/** What a figure needs to know beside its charts. */
export interface FigureContext extends ChartContext {
  readonly analysis: Analysis;
}
