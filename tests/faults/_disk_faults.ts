import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Fault } from "./_fault.ts";
import { assertNoTrace, countNotKeptMessages, PAGE_BYTES, type Pages } from "./_fault_bench.ts";
import { mount, withMount } from "./_mounts.ts";

interface Shortage {
  readonly name: string;
  /** The pages that the disk has, where an undisturbed sweep takes so many. */
  readonly pages: (undisturbed: Pages) => number;
  /** What cannot be written. */
  readonly told: RegExp;
}

const SHORTAGES: readonly Shortage[] = [
  {
    name: "while a record is written",
    pages: ({ records }) => Math.floor(records / 2),
    told: /^Cannot write to \S+store: no space left on device/m,
  },
  {
    name: "while a score is written",
    // Too few for the scores, even if all models make room.
    pages: ({ records, scores }) => records + Math.floor(scores / 2),
    told: /^Cannot write to \S+store\/test: no space left on device/m,
  },
  {
    name: "while a CSV file is written",
    pages: ({ store, csvFiles }) => store + Math.floor(csvFiles / 2),
    told: /^Cannot write \S+\.csv: no space left on device/m,
  },
  {
    name: "while the report is written",
    pages: ({ store, csvFiles }) => store + csvFiles + 10,
    told: /^Cannot write \S+report\.html: no space left on device/m,
  },
];

/** Disks that are full at different times, and are then given more room. */
export const DISK_FAULTS: readonly Fault[] = SHORTAGES.map(({ name, pages, told }) => ({
  name: `the disk is full ${name}`,
  within: async (bench, work) => {
    const size = PAGE_BYTES * pages(bench.undisturbed.pages);
    const small = ["-t", "tmpfs", "-o", `size=${size}`, "regsweep"];
    await withMount(small, bench.reports, work);
  },
  disturb: async (bench) => {
    const { code, stderr } = await bench.run();
    assertEquals(code, 1, stderr);
    assertMatch(stderr, told);
    assert(countNotKeptMessages(stderr) <= 1, stderr);
    assertNoTrace(stderr);
    await mount("-o", "remount,size=50m", bench.reports);
  },
}));
