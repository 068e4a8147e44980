import { type Markup, markup } from "../markup.ts";

/** A part of the page that can be linked. */
export interface Section {
  /** In small letters with hyphens; no other element of the page has it. */
  readonly id: string;
  readonly heading: string;
  readonly body: Markup;
  /** True if a small screen shows only its heading until the reader opens it. */
  readonly isSecondary?: boolean;
}

/** The HTML of a section. */
export function sectionMarkup({ id, heading, body, isSecondary }: Section): Markup {
  const title = markup`<h2 id="${headingId(id)}">${heading}</h2>`;
  if (!isSecondary) return markup`<section id="${id}">\n${title}\n${body}\n</section>`;
  return markup`<section id="${id}">
<details class="secondary" open>
<summary>${title}</summary>
${body}
</details>
</section>`;
}

/** The id of a section's heading, which can name what is in the section. */
export function headingId(section: string): string {
  return `${section}-heading`;
}

/** Links to all sections, in their order. */
export function contents(sections: readonly Section[]): Markup {
  const links = sections.map(({ id, heading }) => markup`<li><a href="#${id}">${heading}</a></li>`);
  return markup`<nav class="contents" aria-label="Contents"><ul>
${links}
</ul></nav>`;
}
