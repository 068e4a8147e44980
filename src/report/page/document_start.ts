import { type Markup, markup } from "../markup.ts";

/**
 * How the HTML of every page begins, up to its title.
 *
 * @param policy What the page may load and run: see `contentPolicy()`.
 */
export function documentStart(policy: string): Markup {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">`;
}
