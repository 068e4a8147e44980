import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { oneLine } from "../one_line.ts";
import type { StyledLine } from "./styled_lines.ts";

/** The path of a file that was written, which leads to it where links can be followed. */
export function fileLine(path: string): StyledLine {
  return { text: oneLine(path), href: urlOf(path) };
}

/** A file's URL. */
export function urlOf(path: string): string {
  return pathToFileURL(resolve(path)).href;
}
