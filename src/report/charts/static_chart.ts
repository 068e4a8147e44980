import type { Config, TopLevelSpec } from "vega-lite";
import { STATIC_WIDTH } from "./_layout.ts";
import { patchedVega } from "./patched_vega.ts";

/**
 * Draws a chart as the text of an SVG element, without a browser: the same text for the same spec.
 *
 * Loads the libraries when called, since all else of a report does without them.
 */
export async function staticChart(spec: TopLevelSpec, config: Config): Promise<string> {
  const [{ compile }, { parse, resetSVGDefIds, View }] = await Promise.all([
    import("vega-lite"),
    import("vega"),
  ]);
  const { spec: vega } = compile({ ...spec, width: STATIC_WIDTH } as TopLevelSpec, { config });
  // Otherwise clip paths would be numbered on from the last chart's.
  resetSVGDefIds();
  const view = new View(parse(patchedVega(vega, spec.usermeta)), { renderer: "none" });
  const text = await view.toSVG();
  view.finalize();
  return text;
}
