/** Where a file's text was changed: what follows on its line moved by so many characters. */
export interface Shift {
  readonly line: number;
  /** In the changed text, from 1: where what was inserted ends. */
  readonly end: number;
  readonly by: number;
}

/** A file of a module as it runs. */
export interface RunningFile {
  readonly url: string;
  /** What is shown in place of the URL. */
  readonly path: string;
  readonly shifts: readonly Shift[];
}

/** A text with places in the user's files in place of those in what runs. */
export function withOwnPlaces(text: string, files: readonly RunningFile[]): string {
  return text.replace(
    /(blob:[\w/.:]*?[\da-f-]{36})(?::(\d+):(\d+))?/g,
    (whole, url, line, column) => {
      const file = files.find((file) => file.url === url);
      if (!file) return whole;
      if (line === undefined) return file.path;
      return `${file.path}:${line}:${columnIn(file, Number(line), Number(column))}`;
    },
  );
}

/** The column in a user's file of one in the text that runs. */
function columnIn({ shifts }: RunningFile, line: number, column: number): number {
  const before = shifts.filter((shift) => shift.line === line && column >= shift.end);
  return before.reduce((column, { by }) => column - by, column);
}

/**
 * Makes `error.stack` the same in every run and on every machine: it has the module's own calls alone,
 * with the paths of its files. Their URLs are made at random, and packages lie somewhere else on each
 * machine.
 */
export function showOwnStacks(files: readonly RunningFile[]): void {
  const toString = Error.prototype.toString;
  const value = (error: Error, calls: readonly object[]) => {
    const shown = calls.map((call) => `    at ${call}`);
    const own = shown.flatMap((line) => {
      const own = withOwnPlaces(line, files);
      return own === line ? [] : [own];
    });
    return [toString.call(error), ...own].join("\n");
  };
  Object.defineProperty(Error, "prepareStackTrace", { value });
}
