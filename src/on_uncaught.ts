/**
 * Calls a function with each error that nothing catches in this worker. Deno would print it, over the
 * progress bar.
 */
export function onUncaught(take: (error: unknown) => void): void {
  addEventListener("error", (event) => {
    event.preventDefault();
    take(event.error);
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    take(event.reason);
  });
}
