import type { Manifest } from "../../results/manifest.ts";
import { type Markup, markup } from "../markup.ts";

/** The files of a report folder, with their checksums; nothing if there are none. */
export function filesTable(checksums: Manifest["files"]): Markup {
  // A file cannot contain its own checksum; the manifest has it.
  const names = Object.keys(checksums).filter((name) => name !== "report.html");
  if (names.length === 0) return markup``;
  return markup`<h3>Files in this folder</h3>
${checksumTable(names.map((name) => [name, checksums[name]]), "Files and their checksums")}`;
}

/**
 * A table of files with their checksums.
 *
 * @param label What the table is called.
 */
export function checksumTable(
  files: readonly (readonly [name: string, checksum: string])[],
  label: string,
): Markup {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
<table class="files">
<thead><tr><th scope="col">File</th><th scope="col">SHA-256</th></tr></thead>
<tbody>
${files.map(([name, checksum]) => fileRow(name, checksum))}
</tbody>
</table>
</div>`;
}

/** A link to a file in the folder of the report. */
export function fileLink(name: string): Markup {
  const path = name.split("/").map(encodeURIComponent).join("/");
  return markup`<a href="${path}">${name}</a>`;
}

function fileRow(name: string, checksum: string): Markup {
  return markup`<tr><th scope="row">${fileLink(name)}</th><td><code>${checksum}</code></td></tr>`;
}
