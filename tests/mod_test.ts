import { assertEquals } from "@std/assert";
import type { TrainerDefinition } from "../src/mod.ts";

interface Settings {
  readonly l2: number;
  readonly solver: string;
  readonly warm: boolean;
}

const DEFINITION = {
  name: "m",
  *train({ config: { l2, solver, warm }, seed }) {
    yield { step: 0, measures: { score: solver === "newton" && warm ? l2 : seed } };
  },
} satisfies TrainerDefinition<Settings>;

Deno.test("mod.ts has types for modules, whose settings may be an interface", () => {
  const run = { config: { l2: 2, solver: "newton", warm: true }, seed: 1 };
  const training = DEFINITION.train(run as Parameters<typeof DEFINITION.train>[0]);
  assertEquals([...training], [{ step: 0, measures: { score: 2 } }]);
});
