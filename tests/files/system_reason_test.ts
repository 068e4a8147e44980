import { assertEquals } from "@std/assert";
import { systemReason } from "../../src/files/system_reason.ts";

function errorOf(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("no error");
}

Deno.test("systemReason() gives the system's words", () => {
  const missing = errorOf(() => Deno.readFileSync("/missing"));
  assertEquals(systemReason(missing), "no such file or directory");
});

Deno.test({
  name: "systemReason() tells a full disk",
  ignore: Deno.build.os !== "linux",
  fn: () => {
    const full = errorOf(() => Deno.writeTextFileSync("/dev/full", "text"));
    assertEquals(systemReason(full), "no space left on device");
  },
});

Deno.test({
  name: "systemReason() tells what Deno was not permitted to do",
  permissions: { read: false },
  fn: () => {
    const denied = errorOf(() => Deno.readFileSync("/missing"));
    assertEquals(
      systemReason(denied),
      "Deno does not let this command read it; the tasks in deno.json have the permissions they need",
    );
  },
});

Deno.test("systemReason() tells a name that no file can have", () => {
  const impossible = errorOf(() => Deno.readFileSync("a\0b"));
  assertEquals(systemReason(impossible), "its name has a NUL byte");
});

Deno.test({
  name: "systemReason() tells files that Deno keeps from all tasks",
  ignore: Deno.build.os !== "linux",
  permissions: { read: true, write: true },
  fn: () => {
    const uses = [() => Deno.readFileSync("/proc/version"), () => Deno.mkdirSync("/proc/reports")];
    for (const use of uses) {
      const reason = "Deno lets no command use this system file; use another path";
      assertEquals(systemReason(errorOf(use)), reason);
    }
  },
});

Deno.test("systemReason() has none for other errors", () => {
  assertEquals(systemReason(new TypeError("x is undefined")), undefined);
  assertEquals(systemReason("No space left on device (os error 28)"), undefined);
});
