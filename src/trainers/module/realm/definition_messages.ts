/** What the thread that reads a definition says. */
export type DefinitionReply =
  /** The module is about to be imported. */
  | { readonly kind: "ready" }
  /** The module was evaluated; `exported` is absent if it has no default export. */
  | { readonly kind: "read"; readonly exported?: SeenValue }
  /** Evaluating it threw: the stack, or whatever was thrown. */
  | { readonly kind: "thrown"; readonly error: string };

/** A value of a definition, in a form that can be sent to another thread. */
export type SeenValue =
  | { readonly kind: "plain"; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: "list"; readonly items: readonly SeenValue[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [string, SeenValue])[] }
  /** Anything else, in words: `a function`. */
  | { readonly kind: "other"; readonly what: string };
