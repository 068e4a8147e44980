import { assertEquals } from "@std/assert";
import { errorText } from "../../../src/cli/json/error_text.ts";
import { UserError } from "../../../src/user_error.ts";

const ERROR = new UserError([
  {
    message: "Unknown key",
    place: { file: "a.yaml", line: 2, column: 1, text: "sedes: 3", length: 5 },
    hint: 'did you mean "seeds"?',
  },
  { message: "Missing name" },
]);

Deno.test("errorText() is a document with every problem and its place", () => {
  const text = errorText(["--from=/a", "plan", "a.yaml", "--json"], { error: ERROR, exitCode: 2 });
  assertEquals(JSON.parse(text), {
    schemaVersion: 1,
    command: "plan",
    error: {
      exitCode: 2,
      problems: [
        {
          message: "Unknown key",
          file: "a.yaml",
          line: 2,
          column: 1,
          hint: 'did you mean "seeds"?',
        },
        { message: "Missing name" },
      ],
    },
  });
});

Deno.test("errorText() is one line among those of a sweep", () => {
  const text = errorText(["sweep", "--json"], { error: ERROR, exitCode: 2 });
  assertEquals(text.split("\n").length, 1);
  const { event, command, error } = JSON.parse(text);
  assertEquals([event, command, error.problems.length], ["error", "sweep", 2]);
});

Deno.test("errorText() has the message of an error that is no user's, and no command without one", () => {
  const text = errorText(["--json"], { error: new TypeError("a bug"), exitCode: 1 });
  const { command, error } = JSON.parse(text);
  assertEquals([command, error], [null, { exitCode: 1, problems: [{ message: "a bug" }] }]);
});
