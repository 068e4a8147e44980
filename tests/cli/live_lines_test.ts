import { assert, assertEquals } from "@std/assert";
import { LiveLines } from "../../src/cli/live_lines.ts";
import { textWidth } from "../../src/cli/text_width.ts";
import { FakeTerminal } from "./_fake_terminal.ts";

Deno.test("LiveLines draws over what it has drawn, and erases it", () => {
  const terminal = new FakeTerminal(40);
  terminal.write("before\n");
  const lines = new LiveLines(terminal);
  lines.draw(["one", "two", "three"]);
  assertEquals(terminal.shown, ["before", "one", "two", "three"]);
  lines.draw(["eins"]);
  assertEquals(terminal.shown, ["before", "eins"]);
  lines.draw(["uno", "due"]);
  lines.erase();
  assertEquals(terminal.shown, ["before"]);
  terminal.write("after\n");
  lines.draw(["un"]);
  assertEquals(terminal.shown, ["before", "after", "un"]);
});

Deno.test("LiveLines leaves nothing behind when a terminal changes its width", () => {
  const long = "a line of some more than thirty columns";
  for (let width = 5; width <= 90; width += 5) {
    for (let next = 5; next <= 90; next += 5) {
      const terminal = new FakeTerminal(width);
      terminal.write("before\n");
      const lines = new LiveLines(terminal);
      lines.draw([long, "short", long]);
      terminal.columns = next;
      const drawn = ["new", long];
      lines.draw(drawn);
      assertEquals(terminal.shown.length, next === 5 ? 4 : 3, `${width} ${next}`);
      terminal.columns = width;
      lines.erase();
      assertEquals(terminal.shown.join(""), "before", `${width} ${next}`);
    }
  }
});

Deno.test("LiveLines cuts lines to the terminal's size, also those of wide characters", () => {
  const wide = "正則化パラメータ 0.001 が最も良い 🎉 é";
  for (let columns = 2; columns < 50; columns++) {
    const terminal = new FakeTerminal(columns);
    const lines = new LiveLines(terminal);
    lines.draw([wide, "one", wide]);
    assertEquals(terminal.shown.length, 3);
    for (const row of terminal.shown) assert(textWidth(row) < columns, row);
  }
  const flat = new FakeTerminal(40);
  flat.rows = 3;
  new LiveLines(flat).draw(["one", "two", "three", "four"]);
  assertEquals(flat.shown, ["one", "two"]);
});

Deno.test("LiveLines writes nothing where nothing has changed", () => {
  const written: string[] = [];
  const lines = new LiveLines({
    write: (text) => written.push(text),
    size: () => ({ columns: 80, rows: 24 }),
  });
  lines.draw(["one", "two"]);
  lines.draw(["one", "two"]);
  assertEquals(written.length, 1);
  lines.erase();
  lines.erase();
  assertEquals(written.length, 2);
});

Deno.test("LiveLines lets no text control the terminal, nor begin a line of its own", () => {
  const terminal = new FakeTerminal(80);
  const lines = new LiveLines(terminal);
  lines.draw(["one\ntwo \x1b[2J\x1b]8;;https://example.org\x07", "three"]);
  assertEquals(terminal.shown, ["one↵two �[2J�]8;;https://example.org�", "three"]);
});
