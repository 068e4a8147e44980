import { assertEquals } from "@std/assert";
import { cacheFolder, stateFolder, type UserPlace } from "../../src/cli/user_folders.ts";

function folder(os: UserPlace["os"], home: string, variables: Record<string, string> = {}) {
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

Deno.test("stateFolder() is where each system keeps what a user has decided, if it is known", () => {
  const state = (os: string, variables: Record<string, string>) =>
    stateFolder({ os, env: (name) => variables[name] });
  assertEquals(state("linux", { HOME: "/home/a" }), "/home/a/.local/state/regsweep");
  assertEquals(state("darwin", { HOME: "/h", XDG_STATE_HOME: "/s" }), "/s/regsweep");
  assertEquals(state("linux", { HOME: "/h", XDG_STATE_HOME: "s" }), "/h/.local/state/regsweep");
  assertEquals(state("windows", { LOCALAPPDATA: "C:\\L" }), "C:\\L\\regsweep");
  assertEquals(state("linux", {}), undefined);
  assertEquals(state("windows", { HOME: "/h" }), undefined);
});
