import type { ModuleFile } from "../own_code.ts";

/** What the worker that reads a definition gets. */
export interface DefinitionRequest {
  readonly files: readonly ModuleFile[];
  /** The files' folder, as messages name it. */
  readonly folder: string;
}

/** What it says. */
export type DefinitionMessage =
  | { readonly kind: "ready" }
  /** The module was evaluated; `exported` is absent if it has no default export. */
  | { readonly kind: "read"; readonly exported?: SeenValue }
  /** Evaluating it threw: the stack, or whatever was thrown, in the user's terms. */
  | { readonly kind: "thrown"; readonly error: string };

/** A value of a definition, in a form that can be sent to another worker. */
export type SeenValue =
  | { readonly kind: "plain"; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: "list"; readonly items: readonly SeenValue[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [string, SeenValue])[] }
  /** Anything else, in words: `a function`. */
  | { readonly kind: "other"; readonly what: string };
