import type { z } from "zod";
import type { Problem } from "../../user_error.ts";
import type { problem } from "./_parts.ts";

/** A problem as documents have it. */
export function problemMembers({ message, place, hint }: Problem): z.infer<typeof problem> {
  const { file, line, column } = place ?? {};
  return { message, file, line, column, hint };
}
