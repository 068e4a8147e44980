import { UserError } from "../user_error.ts";

/**
 * Writes the index of a reports folder anew, after a sweep has written its files there. A sweep does not
 * fail for it.
 *
 * @param options.onProblem Told why it could not be written.
 * @throws The signal's reason, if it aborts first.
 */
export async function indexSweeps(
  reports: string,
  { signal, onProblem }: {
    readonly signal: AbortSignal;
    readonly onProblem: (text: string) => void;
  },
): Promise<void> {
  // Training starts without it.
  const { writeIndex } = await import("../report/index/write_index.ts");
  try {
    await writeIndex(reports, { signal });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    onProblem(error.message);
  }
}
