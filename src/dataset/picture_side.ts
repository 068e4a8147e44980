const SMALLEST_SIDE = 4;
const LARGEST_SIDE = 64;
/** Fewer columns with common names, such as 4 × 4 counts, are no pictures. */
const SMALLEST_UNNAMED_SIDE = 8;
/** As the first pixel, the second and so on, or as row and column. */
const PIXEL_NAME = /^((p|px|pix|pixel|pixels|img|image)[\s_.-]*\d+([\s_x.,-]+\d+)*|\d+x\d+)$/i;
const COMMON_NAME = /^(column_|column|col|c|x|v|)[_.]?\d+$/i;
/** What a pixel of 16 bits holds. */
const LARGEST_PIXEL = 65_535;

/** A column that could be a pixel. */
export interface PixelColumn {
  readonly name: string;
  /** Cells that are no numbers. */
  readonly words: number;
  readonly missing: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly areIntegers: boolean;
}

/**
 * The width and height, in pixels, of a table's rows if they look like square pictures: the number of
 * columns is a square, all cells are numbers, and the names say that they are pixels; or they say nothing,
 * such as `column_7`, and most columns have the same range, that of pixels.
 */
export function pictureSideOf(columns: readonly PixelColumn[]): number | undefined {
  const side = sideOf(columns.length);
  if (side === undefined) return undefined;
  if (columns.some(({ words, missing }) => words > 0 || missing > 0)) return undefined;
  if (columns.every(({ name }) => PIXEL_NAME.test(name))) return side;
  const isPlain = side >= SMALLEST_UNNAMED_SIDE &&
    columns.every(({ name }) => COMMON_NAME.test(name)) && haveOneRange(columns);
  return isPlain ? side : undefined;
}

/** What the first version took for pictures: columns whose names end with a digit. */
export function firstPictureSide(names: readonly string[]): number | undefined {
  return names.every((name) => /\d$/.test(name)) ? sideOf(names.length) : undefined;
}

function sideOf(columns: number): number | undefined {
  const side = Math.sqrt(columns);
  const isSquare = Number.isInteger(side) && side >= SMALLEST_SIDE && side <= LARGEST_SIDE;
  return isSquare ? side : undefined;
}

/** Whether most columns reach from the smallest value of all to the upper half of their range. */
function haveOneRange(columns: readonly PixelColumn[]): boolean {
  const low = columns.reduce((low, { minimum }) => Math.min(low, minimum), Infinity);
  const high = columns.reduce((high, { maximum }) => Math.max(high, maximum), -Infinity);
  const arePixels = columns.every(({ areIntegers }) => areIntegers)
    ? low >= 0 && high <= LARGEST_PIXEL
    : low >= -1 && high <= 1;
  const alike = columns.filter(({ minimum, maximum }) => {
    return minimum === low && maximum >= (low + high) / 2;
  });
  return arePixels && 2 * alike.length > columns.length;
}
