import { join, relative } from "node:path";
import { ROOT } from "./_source_files.ts";

/** A page of the documentation. */
export interface Page {
  /** Relative to the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of code. */
export interface Block {
  /** The page's path and the block's first line there. */
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

/** README.md, the pages of docs/ and data/README.md, in this order. */
export async function readPages(): Promise<Page[]> {
  const docs = [...Deno.readDirSync(join(ROOT, "docs"))].map(({ name }) => `docs/${name}`)
    .filter((path) => path.endsWith(".md")).sort();
  const paths = ["README.md", ...docs, "data/README.md"];
  return await Promise.all(
    paths.map(async (path) => ({ path, text: await Deno.readTextFile(join(ROOT, path)) })),
  );
}

/** The fenced blocks of code of a page. */
export function blocksOf({ path, text }: Page): Block[] {
  return Array.from(
    text.matchAll(/^( *)```(\w+)\n(.*?)^\1```$/gms),
    ({ index, 2: language, 3: block }) => ({
      place: `${path}:${text.slice(0, index).split("\n").length + 1}`,
      language,
      text: block,
    }),
  );
}

/** What the links and images of a page point to, as written; not those in code. */
export function linksOf({ text }: Page): string[] {
  return Array.from(proseOf(text).matchAll(/\]\(<?([^)\s>]+)>?\)/g), ([, target]) => target);
}

/** The anchors that GitHub gives to a page's headings. */
export function anchorsOf({ text }: Page): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of text.replaceAll(/^```.*?^```$/gms, "").matchAll(/^#+ (.+)$/gm)) {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const base = words.replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
    let anchor = base;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${base}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** A command of the documentation, as the words after `deno task`. */
export interface DocumentedCommand {
  readonly place: string;
  readonly words: readonly string[];
  /** What it prints, if the page shows that; `…` stands for anything. */
  readonly output?: string;
}

/** A block's commands with their output, if it shows that: lines of `sh`, or the first of `console`. */
export function shownCommands({ language, text }: Block): { command: string; output?: string }[] {
  if (language === "sh") return text.trim().split("\n").map((command) => ({ command }));
  if (language !== "console") return [];
  const [first, ...rest] = text.split("\n");
  return [{ command: first.replace(/^\$ /, ""), output: rest.join("\n") }];
}

/** The `deno task` and `regsweep` commands in a page's blocks. */
export function commandsOf(page: Page): DocumentedCommand[] {
  return blocksOf(page).flatMap((block) =>
    shownCommands(block)
      .filter(({ command }) =>
        block.language !== "sh" || !/^deno (run|install|uninstall) /.test(command)
      )
      .map(({ command, output }) => ({ place: block.place, words: taskWords(command), output }))
  );
}

/**
 * True if a text is what a page shows, in which `…` stands for anything in a line, or for any lines.
 * Pages have plain spaces where the text has some that do not break.
 */
export function matchesOutput(text: string, shown: string): boolean {
  const lines = shown.trimEnd().split("\n").map((line) => {
    if (line === "…") return "(?:.*\n)*?";
    return line.split("…").map((part) => RegExp.escape(part)).join(".*") + "\n";
  });
  return new RegExp(`^${lines.join("")}$`).test(`${text.trimEnd().replaceAll("\u00a0", " ")}\n`);
}

/** A link of a page as a path relative to the project's folder, and an anchor; nothing for a URL. */
export function resolveLink(
  page: Page,
  target: string,
): { path: string; anchor?: string } | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [path, anchor] = target.split("#");
  if (path === "") return { path: page.path, anchor };
  return { path: relative(ROOT, join(ROOT, page.path, "..", path)), anchor };
}

function proseOf(text: string): string {
  return text.replaceAll(/^( *)```.*?^\1```$/gms, "").replaceAll(/`[^`\n]*`/g, "");
}

function taskWords(line: string): string[] {
  const [, command] =
    line.match(/^(?:(?:npx -y deno@[\d.]+|deno) task (?:--config \S+ )?|regsweep )(.+)$/) ?? [];
  if (command === undefined) throw new Error(`${line} is not a deno task`);
  return Array.from(command.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, word]) => quoted ?? word);
}
