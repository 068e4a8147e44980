/** A change to the Vega that a spec compiles to: an operation of RFC 6902. */
type Operation =
  | { readonly op: "remove"; readonly path: "/height" }
  | { readonly op: "add"; readonly path: "/signals/-"; readonly value: object }
  | { readonly op: "replace"; readonly path: `/axes/${number}/title`; readonly value: object };

/** What is patched. */
interface Vega {
  readonly height?: unknown;
  readonly signals?: readonly unknown[];
  readonly axes?: readonly object[];
}

/**
 * A height that follows the width, as an expression. Vega-Lite accepts only numbers, so the compiled
 * Vega is patched, by `patchedVega()`.
 */
export function followingHeight(expression: string) {
  return patchedWith([
    { op: "remove", path: "/height" },
    { op: "add", path: "/signals/-", value: { name: "height", update: expression } },
  ]);
}

/**
 * Titles of axes that change with the data, as expressions, by the axis's place in the compiled Vega.
 * Vega-Lite accepts only text, so the compiled Vega is patched, by `patchedVega()`.
 */
export function followingTitles(expressions: Readonly<Record<number, string>>) {
  return patchedWith(
    Object.entries(expressions).map(([axis, signal]) => (
      { op: "replace", path: `/axes/${Number(axis)}/title`, value: { signal } }
    )),
  );
}

function patchedWith(patch: readonly Operation[]) {
  return { usermeta: { embedOptions: { patch } } };
}

/** A spec's compiled Vega with what the spec's `usermeta` asks for. */
export function patchedVega<Compiled extends Vega>(vega: Compiled, usermeta: unknown): Compiled {
  const { embedOptions } = (usermeta ?? {}) as Partial<ReturnType<typeof patchedWith>["usermeta"]>;
  let { height, signals = [], axes } = vega;
  for (const operation of embedOptions?.patch ?? []) {
    if (operation.op === "remove") height = undefined;
    else if (operation.op === "add") signals = [...signals, operation.value];
    else {
      const { path, value } = operation;
      axes = axes?.map((axis, place) =>
        path === `/axes/${place}/title` ? { ...axis, title: value } : axis
      );
    }
  }
  return { ...vega, height, signals, axes };
}
