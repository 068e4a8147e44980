import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { IndexEntry } from "../../../src/report/index/index_entry.ts";
import { renderIndex } from "../../../src/report/index/render_index.ts";
import { manifestAt } from "./_index_folder.ts";

const { answer } = manifestAt("2026-03-14T15:09:26.535Z");

function entry(changes: Partial<IndexEntry> = {}): IndexEntry {
  if (!answer) throw new Error("The sample has an answer");
  return {
    folder: "four-techniques",
    name: "four-techniques",
    question: "Which of them helps?",
    tags: [],
    notes: "",
    answer,
    ...{
      runs: 190,
      planned: 190,
      failed: 0,
      state: "complete",
      started: "2026-03-14T15:09:26.535Z",
    },
    hasReport: true,
    ...changes,
  };
}

/** A page's text, without its style. */
async function bodyOf(...entries: readonly IndexEntry[]): Promise<string> {
  const page = await renderIndex({ entries, unreadable: [] });
  return page.slice(page.indexOf("<body>"));
}

Deno.test("renderIndex() says of each sweep what it found, with a link to its report", async () => {
  const body = await bodyOf(entry());
  const parts = [
    '<a href="four-techniques/report.html"><bdi>four-techniques</bdi></a>',
    "Which of them helps?",
    "Use L1 penalty 0.001",
    "+1.42\u00a0points (simultaneous 95% interval 0.12 to 2.72, 10 seeds)",
    '<span class="verdict better">better</span>',
    ">190</td>",
    '<time datetime="2026-03-14T15:09:26.535Z">2026-03-14 15:09</time>',
    ">complete</td>",
  ];
  for (const part of parts) assertStringIncludes(body, part);
});

Deno.test("renderIndex() names the cell that a difference is of, if it is not the one to use", async () => {
  if (!answer?.use) throw new Error("The sample has an answer");
  const other = { ...answer, use: { ...answer.use, cell: "x" } };
  assert(!/<p><bdi>L1 penalty 0.001/.test(await bodyOf(entry())));
  assert(/<p><bdi>L1 penalty 0.001/.test(await bodyOf(entry({ answer: other }))));
});

Deno.test("renderIndex() counts the runs that unfinished sweeps lack, and links no missing report", async () => {
  const body = await bodyOf(
    entry({ runs: 1500, planned: 2000, state: "unfinished", why: "running", hasReport: false }),
  );
  assertStringIncludes(body, "1,500 of 2,000");
  assertStringIncludes(body, ">unfinished<p>was running</p>");
  assert(!body.includes("<a "));
});

Deno.test("renderIndex() says how many runs failed, where any did", async () => {
  assertStringIncludes(await bodyOf(entry({ failed: 3 })), ">190<p>3 failed</p></td>");
});

Deno.test("renderIndex() shows names from other hands as text", async () => {
  const hostile = '"><script>alert(1)</script>';
  if (!answer?.use || !answer.compared) throw new Error("The sample has an answer");
  const body = await bodyOf(entry({
    ...{ folder: `a ${hostile}`, name: hostile, question: hostile, started: hostile },
    ...{ tags: [hostile, "a&find=b"], notes: hostile },
    answer: {
      ...{ advice: hostile, finding: hostile, limit: hostile },
      use: { ...answer.use, cell: "x", noun: hostile, text: hostile },
      compared: { ...answer.compared, name: hostile, text: hostile },
    },
  }));
  assert(!body.includes("<script>alert"));
  assertStringIncludes(body, 'href="a%20%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E/report.html"');
});

Deno.test("renderIndex() makes each tag a link to the sweeps that have it", async () => {
  const body = await bodyOf(entry({ tags: ["paper", "a&find=b"] }));
  assertStringIncludes(body, '<a href="#find=%23paper"><bdi>#paper</bdi></a>');
  assertStringIncludes(body, '<a href="#find=%23a%26find%3Db"><bdi>#a&amp;find=b</bdi></a>');
  assert(!(await bodyOf(entry())).includes('class="tags"'));
});

Deno.test("renderIndex() lists folders without results, and says how to make the first sweep", async () => {
  const page = await renderIndex({
    entries: [],
    unreadable: [{ folder: "old", reason: "Cannot read manifest.json" }],
  });
  assertStringIncludes(page, "<code>regsweep sweep FILE.yaml</code>");
  assertStringIncludes(page, "<code>deno task sweep FILE.yaml</code>");
  assertStringIncludes(page, "<bdi>old</bdi></code>: Cannot read manifest.json");
  assertEquals(page.includes("<table"), false);
});

Deno.test("renderIndex() says when the files of a sweep that runs were written, and is reloaded", async () => {
  const live = (minute: number) => ({
    written: `2026-11-27T14:0${minute}:00Z`,
    againSeconds: 100 + minute,
  });
  const entries = [entry(), entry({ live: live(5) }), entry({ name: "wide", live: live(7) })];
  const page = await renderIndex({ entries, unreadable: [] });
  assertStringIncludes(
    page,
    'data-written="2026-11-27T14:07:00Z" data-again="107" data-sweep="the sweep wide" hidden',
  );
  const complete = await renderIndex({ entries: [entry()], unreadable: [] });
  assertEquals(complete.includes('id="live"'), false);
});
