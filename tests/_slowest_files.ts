/** A test file and how long its tests took, in seconds. */
export interface FileTime {
  readonly file: string;
  readonly seconds: number;
}

/** The files whose tests took longest, by `deno test`'s JUnit report; the longest first. */
export function slowestFiles(junit: string, count: number): FileTime[] {
  const times = Array.from(
    junit.matchAll(/<testsuite name="([^"]+)".*?>(.*?)<\/testsuite>/gs),
    ([, file, suite]) => ({ file: file.replace(/^\.\//, ""), seconds: secondsOf(suite) }),
  );
  return times.sort((a, b) => b.seconds - a.seconds).slice(0, count);
}

function secondsOf(suite: string): number {
  const cases = Array.from(
    suite.matchAll(/<testcase name="([^"]*)".*? time="([\d.]+)"/g),
    ([, name, seconds]) => ({ name, seconds: Number(seconds) }),
  );
  const names = new Set(cases.map(({ name }) => name));
  return cases
    // A test's time has its steps' in it.
    .filter(({ name }) => !beginningsOf(name).some((beginning) => names.has(beginning)))
    .reduce((sum, { seconds }) => sum + seconds, 0);
}

/** What stands before each ` > ` of a step's name. */
function beginningsOf(name: string): string[] {
  return Array.from(name.matchAll(/ &gt; /g), ({ index }) => name.slice(0, index));
}
