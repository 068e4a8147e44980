/** One row of the table of options. */
export interface OptionRow {
  /** As typed after `--`. */
  readonly name: string;
  /**
   * `flag` takes no value; `texts` may be repeated; `word` is one of `words`; `bytes` have a unit;
   * `duration` is such as `30m`, and `age` such as `90d`, in seconds.
   */
  readonly kind: "flag" | "text" | "texts" | "integer" | "bytes" | "duration" | "age" | "word";
  /** Values that are allowed beside those of its kind. */
  readonly words?: readonly string[];
  /** Says what is wrong with a value, if anything is. */
  readonly problem?: (value: string) => string | undefined;
  /** How help calls the value. */
  readonly value?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Its value where the command line does not give it; undefined if there is none. */
  readonly default?: string | number | readonly string[];
  /** How help calls the default, if not by the value. */
  readonly defaultText?: string;
  readonly help: string;
}
