import { readOwnFile } from "../../files/read_file.ts";
import { themeCss } from "../theme.ts";

/** What is written into every report: its look and its scripts. */
export interface PageAssets {
  readonly style: string;
  /** What changes if scripts are off. */
  readonly scriptlessStyle: string;
  /** The libraries that draw charts, in the order in which the page's script runs them. */
  readonly libraries: readonly string[];
  /** The page's own script. */
  readonly script: string;
}

const LIBRARIES = ["vega", "vega-lite"];

/** Files of styles/, one a subject; those for small screens and for paper end each of them. */
const STYLES = [
  "base",
  "answer",
  "contents",
  "charts",
  "switches",
  "tables",
  "cells",
  "cell_tools",
  "marked",
  "compared",
  "panel",
  "tooltip",
  "print",
];

const INDEX_STYLES = ["base", "answer", "tables", "index", "print"];

/** Reads the page's own style and script, and the libraries from their packages. */
export async function loadPageAssets(): Promise<PageAssets> {
  const [style, scriptlessStyle, script, libraries] = await Promise.all([
    loadStyle(STYLES),
    read("./styles/scriptless.css"),
    read("./page_script.js"),
    Promise.all(LIBRARIES.map(readLibrary)),
  ]);
  return {
    scriptlessStyle,
    style,
    libraries: libraries.map(inlineScript),
    script: inlineScript(script),
  };
}

/** What is written into the index. */
export async function loadIndexAssets(): Promise<Pick<PageAssets, "style" | "script">> {
  const [style, script] = await Promise.all([loadStyle(INDEX_STYLES), read("./index_script.js")]);
  return { style, script: inlineScript(script) };
}

/** The theme and some files of styles/, as one text. */
async function loadStyle(names: readonly string[]): Promise<string> {
  const texts = await Promise.all(names.map((name) => read(`./styles/${name}.css`)));
  return [themeCss(), ...texts].join("\n");
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
