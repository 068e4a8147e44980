/** A change to the Vega that a spec compiles to: an operation of RFC 6902. */
type Operation =
  | { readonly op: "remove"; readonly path: "/height" }
  | { readonly op: "add"; readonly path: "/signals/-"; readonly value: object };

/**
 * A height that follows the width, as an expression. Vega-Lite accepts only numbers, so the compiled
 * Vega is patched, by `withFollowingHeight()`.
 */
export function followingHeight(expression: string) {
  const patch: Operation[] = [
    { op: "remove", path: "/height" },
    { op: "add", path: "/signals/-", value: { name: "height", update: expression } },
  ];
  return { usermeta: { embedOptions: { patch } } };
}

/** A spec's compiled Vega with the height that the spec's `usermeta` asks for. */
export function withFollowingHeight<Vega extends { height?: unknown; signals?: unknown[] }>(
  vega: Vega,
  usermeta: unknown,
): Vega {
  const { embedOptions } = (usermeta ?? {}) as Partial<
    ReturnType<typeof followingHeight>["usermeta"]
  >;
  let { height, signals = [] } = vega;
  for (const operation of embedOptions?.patch ?? []) {
    if (operation.op === "remove") height = undefined;
    else signals = [...signals, operation.value];
  }
  return { ...vega, height, signals };
}
