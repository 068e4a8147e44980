/** The parts that rows can be in, as `SplitColumns.parts` numbers them; a free row is drawn. */
export const ROW_PARTS = { free: 0, train: 1, validation: 2, test: 3 } as const;
