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
  const link = markup`<a class="section-link" href="#${id}" aria-label="Link to ${heading}">#</a>`;
  if (!isSecondary) return markup`<section id="${id}">\n${link}\n${title}\n${body}\n</section>`;
  return markup`<section id="${id}">
${link}
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

/** Links to all sections, in their order, as a list or a menu; and the choice of the theme. */
export function contents(sections: readonly Section[]): Markup {
  const links = sections.map(({ id, heading }) => markup`<li><a href="#${id}">${heading}</a></li>`);
  return markup`<nav class="contents" aria-label="Contents">
<button type="button" popovertarget="contents-list">Contents</button>
<ul id="contents-list" popover>
${links}
</ul>
<label class="theme">Theme <select>
<option value="system">System</option>
<option value="light">Light</option>
<option value="dark">Dark</option>
</select></label>
</nav>`;
}
