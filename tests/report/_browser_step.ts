import type { Page } from "playwright-core";
import type { ReportInput } from "../../src/report/report_input.ts";
import type { Look } from "./_browser.ts";

export const PHONE: Look = { width: 360, colorScheme: "light" };
export const TABLET: Look = { width: 800, colorScheme: "light" };
export const DESK: Look = { width: 1600, colorScheme: "light" };
export const PHONE_AT_NIGHT: Look = { ...PHONE, colorScheme: "dark" };
export const DESK_AT_NIGHT: Look = { ...DESK, colorScheme: "dark" };

/** A test of reports, opened in one browser. */
export type BrowserStep = (open: OpenReport) => Promise<void>;

/** Opens the report of an input, looks at it, and checks that it was quiet meanwhile. */
export type OpenReport = (
  input: ReportInput,
  look: Look,
  test: (page: Page) => Promise<void>,
) => Promise<void>;
