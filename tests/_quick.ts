/** Whether `deno task test-quick` runs: what takes seconds is left to the whole suite. */
export const IS_QUICK = Deno.args.includes("--quick");

/** A test that the whole suite alone runs; `test-quick` counts it as skipped. */
export function wholeSuiteTest(name: string, fn: () => void | Promise<void>): void {
  Deno.test({ name, ignore: IS_QUICK, fn });
}
