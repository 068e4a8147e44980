/** Starts a stopwatch; the returned function gives the seconds since the start. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}
