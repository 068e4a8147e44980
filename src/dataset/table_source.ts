import type { OpenTable, Records } from "./table/reading.ts";

/** The records of a table under its header, one after the other; fields count from 0. */
export type TableRecords = Records;

/** A table that can be read several times. */
export interface TableSource extends OpenTable {
  /** Its name in messages. */
  readonly file: string;
  readonly hasHeader: boolean;
  /** An upper bound of its records; 0 if there is none before they are read. */
  readonly mostRows: number;
}
