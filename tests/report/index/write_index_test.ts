import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { FileClaim } from "../../../src/files/file_claim.ts";
import { writeIndex } from "../../../src/report/index/write_index.ts";
import { UserError } from "../../../src/user_error.ts";
import { manifestAt, withReports, writeSweep } from "./_index_folder.ts";

const { signal } = new AbortController();
const STARTED = "2026-03-14T15:09:26.535Z";

Deno.test("writeIndex() waits for another that writes, and sees what that one saw", () =>
  withReports(async (reports) => {
    await writeSweep(reports, "first", manifestAt(STARTED, { name: "first" }));
    const other = await FileClaim.wait(join(reports, "index.claim"), signal);
    const writing = writeIndex(reports, { signal });
    await writeSweep(reports, "second", manifestAt(STARTED, { name: "second" }));
    other.release();
    const page = await Deno.readTextFile(await writing);
    for (const name of ["first", "second"]) {
      assertStringIncludes(page, `href="${name}/report.html"`);
    }
    const names = Array.from(Deno.readDirSync(reports), ({ name }) => name).sort();
    assertEquals(names, ["first", "index.html", "second"]);
  }));

Deno.test("writeIndex() has every sweep where several write at once", () =>
  withReports(async (reports) => {
    const names = Array.from({ length: 6 }, (_, index) => `sweep-${index}`);
    await Promise.all(names.map(async (name) => {
      await writeSweep(reports, name, manifestAt(STARTED, { name }));
      await writeIndex(reports, { signal });
    }));
    const page = await Deno.readTextFile(join(reports, "index.html"));
    for (const name of names) assertStringIncludes(page, `href="${name}/report.html"`);
  }));

Deno.test("writeIndex() says why it cannot write, and stops when it is told to", () =>
  withReports(async (reports) => {
    await Deno.mkdir(join(reports, "index.html", "taken"), { recursive: true });
    const error = await assertRejects(() => writeIndex(reports, { signal }), UserError);
    assertStringIncludes(error.message, `Cannot write ${join(reports, "index.html")}`);
    const claim = await FileClaim.wait(join(reports, "index.claim"), signal);
    const reason = new Error("enough");
    await assertRejects(
      () => writeIndex(reports, { signal: AbortSignal.abort(reason) }),
      Error,
      "enough",
    );
    claim.release();
  }));
