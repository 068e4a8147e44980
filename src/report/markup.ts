/** Text that is HTML already: `markup` leaves it as it is and escapes everything else. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | undefined | Markup | readonly Markup[];

/**
 * Builds HTML from a template: every part that is not `Markup` itself comes out as text.
 *
 * Safe between tags and in quoted attributes, and nowhere else.
 */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    literals.reduce((text, literal, index) => text + textOf(parts[index - 1]) + literal),
  );
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map((each) => each.text).join("\n");
  return escape(String(part ?? ""));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** A block of JSON for a script to read; nothing in it can end the block. */
export function jsonBlock(id: string, value: unknown): Markup {
  const json = new Markup(JSON.stringify(value).replaceAll("<", "\\u003c"));
  return markup`<script type="application/json" id="${id}">${json}</script>`;
}
