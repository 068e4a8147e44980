/** In CI nothing is skipped: what cannot be set up fails there. */
export const IS_CI = Deno.env.get("CI") === "true";
