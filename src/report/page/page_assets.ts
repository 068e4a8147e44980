import { readOwnFile } from "../../files/read_file.ts";
import { themeCss } from "../theme.ts";

/** What is written into every report: its look and its scripts, in the order they run. */
export interface PageAssets {
  readonly style: string;
  /** What changes if scripts are off. */
  readonly scriptlessStyle: string;
  readonly scripts: readonly string[];
}

const LIBRARIES = ["vega", "vega-lite", "vega-embed"];
/** The parts of the page's own script; each needs those before it. */
const PARTS = ["report_data", "charts", "curves", "choice", "sorting", "main"];

/** Reads the page's own style and script, and the libraries from their packages. */
export async function loadPageAssets(): Promise<PageAssets> {
  const [style, scriptlessStyle, parts, libraries] = await Promise.all([
    read("./page.css"),
    read("./scriptless.css"),
    Promise.all(PARTS.map((name) => read(`./${name}.js`))),
    Promise.all(LIBRARIES.map(readLibrary)),
  ]);
  return {
    scriptlessStyle,
    style: `${themeCss()}\n${style}`,
    scripts: [...libraries, joinModules(parts)].map(inlineScript),
  };
}

/**
 * Joins modules into one script, in the order given; their top-level names must differ.
 *
 * Modules inside a page cannot import one another without a server to load them from.
 */
function joinModules(sources: readonly string[]): string {
  const bodies = sources.map((source) =>
    source
      .replace(/^import [^;]*;\n/gm, "")
      .replace(/^export /gm, "")
      .replace(/^\/\/.*\n/gm, "")
  );
  return `(() => {\n"use strict";\n${bodies.join("")}})();\n`;
}

/** A library with its licence, which must accompany it. */
async function readLibrary(name: string): Promise<string> {
  // The package's main module, which is in its folder build.
  const main = import.meta.resolve(name);
  const [license, source] = await Promise.all([
    read("../LICENSE", main),
    read(`${name}.min.js`, main),
  ]);
  // Its source map is not in the report folder.
  return `/*! ${name}\n${license}*/\n${source.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n")}`;
}

async function read(path: string, base = import.meta.url): Promise<string> {
  return new TextDecoder().decode(await readOwnFile(new URL(path, base)));
}

/** Keeps strings in a script from ending its element or starting a comment in it. */
function inlineScript(source: string): string {
  return source.replace(/<(?=\/script|script|!--)/gi, "\\x3C");
}
