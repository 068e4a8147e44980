import { ROOM } from "./_layout.ts";
import { wrapLabel } from "./_wrap_label.ts";
import { followingHeight } from "./patched_vega.ts";

const ROW = 26;
const LINE = 13;
/** Characters in a line of a label, on a narrow chart and on others. */
const LINE_SIZES = [24, 38];

/**
 * Rows with words before them, which take several lines where there is little room.
 *
 * @param field What has a row's number, from 0.
 */
export function wrappedRows(words: readonly string[], field: string) {
  const labels = words.map((label) => LINE_SIZES.map((size) => wrapLabel(label, size)));
  const rowHeights = LINE_SIZES.map((_, size) =>
    ROW + LINE * (Math.max(...labels.map((lines) => lines[size].length)) - 1)
  );
  const domain: number[] = [...words.keys()];
  const y = {
    field,
    type: "ordinal",
    title: null,
    scale: { domain, paddingInner: 0.35 },
    axis: {
      labelExpr: `labels[datum.value][${ROOM} < 560 ? 0 : 1]`,
      labelLimit: { expr: `0.48 * ${ROOM}` },
      labelLineHeight: LINE,
      // Centres several lines on the row, instead of their first line.
      labelOffset: {
        expr: `(1 - length(labels[datum.value][${ROOM} < 560 ? 0 : 1])) * ${LINE / 2}`,
      },
      labelOverlap: false,
    },
  } as const;
  return {
    y,
    labels: { name: "labels", value: labels },
    height: ROW * words.length,
    ...followingHeight(
      `${words.length} * (${ROOM} < 560 ? ${rowHeights[0]} : ${rowHeights[1]})`,
    ),
  };
}
