/** The numbers of seeds after which a sweep looks at its results: `from`, doubled up to `to`. */
export function looksBetween(from: number, to: number): number[] {
  const looks: number[] = [];
  for (let seeds = from; seeds < to; seeds *= 2) looks.push(seeds);
  return [...looks, to];
}
