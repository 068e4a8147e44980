const encoder = new TextEncoder();

/** Prints what a user asked for, with a line end, to standard output. */
export function print(text: string): void {
  write(Deno.stdout, printable(text) + "\n");
}

/** Prints anything else, such as problems, with a line end, to standard error. */
export function printAside(text: string): void {
  write(Deno.stderr, printable(text) + "\n");
}

/** Writes all of a text. A reader that has closed the pipe, such as `head`, is not an error. */
export function write(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let bytes = encoder.encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/** The width of the terminal; 80 if there is none. */
export function consoleColumns(): number {
  try {
    return Deno.consoleSize().columns || 80;
  } catch {
    return 80;
  }
}

/** Keeps control characters in users' files from reaching the terminal. */
function printable(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}/gu, "\ufffd");
}
