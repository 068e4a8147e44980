import { themeCss } from "./theme.ts";

/** What is written into every report: its look and its scripts, in the order they run. */
export interface PageAssets {
  readonly style: string;
  readonly scripts: readonly string[];
}

const LIBRARIES = ["vega", "vega-lite", "vega-embed"];

/** Reads the page's own style and script, and the libraries from node_modules. */
export async function loadPageAssets(): Promise<PageAssets> {
  const [style, client, ...libraries] = await Promise.all([
    read("./page/page.css"),
    read("./page/client.js"),
    ...LIBRARIES.map(readLibrary),
  ]);
  return { style: `${themeCss()}\n${style}`, scripts: [...libraries, client].map(inlineScript) };
}

/** A library with its licence, which has to go wherever the library goes. */
async function readLibrary(name: string): Promise<string> {
  const folder = `../../node_modules/${name}`;
  const [license, source] = await Promise.all([
    read(`${folder}/LICENSE`),
    read(`${folder}/build/${name}.min.js`),
  ]);
  // The map that a browser would look for is not beside the report.
  return `/*! ${name}\n${license}*/\n${source.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n")}`;
}

function read(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, import.meta.url));
}

/** Keeps a script's texts from ending its element, or from starting a comment in it. */
function inlineScript(source: string): string {
  return source.replace(/<(?=\/script|script|!--)/gi, "\\x3C");
}
