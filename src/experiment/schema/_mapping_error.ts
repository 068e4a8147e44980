import type { z } from "zod";

/** The message for a value that is not a mapping; unknown keys are reported elsewhere. */
export function mappingError(what: string, contents: string): { error: z.core.$ZodErrorMap } {
  return {
    error: ({ code }) =>
      code === "invalid_type" ? `${what} must be a mapping ${contents}` : undefined,
  };
}
