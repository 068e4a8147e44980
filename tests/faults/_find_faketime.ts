import { isFile } from "../_find_program.ts";

const LIBRARIES = "/usr/lib";

/** The library that gives programs another time than the system's, where Debian installs it. */
export function findFaketime(): string | undefined {
  if (Deno.build.os !== "linux") return undefined;
  return Array.from(Deno.readDirSync(LIBRARIES))
    .map(({ name }) => `${LIBRARIES}/${name}/faketime/libfaketime.so.1`)
    .find(isFile);
}
