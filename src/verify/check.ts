/** One way in which a sweep's folder is wrong. */
export interface Finding {
  /** A column, a place, or a whole sentence. */
  readonly what: string;
  /** What the folder says. */
  readonly expected?: string;
  /** What was computed from the experiment. */
  readonly actual?: string;
}

/** A run or a file that was checked. It passes if it has no findings. */
export interface Check {
  readonly subject: string;
  readonly findings: readonly Finding[];
  /** Why it could not be checked, though nothing is known to be wrong with it. */
  readonly unchecked?: string;
}

export function passes({ findings }: Check): boolean {
  return findings.length === 0;
}
