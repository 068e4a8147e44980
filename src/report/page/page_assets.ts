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

/** Reads the page's own style and script, and the libraries from node_modules. */
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
  const folder = `../../../node_modules/${name}`;
  const [license, source] = await Promise.all([
    read(`${folder}/LICENSE`),
    read(`${folder}/build/${name}.min.js`),
  ]);
  // Its source map is not in the report folder.
  return `/*! ${name}\n${license}*/\n${source.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n")}`;
}

async function read(path: string): Promise<string> {
  return new TextDecoder().decode(await readOwnFile(new URL(path, import.meta.url)));
}

/** Keeps strings in a script from ending its element or starting a comment in it. */
function inlineScript(source: string): string {
  return source.replace(/<(?=\/script|script|!--)/gi, "\\x3C");
}
