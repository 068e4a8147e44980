import { assertEquals, assertThrows } from "@std/assert";
import { OutputProblem, ProgramOutput } from "../../../src/trainers/command/program_output.ts";

const STEP_0 = '{"step": 0, "measures": {"loss": 1}}\n';

/** Reads output that comes in pieces of some bytes. */
function read(text: string | Uint8Array, pieceBytes = 7) {
  const messages: string[] = [];
  const steps: number[] = [];
  const output = new ProgramOutput({
    onMessage: (text) => messages.push(text),
    onEvaluation: ({ step }) => steps.push(step),
  });
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const buffer = new Uint8Array(pieceBytes);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    buffer.set(piece);
    output.add(buffer.subarray(0, piece.length));
  }
  output.end();
  return { evaluations: output.evaluations, parameters: output.parameters, messages, steps };
}

function problemOf(text: string | Uint8Array): string {
  return assertThrows(() => read(text), OutputProblem).message;
}

Deno.test("ProgramOutput takes evaluations, messages and parameters, however they are cut", () => {
  const text = '{"message": "héllo\\n"}\r\n' +
    '{"step": 0, "measures": {"train_loss": 2.5, "validation_accuracy": 0.1}}\n' +
    '{"measures": {"validation_accuracy": 0.5, "train_loss": 1e-3}, "step": 10}\n' +
    '{"parameters": "weights.safetensors"}\n' +
    '{"step": 11, "measures": {"train_loss": 1, "validation_accuracy": 1, "test_accuracy": 0.75}}';
  for (const pieceBytes of [1, 2, 7, 10_000]) {
    const { evaluations, parameters, messages, steps } = read(text, pieceBytes);
    assertEquals(evaluations, [
      { step: 0, measures: { train_loss: 2.5, validation_accuracy: 0.1 } },
      { step: 10, measures: { validation_accuracy: 0.5, train_loss: 0.001 } },
      { step: 11, measures: { train_loss: 1, validation_accuracy: 1, test_accuracy: 0.75 } },
    ]);
    assertEquals([parameters, messages, steps], ["weights.safetensors", ["héllo\n"], [0, 10, 11]]);
  }
});

Deno.test("ProgramOutput takes NaN and infinities as Python prints them", () => {
  const { evaluations, messages } = read(
    '{"message": "NaN is not \\"Infinity\\", nor -Infinity"}\n' +
      '{"step": 1, "measures": {"a": NaN, "b": -Infinity, "c": Infinity, "d": -0.0}}\n',
  );
  assertEquals(evaluations[0].measures, { a: NaN, b: -Infinity, c: Infinity, d: -0 });
  assertEquals(messages, ['NaN is not "Infinity", nor -Infinity']);
  assertEquals(
    problemOf('{"message": nan}'),
    'line 1 of its output is not a JSON object: {"message": nan}',
  );
});

Deno.test("ProgramOutput refuses every other line, and shows it", () => {
  const other = 'has other members than "step" and "measures", or "message", or "parameters"';
  const cases: Record<string, string> = {
    "": 'it printed no line with "step" and "measures"',
    '{"message": "x"}\n': 'it printed no line with "step" and "measures"',
    "epoch 1\n": "line 1 of its output is not a JSON object: epoch 1",
    "[1]\n": "line 1 of its output is not a JSON object: [1]",
    '"NaN"': 'line 1 of its output is not a JSON object: "NaN"',
    "{}": `line 1 of its output ${other}: {}`,
    "null": "line 1 of its output is not a JSON object: null",
    [`${STEP_0}\n`]: "line 2 of its output is not a JSON object: it is empty",
    '{"step": 0}': `line 1 of its output ${other}: {"step": 0}`,
    '{"step": -1, "measures": {}}': "line 1 of its output has a step that is not an integer from 0",
    '{"step": 9007199254740992, "measures": {}}':
      "line 1 of its output has a step above 9007199254740991",
    '{"step": 0, "measures": {}}': "line 1 of its output has no measures",
    '{"step": 0, "measures": [1]}': "line 1 of its output has measures that are not an object",
    '{"step": 0, "measures": {"a": "1"}}':
      "line 1 of its output has a measure that is not a number, a",
    '{"step": 0, "measures": {"valLoss": 1}}':
      'line 1 of its output has a measure whose name is not in snake_case, "valLoss"',
    '{"message": 5}': "line 1 of its output has a message that is not a text",
    '{"parameters": ""}': "line 1 of its output has parameters that are not the name of a file",
    [`${STEP_0}${STEP_0}`]: "line 2 of its output has a step that is not above 0",
    [`${STEP_0}{"step": 1, "measures": {"los": 1}}`]:
      "line 2 of its output lacks loss, which the line before has",
    [`${STEP_0}{"step": 1, "measures": {"loss": 1, "a": 1, "b": 1}}`]:
      "line 2 of its output has a and b, which the line before lacks",
    '{"parameters": "a"}\n{"parameters": "b"}':
      "line 2 of its output names parameters a second time",
  };
  for (const [text, message] of Object.entries(cases)) {
    assertEquals(problemOf(text).slice(0, message.length), message, text);
  }
});

Deno.test("ProgramOutput refuses bytes that are not UTF-8, and shows no long line whole", () => {
  assertEquals(
    problemOf(Uint8Array.of(0x7b, 0xff, 0x0a)),
    "line 1 of its output is not UTF-8: {\ufffd",
  );
  assertEquals(
    problemOf("x".repeat(1000)),
    `line 1 of its output is not a JSON object: ${"x".repeat(200)}…`,
  );
});

Deno.test("ProgramOutput refuses a line of more than 1 MiB before it ends", () => {
  const line = `{"message": "${"x".repeat(2 ** 20 - 15)}"}`;
  assertEquals(line.length, 2 ** 20);
  const output = new ProgramOutput();
  output.add(new TextEncoder().encode(`${line}\n`));
  output.add(new Uint8Array(2 ** 20).fill(0x20));
  const problem = assertThrows(() => output.add(Uint8Array.of(0x20)), OutputProblem);
  assertEquals(problem.message, "line 2 of its output is longer than 1 MiB");
});

Deno.test("ProgramOutput shows only so many messages, and only so much of them", () => {
  const { messages } = read(
    `${'{"message": "again"}\n'.repeat(50)}{"message": "${"y".repeat(1000)}"}\n${STEP_0}`,
    1000,
  );
  assertEquals(messages.length, 20);
  assertEquals(messages[19], "again (further messages are not shown)");
  assertEquals(read(`{"message": "${"y".repeat(1000)}"}\n${STEP_0}`).messages, [
    `${"y".repeat(500)}…`,
  ]);
});
