import { readOwnFile } from "../../files/read_file.ts";
import { themeCss } from "../theme.ts";

/** What is written into every report: its look and its scripts. */
export interface PageAssets {
  readonly style: string;
  /** What changes if scripts are off. */
  readonly scriptlessStyle: string;
  /** What runs before anything is painted. */
  readonly firstScript: string;
  /** What runs the page's own script. */
  readonly startScript: string;
  /** The page's own script. */
  readonly script: CompressedScript;
  /** The libraries that draw charts; the page's script runs them when it needs them. */
  readonly libraries: CompressedScript;
}

/** A script as text that stands in the page until it is run. */
export interface CompressedScript {
  readonly text: string;
  /** What allows it. */
  readonly hash: string;
}

/** Files of styles/, one a subject; those for small screens and for paper end each of them. */
const STYLES = [
  "base",
  "labels",
  "answer",
  "contents",
  "sections",
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

const COLLECTION_STYLES = [
  ...["base", "labels", "answer", "sections", "charts", "tables", "cells", "collection", "print"],
];
const INDEX_STYLES = ["base", "labels", "answer", "tables", "index", "print"];

/** Reads the page's style, and the scripts that `deno task page` has bundled. */
export async function loadPageAssets(): Promise<PageAssets> {
  const [style, scriptlessStyle, firstScript, startScript, script, libraries] = await Promise.all([
    loadStyle(STYLES),
    read("./styles/scriptless.css"),
    read("./first_script.js"),
    read("./start_script.js"),
    read("./page_script.txt"),
    read("./chart_libraries.txt"),
  ]);
  return {
    style,
    scriptlessStyle,
    firstScript: inlineScript(firstScript),
    startScript: inlineScript(startScript),
    script: compressedScript(script),
    libraries: compressedScript(libraries),
  };
}

/** What is written into the index. */
export async function loadIndexAssets(): Promise<{ style: string; script: string }> {
  const [style, script] = await Promise.all([loadStyle(INDEX_STYLES), read("./index_script.js")]);
  return { style, script: inlineScript(script) };
}

/** The style of the page over several datasets, which has no script. */
export function loadCollectionStyle(): Promise<string> {
  return loadStyle(COLLECTION_STYLES);
}

/** The theme and some files of styles/, as one text. */
async function loadStyle(names: readonly string[]): Promise<string> {
  const texts = await Promise.all(names.map((name) => read(`./styles/${name}.css`)));
  return [themeCss(), ...texts].join("\n");
}

async function read(path: string): Promise<string> {
  return new TextDecoder().decode(await readOwnFile(new URL(path, import.meta.url)));
}

/** Stored with its hash: to decompress it takes longer than to draw the page's first chart. */
function compressedScript(stored: string): CompressedScript {
  const [hash, text] = stored.trimEnd().split("\n");
  return { text, hash };
}

/** Keeps strings in a script from ending its element or starting a comment in it. */
function inlineScript(source: string): string {
  return source.replace(/<(?=\/script|script|!--)/gi, "\\x3C");
}
