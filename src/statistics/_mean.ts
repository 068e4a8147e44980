/** The mean of one value or more. */
export function meanOf([first, ...others]: readonly number[]): number {
  return first + others.reduce((sum, value) => sum + (value - first), 0) / (others.length + 1);
}
