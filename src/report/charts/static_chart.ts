import type { Config, TopLevelSpec } from "vega-lite";
import { STATIC_WIDTH } from "./_layout.ts";
import { patchedVega } from "./patched_vega.ts";

/** The last chart that was asked for: the next waits for it, since Vega numbers all in one count. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Draws a chart as the text of an SVG element, without a browser: the same text for the same spec,
 * also if others are drawn meanwhile.
 */
export function staticChart(spec: TopLevelSpec, config: Config): Promise<string> {
  const drawn = last.then(() => draw(spec, config));
  last = drawn.catch(() => {});
  return drawn;
}

/** Loads the libraries when called, since all else of a report does without them. */
async function draw(spec: TopLevelSpec, config: Config): Promise<string> {
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
