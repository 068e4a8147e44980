import type { ManifestUnfinished } from "../results/manifest.ts";
import { type Markup, markup } from "./markup.ts";

/** When a page was written that something newer takes the place of, and within how many seconds. */
export type LivePage = Required<Pick<ManifestUnfinished, "written" | "againSeconds">>;

/** What the page of a sweep that runs has to know; undefined if it does not run. */
export function livePage(unfinished: ManifestUnfinished | undefined): LivePage | undefined {
  const { written, againSeconds } = unfinished ?? {};
  if (written === undefined || againSeconds === undefined) return undefined;
  return { written, againSeconds };
}

/**
 * A note that the page's script fills, and by which it knows when to reload the page.
 *
 * @param sweep What the note calls the sweep, on a page with several.
 */
export function liveNote(live: LivePage | undefined, sweep?: string): Markup | string {
  if (!live) return "";
  const { written, againSeconds } = live;
  return markup`<p class="note" id="live" role="status" data-written="${written}" data-again="${
    String(againSeconds)
  }"${sweep === undefined ? "" : markup` data-sweep="${sweep}"`} hidden></p>\n`;
}
