import { assertEquals } from "@std/assert";
import { formatProblems, UserError } from "../src/user_error.ts";

const PLACE = { file: "experiments/dropout.yaml", line: 14, column: 3, text: "  drop_out: 0.5" };

Deno.test("formatProblems() shows the line, a caret per character and the hint", () => {
  const problem = {
    message: 'Unknown hyperparameter "drop_out"',
    place: { ...PLACE, length: 8 },
    hint: 'did you mean "dropout"?',
  };
  assertEquals(
    formatProblems([problem]),
    `experiments/dropout.yaml:14:3: Unknown hyperparameter "drop_out"
  14 |   drop_out: 0.5
     |   ^^^^^^^^ did you mean "dropout"?`,
  );
});

Deno.test("formatProblems() puts the caret under its character behind tabs", () => {
  const place = { file: "e.yaml", line: 2, column: 3, text: "\tb: 1" };
  assertEquals(
    formatProblems([{ message: "Wrong", place }]),
    "e.yaml:2:3: Wrong\n  2 | \tb: 1\n    | \t ^",
  );
});

Deno.test("formatProblems() marks no more than the line has", () => {
  const beyond = { file: "e.yaml", line: 1, column: 2, text: "abc", length: 9 };
  assertEquals(formatProblems([{ message: "Wrong", place: beyond }]).split("\n")[2], "    |  ^^");
  const atEnd = { file: "e.yaml", line: 1, column: 4, text: "abc", length: 1 };
  assertEquals(formatProblems([{ message: "Wrong", place: atEnd }]).split("\n")[2], "    |    ^");
});

Deno.test("formatProblems() does with less than a whole place", () => {
  const { text: _, ...withoutText } = PLACE;
  assertEquals(
    formatProblems([
      { message: "No place" },
      { message: "No place", hint: "but a hint" },
      { message: "A file", place: { file: "e.yaml" }, hint: "and a hint" },
      { message: "A line", place: { file: "e.yaml", line: 3 } },
      { message: "No text", place: withoutText },
    ]),
    `No place
No place (but a hint)
e.yaml: A file (and a hint)
e.yaml:3: A line
experiments/dropout.yaml:14:3: No text`,
  );
});

Deno.test("UserError holds its problems and joins their messages", () => {
  const problems = [{ message: "First" }, { message: "Second", place: PLACE }];
  const error = new UserError(problems);
  assertEquals(error.message, "First\nSecond");
  assertEquals(error.problems, problems);
  assertEquals(error.name, "UserError");
  assertEquals(new UserError({ message: "One" }).problems, [{ message: "One" }]);
  assertEquals(new UserError("Text").problems, [{ message: "Text" }]);
});

Deno.test("UserError is wrong usage unless it says otherwise", () => {
  assertEquals(new UserError("x").exitCode, 2);
  assertEquals(new UserError("x", 1).exitCode, 1);
});
