import { assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { IS_CI } from "../_ci.ts";
import { findProgram } from "../_find_program.ts";

const EXECUTABLE = findProgram("chromium", "chromium-browser", "google-chrome");
const MOST_MILLISECONDS = 15_000;

/** Without a browser, its tests are skipped; but not in CI, where they fail. */
export const HAS_TO_SKIP = !EXECUTABLE && !IS_CI;

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly colorScheme: "light" | "dark";
  /** True where scripts are off. */
  readonly isScriptless?: boolean;
  /** True of a page that has no scripts, and so is never drawn. */
  readonly isStill?: boolean;
  /** True if only charts that come near are drawn, as readers have it. */
  readonly isAsOpened?: boolean;
}

/** Runs tests in one browser, and ends it whatever they do. */
export function withBrowser(test: (browser: Browser) => Promise<void>): Promise<void> {
  return withBrowsers((step) => step(test));
}

/**
 * Runs steps in one browser, and ends it whatever they do. After a step that failed, the next has a new
 * browser: one that hangs or has crashed would fail all that follow, each of them slowly.
 */
export async function withBrowsers(
  test: (step: (use: (browser: Browser) => Promise<void>) => Promise<void>) => Promise<void>,
): Promise<void> {
  let browser: Browser | undefined;
  try {
    await test(async (use) => {
      browser ??= await launchBrowser();
      try {
        await use(browser);
      } catch (error) {
        const failed = browser;
        browser = undefined;
        await failed.close();
        throw error;
      }
    });
  } finally {
    await browser?.close();
  }
}

function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE ?? "chromium",
    timeout: MOST_MILLISECONDS,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Opens a report from disk, without a network, waits until all is drawn unless told not to, tests it, and checks that it
 * said nothing on its console, threw nothing and asked for nothing but itself.
 */
export async function withReport(
  browser: Browser,
  path: string,
  { width, colorScheme, isScriptless = false, isStill = isScriptless, isAsOpened = false }: Look,
  test: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    offline: true,
    colorScheme,
    javaScriptEnabled: !isScriptless,
    viewport: { width, height: 900 },
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(MOST_MILLISECONDS);
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (!/^(blob|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
    });
    const address = pathToFileURL(path).href;
    await page.goto(address);
    if (!isStill) await page.locator("html[data-state=ready]").waitFor();
    if (!isStill && !isAsOpened) await drawAll(page);
    await test(page);
    assertEquals(complaints, [`request: ${address}`]);
  } finally {
    await context.close();
  }
}

/** Has a page draw all of its charts, as it does for paper. */
async function drawAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    dispatchEvent(new Event("afterprint"));
  });
  if (await page.locator(".chart[id]").count() === 0) return;
  await page.locator("html[data-charts=drawn]").waitFor();
}
