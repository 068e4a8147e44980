import { urlOf } from "./file_line.ts";
import { printAside } from "./output.ts";

/** The programs that open a file in a browser, by the operating system. */
const OPENERS: Readonly<Record<string, string>> = {
  darwin: "open",
  windows: "explorer",
};
const USUAL_OPENER = "xdg-open";

/** Some programs go on for as long as the browser that they start: then it is open. */
const LIMIT_MILLISECONDS = 5000;

/** Opens a page in the user's browser, or says why it cannot. */
export async function openInBrowser(path: string): Promise<void> {
  const opener = OPENERS[Deno.build.os] ?? USUAL_OPENER;
  const problem = await problemOfOpening(opener, urlOf(path));
  if (problem !== undefined) printAside(`Cannot open ${path} in a browser: ${problem}`);
}

async function problemOfOpening(opener: string, url: string): Promise<string | undefined> {
  const { state } = await Deno.permissions.query({ name: "run", command: opener });
  // Without the program, its permission cannot be given either.
  if (state !== "granted") return `there is no ${opener}, or no permission to start it`;
  let child: Deno.ChildProcess;
  try {
    const quiet = { stdin: "null", stdout: "null", stderr: "null" } as const;
    child = new Deno.Command(opener, { args: [url], ...quiet }).spawn();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error instanceof Deno.errors.NotFound ? `there is no ${opener}` : error.message;
  }
  child.unref();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), LIMIT_MILLISECONDS);
  });
  const status = await Promise.race([child.status, late]);
  clearTimeout(timer);
  // Windows' explorer ends with 1 when it has opened a page.
  if (!status || status.success || opener === OPENERS.windows) return undefined;
  return `${opener} ended with code ${status.code}`;
}
