/// <reference lib="dom" />
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { INSTALLED_NAMES } from "../../src/command_text.ts";
import { analysisOf, withIntervals } from "../../src/report/analysis_of.ts";
import { withDisplayNames } from "../../src/report/display_names.ts";
import { rankCells } from "../../src/report/report_cell.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import { trainCommand } from "../../src/report/train_command.ts";
import { pairTable } from "../../src/statistics/all_pairs.ts";
import { compareAny } from "../../src/statistics/compare_any.ts";
import { capitalized } from "../../src/wording/capitalized.ts";
import { describePair } from "../../src/wording/describe_pair.ts";
import { scaleOf } from "../../src/wording/metric_scale.ts";
import { STANDINGS } from "../../src/wording/standings.ts";
import { intervalName } from "../../src/wording/verdict_interval.ts";
import {
  type BrowserStep,
  DESK,
  DESK_AT_NIGHT,
  PHONE,
  PHONE_AT_NIGHT,
  TABLET,
} from "./_browser_step.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";
import { seriousViolations } from "./_serious_violations.ts";

/** Two cells against each other, all against one, and a cell's panel. */
export const COMPARED_STEPS: Record<string, BrowserStep> = {};

/** What src/statistics says of every two cells, in the words of the page. */
function sentences(given: ReportInput): Map<string, string> {
  const named = withIntervals(given);
  const { input, cells, analysis } = withDisplayNames({
    input: named,
    cells: rankCells(named),
    analysis: analysisOf(named),
  });
  const table = pairTable(input.runs, analysis);
  const names = cells.filter(({ metric }) => metric).map(({ name }) => name);
  return new Map(names.flatMap((name) =>
    names.filter((other) => other !== name).map((other) => {
      const { kind, verdict, differences, mean, interval } = compareAny(name, other, table);
      const standing = kind === "same" ? "is the same run as" : STANDINGS[verdict];
      const difference = describePair({ n: differences.size, mean, interval }, {
        scale: scaleOf(analysis),
        intervalName: kind === "planned" ? intervalName(analysis) : "simultaneous 95% interval",
        noun: analysis.question.folds === undefined ? "seed" : "run",
      });
      const sentence = mean === undefined
        ? `${name} and ${other} cannot be compared: ${difference}.`
        : `${name} ${standing} ${other}: ${difference}.`;
      return [`${name} | ${other}`, capitalized(sentence)];
    })
  ));
}

/** What the page says of every two cells, once the reader chooses them. */
async function sentencesOfPage(page: Page): Promise<Map<string, string>> {
  return new Map(
    await page.evaluate(() => {
      const fields = () => [...document.querySelectorAll<HTMLSelectElement>(".pair select")];
      const names = [...fields()[0].options].map(({ value }) => value);
      const choose = (place: number, name: string) => {
        fields()[place].value = name;
        fields()[place].dispatchEvent(new Event("change"));
      };
      return names.flatMap((name) =>
        names.filter((other) => other !== name).map((other) => {
          choose(0, name);
          choose(1, other);
          const text = document.querySelector(".comparison")?.textContent ?? "";
          return [`${name} | ${other}`, text.replace(/\s+/g, " ")] as [string, string];
        })
      );
    }),
  );
}

for (const name of ["l1VsL2", "looks", "diverged", "folds", "prices", "undecided"] as const) {
  COMPARED_STEPS[`says of any two cells what src/statistics says, in ${name}`] = (open) => {
    const input = sampleInput(SAMPLES[name]);
    return open(input, DESK, async (page) => {
      const expected = new Map(
        [...sentences(input)].map(([pair, text]) => [pair, text.replace(/\s+/g, " ")]),
      );
      assert(expected.size > 1);
      assertEquals(await sentencesOfPage(page), expected);
    });
  };
}

/** By arrows, since a list forgets the letters that were typed if the next one comes late. */
async function chooseByKeyboard(field: Locator, value: string): Promise<void> {
  await field.press("Home");
  for (let left = await field.locator("option").count(); left > 1; left--) {
    if (await field.inputValue() === value) break;
    await field.press("ArrowDown");
  }
}

for (const look of [PHONE, PHONE_AT_NIGHT, TABLET, DESK, DESK_AT_NIGHT]) {
  COMPARED_STEPS[`compares two cells by keyboard at ${look.width} px, ${look.colorScheme}`] = (
    open,
  ) =>
    open(sampleInput(SAMPLES.l1VsL2), look, async (page) => {
      const [first, second] = [0, 1].map((place) => page.locator(".pair select").nth(place));
      await first.focus();
      await chooseByKeyboard(first, "L2 penalty 0.1");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await chooseByKeyboard(second, "no regularization");
      const chosen = () => Promise.all([first.inputValue(), second.inputValue()]);
      assertEquals(await chosen(), ["L2 penalty 0.1", "no regularization"]);
      assertStringIncludes(await page.locator(".comparison").textContent() ?? "", "L2 penalty 0.1");
      await page.locator(".swap").focus();
      await page.keyboard.press("Enter");
      assertEquals(await chosen(), ["no regularization", "L2 penalty 0.1"]);
      // What differs, the seeds side by side, and a point for each of them.
      assertEquals(
        await page.locator("table.settings tbody tr").allTextContents().then((rows) =>
          rows.map((row) => row.replace(/\s+/g, " ").trim())
        ),
        ["L2 penalty l2_penalty 0 0.1"],
      );
      assertEquals(await page.locator(".differences .seed").count(), 10);
      await page.locator(".seeds summary").focus();
      await page.keyboard.press("Enter");
      assertEquals(await page.locator(".seeds tbody tr").count(), 10);
      assertEquals(await page.locator(".picture.curves polyline").count() >= 1, true);
      await assertNoOverflow(page);
      // The address keeps it.
      const again = await page.context().newPage();
      await again.goto(page.url());
      const kept = again.locator(".pair select");
      assertEquals(await kept.nth(0).inputValue(), "no regularization");
      assertEquals(await kept.nth(1).inputValue(), "L2 penalty 0.1");
    });
}

COMPARED_STEPS["compares all cells with one that was chosen afterwards"] = (open) => {
  const input = sampleInput(SAMPLES.l1VsL2);
  return open(input, DESK, async (page) => {
    const all = page.locator(".compared .all");
    const rows = () =>
      all.locator("tbody tr").evaluateAll((rows) =>
        rows.map((row) =>
          [row.querySelector("th"), row.lastElementChild].map((cell) => cell?.textContent?.trim())
        )
      );
    assertStringIncludes(await all.textContent() ?? "", "the report’s own comparisons");
    assertEquals((await rows()).length, 8);
    await all.locator("select").selectOption("L2 penalty 0.1");
    assertStringIncludes(await all.textContent() ?? "", "was chosen after the results were seen");
    const texts = sentences(input);
    for (const [name = "", verdict = ""] of await rows()) {
      const expected = texts.get(`${name} | L2 penalty 0.1`) ?? "";
      const word = verdict === "undecided" ? "not clearly different" : verdict;
      assertStringIncludes(expected, `is ${word}`);
    }
    assertStringIncludes(page.url(), "against=l2_penalty%3D0.1");
    // The filter and the mark hold here, too.
    await page.locator("#ranked-cells .role-axis-label text", { hasText: "L1 penalty 0.001" })
      .first().click();
    assertEquals(await all.locator("[data-chosen] th").allTextContents(), ["L1 penalty 0.001"]);
    await all.locator("tbody button").first().click();
    assertEquals(await page.locator(".pair select").nth(1).inputValue(), "L2 penalty 0.1");
  });
};

COMPARED_STEPS["draws cells in the colours of their techniques, and tells those of one apart"] = (
  open,
) =>
  open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
    const lines = async (first: string, second: string) => {
      const [own, other] = [0, 1].map((place) => page.locator(".pair select").nth(place));
      await own.selectOption(first);
      await other.selectOption(second);
      const all = await page.locator(".pair :is(polyline, .key line)").evaluateAll((lines) =>
        lines.map((line) => [getComputedStyle(line).stroke, line.getAttribute("stroke-dasharray")])
      );
      // The key has the curves' lines.
      assertEquals(all.slice(0, 2), all.slice(2));
      return all.slice(2);
    };
    /** What the chart of ranked cells draws a technique with. */
    const entries = await page.locator("#ranked-cells").evaluate((chart) => {
      const all = (selector: string) => [...chart.querySelectorAll(`.role-legend-${selector}`)];
      const symbols = all("symbol path");
      return all("label text").map((label, place): [string, string] => [
        label.textContent ?? "",
        getComputedStyle(symbols[place]).fill,
      ]);
    });
    const legend = new Map(entries);
    const [l1, l2] = ["L1 penalty", "L2 penalty"].map((name) => legend.get(name) ?? "");
    assert(l1 !== "" && l2 !== "" && l1 !== l2);
    const solid = "1 0";
    assertEquals(await lines("L2 penalty 0.1", "L1 penalty 0.001"), [[l2, solid], [l1, solid]]);
    assertEquals(await lines("L1 penalty 0.001", "no regularization"), [
      [l1, solid],
      [legend.get("baseline") ?? "", solid],
    ]);
    const [one, another] = await lines("L2 penalty 0.01", "L2 penalty 0.1");
    assertEquals([one, another[0]], [[l2, solid], l2]);
    assert(another[1] !== solid);
    const colorsOf = (rows: string, bar: string) =>
      page.locator(rows).evaluateAll((rows, bar) =>
        rows.map((row): [string, string] => [
          row.querySelector("th bdi")?.textContent ?? "",
          getComputedStyle(row.querySelector(bar) ?? row).stroke,
        ]), bar);
    for (
      const [rows, bar] of [
        [".all tbody tr", ".interval"],
        ["table.cells tbody tr", ".metric .bar .range"],
      ]
    ) {
      const colors = await colorsOf(rows, bar);
      assert(colors.length >= 8);
      for (const [name, color] of colors) {
        assertEquals(
          color,
          name.startsWith("L1") ? l1 : name.startsWith("L2") ? l2 : legend.get("baseline"),
        );
      }
    }
  });

COMPARED_STEPS["suggests names where there are very many cells"] = (open) => {
  const input = sampleInput({
    name: "many",
    grid: [{ dropout: Array.from({ length: 70 }, (_, index) => index / 100) }],
    seeds: 3,
    accuracy: ({ dropout }) => 0.9 + 0.05 * Number(dropout),
  });
  return open(input, PHONE, async (page) => {
    const field = page.locator(".pair input").first();
    await field.fill("dropout 0.31");
    await page.keyboard.press("Tab");
    assertStringIncludes(await page.locator(".comparison").textContent() ?? "", "Dropout 0.31 ");
    await field.fill("no such cell");
    await page.keyboard.press("Tab");
    assertEquals(await field.inputValue(), "dropout 0.31");
    await assertNoOverflow(page);
  });
};

for (const look of [PHONE, PHONE_AT_NIGHT, { ...TABLET, width: 1024 }, DESK, DESK_AT_NIGHT]) {
  COMPARED_STEPS[`opens a cell's panel by keyboard at ${look.width} px, ${look.colorScheme}`] = (
    open,
  ) => {
    const input = sampleInput(SAMPLES.l1VsL2);
    return open(input, look, async (page) => {
      const panel = page.locator("dialog.panel");
      const chart = page.locator("#paired-differences");
      await chart.focus();
      await page.keyboard.press("Shift+Enter");
      assertEquals(await panel.isVisible(), false);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Shift+Enter");
      assert(await panel.isVisible());
      const name = await panel.locator("h2").textContent() ?? "";
      assertEquals(await focusIsIn(page, "dialog.panel"), true);
      // Every run with its key, and the command for one of them.
      const runs = input.runs.filter(({ cell }) => cell === "l1_penalty=0.001");
      assertEquals(name, "L1 penalty 0.001");
      assertEquals(
        await panel.locator(".runs code").evaluateAll((codes) =>
          codes.map((code) => code.getAttribute("title"))
        ),
        runs.map(({ run }) => run),
      );
      await panel.locator("select[name=run]").focus();
      await page.keyboard.press("ArrowDown");
      const run = { ...runs[1], cell: "l1_penalty=0.001" };
      const command = () => panel.locator(".command code").textContent();
      assertEquals(await command(), trainCommand(run, "train", INSTALLED_NAMES));
      await panel.locator("select[name=caller]").selectOption({ index: 1 });
      assertEquals(await command(), trainCommand(run, "train"));
      const settings = await panel.locator("dl.config").textContent() ?? "";
      for (const key of Object.keys(input.manifest.experiment.fixed)) {
        assertStringIncludes(settings, key);
      }
      assertStringIncludes(await panel.textContent() ?? "", "Test accuracy: ");
      if (look.width >= 1024) await assertBeside(page);
      await page.evaluate(axe.source);
      assertEquals(await page.evaluate(seriousViolations), []);
      await page.keyboard.press("Escape");
      assertEquals(await panel.isVisible(), false);
      assertEquals(await focusIsIn(page, "#paired-differences"), true);
      assertEquals(await page.locator(".choice p bdi").first().textContent(), name);
      await page.keyboard.press("Escape");
      assertEquals(await page.locator(".choice p bdi").count(), 0);
    });
  };
}

COMPARED_STEPS["copies a run's whole key and its command"] = (open) => {
  const input = sampleInput(SAMPLES.folds);
  return open(input, DESK, async (page) => {
    await page.evaluate(() => {
      const written: string[] = [];
      Reflect.set(globalThis, "written", written);
      navigator.clipboard.writeText = (text) => Promise.resolve(void written.push(text));
    });
    await page.locator("table.cells tbody th button").first().click();
    await page.locator(".choice [value=details]").click();
    const panel = page.locator("dialog.panel");
    await panel.getByRole("button", { name: /^Copy the key/ }).nth(2).click();
    await panel.locator(".command button").click();
    assertEquals(await panel.locator(".command button").textContent(), "Copied");
    const [key, command] = await page.evaluate(() => Reflect.get(globalThis, "written"));
    const run = input.runs.find(({ run }) => run === key);
    assertEquals([run?.seed, run?.fold], [input.runs[2].seed, input.runs[2].fold]);
    assertStringIncludes(command, `--fold ${input.runs[0].fold}`);
  });
};

COMPARED_STEPS["follows the mark while the panel is open, and goes from it to comparisons"] = (
  open,
) =>
  open(sampleInput(SAMPLES.l1VsL2), DESK, async (page) => {
    const panel = page.locator("dialog.panel");
    const row = (name: string) =>
      page.locator("#ranked-cells .role-axis-label text", { hasText: name });
    await row("L2 penalty 0.01").first().click();
    await page.locator(".choice [value=details]").click();
    await row("L1 penalty 0.001").first().click();
    assertEquals(await panel.locator("h2").textContent(), "L1 penalty 0.001");
    await panel.getByRole("button", { name: "Compare all cells with it" }).click();
    assertEquals(await page.locator(".all select").inputValue(), "L1 penalty 0.001");
    assertEquals(await focusIsIn(page, ".compared .all"), true);
    await panel.getByRole("button", { name: "Compare with another cell" }).click();
    assertEquals(await page.locator(".pair select").first().inputValue(), "L1 penalty 0.001");
    await panel.getByRole("button", { name: "Close" }).click();
    assertEquals(await panel.isVisible(), false);
  });

COMPARED_STEPS["goes from a phone's panel to the comparison, and not back to where it was opened"] =
  (
    open,
  ) =>
    open(sampleInput(SAMPLES.l1VsL2), PHONE, async (page) => {
      const panel = page.locator("dialog.panel");
      await page.locator("table.cells tbody th button").last().click();
      await page.locator(".choice [value=details]").click();
      await panel.getByRole("button", { name: "Compare with another cell" }).click();
      assertEquals(await panel.isVisible(), false);
      // Twice, so that whatever closing the panel does has been done.
      for (let turn = 0; turn < 2; turn++) {
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
        assertEquals(await focusIsIn(page, ".compared .pair"), true);
      }
    });

COMPARED_STEPS["names runs that did not complete in the panel"] = (open) =>
  open(sampleInput(SAMPLES.diverged), PHONE, async (page) => {
    await page.locator("table.cells tbody th button").last().click();
    await page.locator(".choice [value=details]").click();
    const texts = await page.locator("dialog.panel .runs tbody tr").allTextContents();
    assert(texts.some((text) => /diverged|failed/.test(text)), texts.join());
  });

async function focusIsIn(page: Page, selector: string): Promise<boolean> {
  return await page.evaluate(
    (selector) => document.activeElement?.closest(selector) !== null,
    selector,
  );
}

async function assertNoOverflow(page: Page): Promise<void> {
  const { inner, outer } = await page.evaluate(() => ({
    inner: document.documentElement.scrollWidth,
    outer: document.documentElement.clientWidth,
  }));
  assert(inner <= outer, `${inner} > ${outer}`);
}

/** The panel hides no chart. */
async function assertBeside(page: Page): Promise<void> {
  const left = (await page.locator("dialog.panel").boundingBox())?.x ?? NaN;
  for (const chart of await page.locator(".chart").all()) {
    const { x = NaN, width = NaN } = await chart.boundingBox() ?? {};
    assert(x + width <= left, `${x} + ${width} > ${left}`);
  }
}
