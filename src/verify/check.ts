/** One thing that is not as a sweep's folder says. */
export interface Finding {
  /** A column, a place, or a whole sentence. */
  readonly what: string;
  /** What the folder says. */
  readonly expected?: string;
  /** What was computed from the experiment. */
  readonly actual?: string;
}

/** A run or a file that was checked: it passes if nothing was found. */
export interface Check {
  readonly subject: string;
  readonly findings: readonly Finding[];
}

export function passes({ findings }: Check): boolean {
  return findings.length === 0;
}
