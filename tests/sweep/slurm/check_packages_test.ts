import { assertEquals, assertThrows } from "@std/assert";
import { checkPackages } from "../../../src/sweep/slurm/check_packages.ts";
import { UserError } from "../../../src/user_error.ts";
import { withFiles } from "../../experiment/_with_files.ts";

Deno.test("checkPackages() refuses a project whose packages are elsewhere", () =>
  withFiles({}, async (folder) => {
    const { problems, exitCode } = assertThrows(() => checkPackages(folder), UserError);
    const message = `Cannot use a cluster without packages in ${folder}, which its tasks need`;
    assertEquals([problems[0].message, exitCode], [message, 2]);
    await Deno.mkdir(`${folder}/node_modules`);
    checkPackages(folder);
  }));
