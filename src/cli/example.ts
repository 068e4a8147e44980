import { copyExample, listExamples } from "../api/examples.ts";
import { callText } from "../called_as.ts";
import { countOf } from "../format_number.ts";
import { columns } from "./columns.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Copies an experiment that regsweep comes with to the user's folder, or lists all. */
export async function example({ operands: [name], options }: Invocation): Promise<number> {
  if (name === undefined) {
    const examples = await listExamples();
    print(
      options.json
        ? documentText("example", { examples })
        : columns(examples.map(({ name, description }) => [name, description])).join("\n"),
    );
    return 0;
  }
  const copied = await copyExample(name);
  if (options.json) {
    print(documentText("example", copied));
    return 0;
  }
  const { files, present } = copied;
  const [experiment] = files;
  print([
    ...files.map((file) => present.includes(file) ? `${file} (was there)` : file),
    `${countOf(files.length, "file")}; look at the plan before the sweep:`,
    `  ${callText(["plan", experiment])}`,
    `  ${callText(["sweep", experiment])}`,
  ].join("\n"));
  return 0;
}
