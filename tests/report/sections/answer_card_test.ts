import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { analysisOf } from "../../../src/report/analysis_of.ts";
import { answerOf } from "../../../src/report/answer_of.ts";
import { answerCard } from "../../../src/report/sections/answer_card.ts";
import { headline } from "../../../src/wording/headline.ts";
import { type SampleInput, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

function cardOf(input: SampleInput): string {
  const told = headline(analysisOf(input), input.manifest, input.confusion);
  return answerCard(answerOf(input), told, input.manifest).text.replaceAll("\u00a0", " ");
}

/** The figures of a card: what each is of, its value and what stands below. */
function figuresOf(card: string): string[][] {
  return [...card.matchAll(/<dt>([^]*?)<\/dt><dd>([^]*?)<\/dd>/g)].map(([, term, value]) => [
    term,
    ...value.split(/<[^>]*>/).map((text) => text.trim()).filter(Boolean),
  ]);
}

Deno.test("answerCard() has the setting, its figures, the verdict and what limits it", () => {
  const card = cardOf(sampleInput(SAMPLES.fourTechniques));
  assertStringIncludes(card, '<h2 id="answer">Use L1 penalty 0.001</h2>');
  assertEquals(figuresOf(card), [
    ["Validation accuracy", "97.4%", "95% interval 96.4 to 98.4"],
    ["Test accuracy", "96.7%", "95% interval 96.2 to 97.2"],
    [
      "Difference from no regularization",
      "+1.42 points",
      "better",
      "simultaneous 95% interval 0.12 to 2.72, 10 seeds",
    ],
  ]);
  assertStringIncludes(card, '<p class="limit">Its mean is the highest of 19');
  assertStringIncludes(card, "  l1_penalty: 0.001\n  l2_penalty: 0\n");
});

Deno.test("answerCard() says which cell a difference is of, and what a constant guess gets right", () => {
  const card = cardOf(sampleInput(SAMPLES.skewed));
  assertEquals(figuresOf(card).map(([term, value]) => [term, value]), [
    ["Validation accuracy", "94.9%"],
    ["Test accuracy", "96.6%"],
    ["Always predicting no spill", "95.6%"],
    ["Difference of L2 penalty 0.01 from no regularization", "+0.61 points"],
  ]);
});

Deno.test("answerCard() shows differences without what the first figure says already", () => {
  const valueOf = (sample: keyof typeof SAMPLES) =>
    figuresOf(cardOf(sampleInput(SAMPLES[sample]))).at(-1)?.slice(1);
  assertEquals(valueOf("prices")?.slice(0, 2), ["−8,495", "better"]);
  assertEquals(valueOf("oneSeed"), [
    "+1.67 points",
    "undecided",
    "on a single seed (no interval is possible)",
  ]);
});

Deno.test("answerCard() has no figures and nothing to copy where no run completed", () => {
  const card = cardOf(sampleInput(SAMPLES.allDiverged));
  assertStringIncludes(card, "No setting can be used");
  for (const part of ["<dl", "<pre", "<details"]) assert(!card.includes(part), part);
});

Deno.test("answerCard() has every remark of the headline once", () => {
  for (const sample of Object.values(SAMPLES)) {
    const input = sampleInput(sample);
    const card = cardOf(input);
    const { remarks, finding } = headline(analysisOf(input), input.manifest, input.confusion);
    for (const text of [finding, ...remarks].map((text) => text.replaceAll("\u00a0", " "))) {
      if (text.startsWith("Always predicting")) continue;
      assertEquals(
        card.split(`>${text.replaceAll("<", "&lt;")}</p>`).length,
        2,
        `${sample.name}: ${text}`,
      );
    }
  }
});

Deno.test("answerCard() has nothing to copy where the only cell is the trainer's own default", () => {
  const input = sampleInput(SAMPLES.oneCell);
  const { experiment } = input.manifest;
  const bare = { ...input.manifest, experiment: { ...experiment, fixed: {} } };
  assertStringIncludes(cardOf(input), ">Use this</h3>");
  assertEquals(cardOf({ ...input, manifest: bare }).includes("Use this"), false);
});
