import { assertEquals } from "@std/assert";
import { cacheFolder, type CachePlace } from "../../src/cli/cache_folder.ts";

function folder(os: CachePlace["os"], home: string, variables: Record<string, string> = {}) {
  return cacheFolder({ os, home, env: (name) => variables[name] });
}

Deno.test("cacheFolder() is where each system keeps caches", () => {
  assertEquals(folder("linux", "/home/a"), "/home/a/.cache/regsweep");
  assertEquals(folder("linux", "/home/a", { XDG_CACHE_HOME: "/var/a" }), "/var/a/regsweep");
  assertEquals(folder("darwin", "/Users/a"), "/Users/a/Library/Caches/regsweep");
  const home = "C:\\Users\\a";
  assertEquals(folder("windows", home), "C:\\Users\\a\\AppData\\Local\\regsweep");
  assertEquals(folder("windows", home, { LOCALAPPDATA: "D:\\L" }), "D:\\L\\regsweep");
});

Deno.test("cacheFolder() ignores a relative or empty XDG_CACHE_HOME", () => {
  for (const XDG_CACHE_HOME of ["", "cache"]) {
    assertEquals(folder("linux", "/home/a", { XDG_CACHE_HOME }), "/home/a/.cache/regsweep");
  }
});
