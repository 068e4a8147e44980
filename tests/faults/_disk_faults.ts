import { assertEquals, assertMatch } from "@std/assert";
import type { Fault } from "./_fault.ts";
import { assertNoTrace, PAGE_BYTES } from "./_fault_bench.ts";
import { mount, withMount } from "./_mounts.ts";

interface Shortage {
  readonly name: string;
  /** The pages that the disk has, where the records take so many and the CSV files so many. */
  readonly pages: (records: number, csvFiles: number) => number;
  /** What cannot be written. */
  readonly told: RegExp;
}

const SHORTAGES: readonly Shortage[] = [
  {
    name: "while a record is written",
    pages: (records) => Math.floor(records / 2),
    told: /^Cannot write to \S+store: no space left on device/m,
  },
  {
    name: "while a CSV file is written",
    pages: (records, csvFiles) => records + Math.floor(csvFiles / 2),
    told: /^Cannot write \S+\.csv: no space left on device/m,
  },
  {
    name: "while the report is written",
    pages: (records, csvFiles) => records + csvFiles + 10,
    told: /^Cannot write \S+report\.html: no space left on device/m,
  },
];

/** Disks that are full at different times, and are then given more room. */
export const DISK_FAULTS: readonly Fault[] = SHORTAGES.map(({ name, pages, told }) => ({
  name: `the disk is full ${name}`,
  within: async (bench, work) => {
    const { storePages, csvPages } = bench.undisturbed;
    const size = PAGE_BYTES * pages(storePages, csvPages);
    const small = ["-t", "tmpfs", "-o", `size=${size}`, "regsweep"];
    await withMount(small, bench.reports, work);
  },
  disturb: async (bench) => {
    const { code, stderr } = await bench.run();
    assertEquals(code, 1, stderr);
    assertMatch(stderr, told);
    assertNoTrace(stderr);
    await mount("-o", "remount,size=50m", bench.reports);
  },
}));
