import { commandText, INSTALLED_NAMES } from "../../command_text.ts";
import { countOf, formatCount } from "../../format_number.ts";
import type { Answer } from "../../results/answer.ts";
import type { WhyUnfinished } from "../../results/manifest.ts";
import { OTHER_FILES } from "../../results/result_files.ts";
import { capitalized } from "../../wording/capitalized.ts";
import { liveNote } from "../live_note.ts";
import { type Markup, Markup as Html, markup } from "../markup.ts";
import { contentPolicy } from "../page/content_policy.ts";
import { documentStart } from "../page/document_start.ts";
import { loadIndexAssets } from "../page/page_assets.ts";
import { verdictChip } from "../sections/verdict_chip.ts";
import type { IndexContent, IndexEntry, UnreadableFolder } from "./index_entry.ts";

/** The words of a command that makes a sweep. */
const FIRST_SWEEP = ["sweep", "FILE.yaml"];

/** Why runs are missing, in a word or two. */
const WHY_WORDS: Readonly<Record<WhyUnfinished, string>> = {
  running: "was running",
  interrupted: "interrupted",
  failed: "a run failed",
  budget: "budget spent",
  drawn: "drawn before the end",
};

/** The headings of the table, in order. */
const HEADINGS = ["Sweep", "Answer", "Difference", "Verdict", "Runs", "Started (UTC)", "State"];

/**
 * Renders the page over all sweeps of a reports folder: one HTML file with links to their reports.
 *
 * As in reports, text of users appears only as escaped text, and nothing is loaded.
 */
export async function renderIndex({ entries, unreadable }: IndexContent): Promise<string> {
  const { style, script } = await loadIndexAssets();
  const policy = await contentPolicy([style], [script]);
  const page = markup`${documentStart(policy)}
<title>Sweeps · regsweep</title>
<style>${new Html(style)}</style>
</head>
<body>
<main class="index">
<header>
<h1>Sweeps</h1>
<p class="question">${
    entries.length === 0
      ? markup`There is none here yet. To make one: <code>${
        commandText(FIRST_SWEEP, INSTALLED_NAMES)
      }</code>; in a clone, <code>${commandText(FIRST_SWEEP)}</code>.`
      : `${
        countOf(entries.length, "sweep")
      }, the latest first. What each of them found, at a glance.`
  }</p>
${noteOf(entries)}</header>
${entries.length === 0 ? "" : tableOf(entries)}
${unreadable.length === 0 ? "" : unreadableFolders(unreadable)}
</main>
<script>${new Html(script)}</script>
</body>
</html>
`;
  return page.text;
}

/** Of the sweeps that run, the one whose files are the newest says when to look again. */
function noteOf(entries: readonly IndexEntry[]): Markup | string {
  const [latest] = entries.flatMap(({ name, live }) => live ? [{ name, live }] : [])
    .toSorted((a, b) => Date.parse(b.live.written) - Date.parse(a.live.written));
  return latest ? liveNote(latest.live, `the sweep ${latest.name}`) : "";
}

function tableOf(entries: readonly IndexEntry[]): Markup {
  return markup`<table class="sweeps">
<thead><tr>
${HEADINGS.map((heading) => markup`<th scope="col">${heading}</th>`)}
</tr></thead>
<tbody>
${entries.map(rowOf)}
</tbody>
</table>`;
}

function rowOf(entry: IndexEntry): Markup {
  const { folder, name, question, answer, started, state } = entry;
  const { use, compared } = answer;
  // Of imported runs, nobody knows whether there are more.
  const word = started === undefined ? "imported" : state;
  const href = `${encodeURIComponent(folder)}/${OTHER_FILES.report.name}`;
  const title = markup`<bdi>${name}</bdi>`;
  const other = folder === name ? "" : markup` <small>in <bdi>${folder}</bdi></small>`;
  return markup`<tr>
<th scope="row" data-value="${name}">${
    entry.hasReport ? markup`<a href="${href}">${title}</a>` : title
  }${other}${question === "" ? "" : markup`<p><bdi>${question}</bdi></p>`}${
    tagLinks(entry.tags)
  }</th>
${
    cell(
      "Answer",
      answer.advice,
      markup`<bdi>${answer.advice}</bdi>${
        use ? markup`<p><span class="noun">${capitalized(use.noun)}</span> ${use.text}</p>` : ""
      }`,
    )
  }
${cell("Difference", compared?.mean, compared ? differenceOf(answer) : markup`–`)}
${cell("Verdict", compared?.verdict, compared ? verdictChip(compared.verdict) : markup`–`)}
${cell("Runs", entry.runs, runsOf(entry))}
${
    cell(
      "Started (UTC)",
      started,
      started === undefined
        ? markup`–`
        : markup`<time datetime="${started}">${started.slice(0, 16).replace("T", " ")}</time>`,
    )
  }
${cell("State", word, markup`${word}${entry.why ? markup`<p>${WHY_WORDS[entry.why]}</p>` : ""}`)}
</tr>`;
}

/** A sweep's tags, each a link to the sweeps that have it, for the page's script. */
function tagLinks(tags: readonly string[]): Markup | string {
  if (tags.length === 0) return "";
  return markup`<ul class="tags" aria-label="Tags">${
    tags.map((tag) => {
      const hash = new URLSearchParams({ find: `#${tag}` });
      return markup`<li><a href="#${String(hash)}"><bdi>#${tag}</bdi></a></li>`;
    })
  }</ul>`;
}

/** A field with its heading, which a phone shows, and what it is sorted by. */
function cell(heading: string, value: string | number | undefined, content: Markup): Markup {
  return markup`<td data-label="${heading}" data-value="${value}">${content}</td>`;
}

/** Of the cell to use where that is shown to be better, otherwise of the named one. */
function differenceOf({ use, compared }: Answer): Markup {
  const name = compared?.cell === use?.cell ? "" : markup`<p><bdi>${compared?.name}</bdi></p>`;
  return markup`${compared?.text}${name}`;
}

function runsOf({ runs, planned, failed }: IndexEntry): Markup {
  const text = runs < planned
    ? `${formatCount(runs)} of ${formatCount(planned)}`
    : formatCount(runs);
  return markup`${text}${failed === 0 ? "" : markup`<p>${formatCount(failed)} failed</p>`}`;
}

function unreadableFolders(folders: readonly UnreadableFolder[]): Markup {
  return markup`<section>
<h2>Folders without results</h2>
<ul>
${
    folders.map(({ folder, reason }) =>
      markup`<li><code><bdi>${folder}</bdi></code>: ${reason}</li>`
    )
  }
</ul>
</section>`;
}
