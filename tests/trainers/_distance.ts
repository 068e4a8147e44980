/** How many doubles apart two numbers of one sign are; 0 if they are equal. */
export function distance(a: number, b: number): number {
  const [first, second] = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(first - second));
}
