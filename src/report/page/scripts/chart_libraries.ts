import { parse, View } from "vega";
import { compile } from "vega-lite";

// What draws the charts is a script of its own, which the page runs when it needs it.
Object.assign(globalThis, { chartLibraries: { compile, parse, View } });
