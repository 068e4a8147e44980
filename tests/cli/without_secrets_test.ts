import { assertEquals } from "@std/assert";
import { withoutSecrets } from "../../src/cli/without_secrets.ts";

Deno.test("withoutSecrets() leaves out what a job's environment gets, and nothing else", () => {
  const words = ["sweep", "a b.yaml", "--sbatch-arg=--mem=4G", "--set", "hidden=[4, 4]"];
  assertEquals(withoutSecrets(words), words);
  assertEquals(
    withoutSecrets(["sweep", "--sbatch-arg=--export=ALL,TOKEN=a\nb", "--sbatch-arg=--qos=low"]),
    ["sweep", "--sbatch-arg=--export=…", "--sbatch-arg=--qos=low"],
  );
});
