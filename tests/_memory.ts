const MEBIBYTE = 2 ** 20;

/**
 * What this thread's heap and buffers take, with what nobody has collected yet. The process's own size
 * would count what tests in its other threads take.
 */
export function mebibytesTaken(): number {
  const { heapTotal, external } = Deno.memoryUsage();
  return (heapTotal + external) / MEBIBYTE;
}
