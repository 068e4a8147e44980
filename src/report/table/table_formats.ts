/** The formats of `deno task table`. */
export const TABLE_FORMATS = ["text", "markdown", "latex", "csv", "json"] as const;
export type TableFormat = typeof TABLE_FORMATS[number];
