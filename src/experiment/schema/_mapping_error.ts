import type { z } from "zod";

/** What to say where something else than a mapping stands; unknown keys are told elsewhere. */
export function mappingError(what: string, contents: string): { error: z.core.$ZodErrorMap } {
  return {
    error: ({ code }) =>
      code === "invalid_type" ? `${what} must be a mapping ${contents}` : undefined,
  };
}
