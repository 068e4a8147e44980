/** What an axis of tiles shows. */
export interface BandAxis {
  readonly field: string;
  /** One line, or several. */
  readonly title: string | string[];
  /** Places in the order of the axis, from the left or from the top. */
  readonly places: readonly number[];
  /** The parameter that holds the labels, which may be users' text. */
  readonly labels: string;
  readonly titleLimit: "width" | "height";
}

/** An axis of tiles, one per place. */
export function bandAxis({ field, title, places, labels, titleLimit }: BandAxis) {
  const domain: number[] = [...places];
  return {
    field,
    type: "ordinal" as const,
    title,
    scale: { domain, paddingInner: 0.04, paddingOuter: 0.02 },
    axis: {
      labelExpr: `${labels}[datum.value]`,
      labelAngle: 0,
      labelFlush: false,
      grid: false,
      titleLimit: { expr: titleLimit },
    },
  };
}
