import { type Section, sectionMarkup } from "../../../src/report/sections/section.ts";

/** The HTML of sections, one after the other. */
export function textOf(sections: readonly Section[]): string {
  return sections.map((section) => sectionMarkup(section).text).join("\n");
}
