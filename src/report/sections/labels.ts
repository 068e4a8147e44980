import { type Markup, markup } from "../markup.ts";

/** Longer notes are folded, so that the results stay near the top. */
const MOST_SHOWN = 400;
const MOST_LINES = 6;

/** A sweep's tags in a line; nothing if it has none. */
export function tagList(tags: readonly string[] = []): Markup | string {
  if (tags.length === 0) return "";
  return markup`<ul class="tags" aria-label="Tags">
${tags.map((tag) => markup`<li><bdi>${tag}</bdi></li>`)}
</ul>
`;
}

/** A sweep's notes as they were written, line by line; nothing if it has none. */
export function notesBlock(notes = ""): Markup | string {
  if (notes === "") return "";
  const isShort = notes.length <= MOST_SHOWN && notes.split("\n").length <= MOST_LINES;
  const open = isShort ? " open" : "";
  return markup`<details class="notes"${open}>
<summary>Notes</summary>
<p><bdi>${notes}</bdi></p>
</details>
`;
}
