import { assertEquals } from "@std/assert";
import { programEnvironment } from "../../../src/trainers/command/program_environment.ts";

Deno.test("programEnvironment() names a run's temporary folder as each system does", () => {
  const linux = programEnvironment({}, "/tmp/a", "linux");
  assertEquals([linux.TMPDIR, linux.TEMP, linux.TMP], ["/tmp/a", undefined, undefined]);
  const windows = programEnvironment({ TMP: "D:\\mine" }, "C:\\a", "windows");
  assertEquals([windows.TMPDIR, windows.TEMP, windows.TMP], ["C:\\a", "C:\\a", "D:\\mine"]);
});
