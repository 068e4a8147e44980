/** What draws the charts: a script of its own, which the page runs when it needs it. */
export { parse, View } from "vega";
export { compile } from "vega-lite";
