/** The column that a user types as target: its name, or its number if it is one. */
export function typedTarget(typed: string): string | number {
  return /^[-−]?\d+$/.test(typed) ? Number(typed.replace("−", "-")) : typed;
}
