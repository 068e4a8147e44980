import { countOf } from "../../format_number.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportInput } from "../report_input.ts";

/** How many cells the rest of the report leaves out; empty if none. */
export function stoppedNote({ halving = [] }: Pick<ReportInput, "halving">): Markup {
  const stopped = halving.filter(({ isKept }) => !isKept).length;
  if (stopped === 0) return markup``;
  return markup`; ${countOf(stopped, "cell")} stopped early`;
}
