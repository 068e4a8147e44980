import { formatCount } from "../../format_number.ts";
import { type Markup, markup } from "../markup.ts";

/** Users' names, each with a note after it, as far as they are listed: `a (text), b: 12 and 3 more`. */
export function listed(
  items: readonly { readonly name: string; readonly note: string }[],
  most: number,
): Markup {
  const shown = items.slice(0, most);
  const more = items.length - shown.length;
  const parts = shown.map(({ name, note }, index) => {
    const comma = index < shown.length - 1 ? "," : "";
    return markup`<bdi>${name}</bdi>${note}${comma}`;
  });
  return markup`${parts}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
}
