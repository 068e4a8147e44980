import { assertEquals } from "@std/assert";
import { dirname, join } from "node:path";
import { gitCommit } from "../../src/sweep/git_commit.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

const REPOSITORIES: Record<string, { files: Record<string, string>; commit: string | null }> = {
  "a branch": {
    files: { ".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": `${COMMIT}\n` },
    commit: COMMIT,
  },
  "a packed branch": {
    files: {
      ".git/HEAD": "ref: refs/heads/main\n",
      ".git/packed-refs": `# pack-refs\n${"f".repeat(40)} refs/heads/x/main\n` +
        `${COMMIT} refs/heads/main\n`,
    },
    commit: COMMIT,
  },
  "a detached HEAD": { files: { ".git/HEAD": `${COMMIT}\n` }, commit: COMMIT },
  "a worktree": {
    files: {
      ".git": "gitdir: elsewhere/.git/worktrees/w\n",
      "elsewhere/.git/worktrees/w/HEAD": "ref: refs/heads/w\n",
      "elsewhere/.git/worktrees/w/commondir": "../..\n",
      "elsewhere/.git/refs/heads/w": `${COMMIT}\n`,
    },
    commit: COMMIT,
  },
  "a repository without commits": {
    files: { ".git/HEAD": "ref: refs/heads/main\n" },
    commit: null,
  },
  "no repository": { files: {}, commit: null },
  "a broken HEAD": { files: { ".git/HEAD": "who knows\n" }, commit: null },
};

for (const [name, { files, commit }] of Object.entries(REPOSITORIES)) {
  Deno.test(`gitCommit() of ${name}`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      for (const [path, text] of Object.entries(files)) {
        await Deno.mkdir(join(folder, dirname(path)), { recursive: true });
        await Deno.writeTextFile(join(folder, path), text);
      }
      assertEquals(await gitCommit(folder), commit);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
