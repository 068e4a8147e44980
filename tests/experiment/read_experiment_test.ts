import { assertEquals, assertRejects } from "@std/assert";
import { readExperiment } from "../../src/experiment/read_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { withFiles } from "./_with_files.ts";

async function problemsOf(file: string, folder: string): Promise<string> {
  const error = await assertRejects(() => readExperiment(`${folder}/${file}`), UserError);
  assertEquals(error.exitCode, 2);
  return formatProblems(error.problems).replaceAll(folder, "FOLDER");
}

Deno.test("readExperiment() reads an experiment whose dataset is there", async () => {
  const text = "name: e\ndataset: { path: d.csv, target: y }\n";
  await withFiles({ "e.yaml": text, "d.csv": "" }, async (folder) => {
    const { name, file, dataset, seeds } = await readExperiment(`${folder}/e.yaml`, { seeds: "2" });
    assertEquals([name, file], ["e", `${folder}/e.yaml`]);
    assertEquals(dataset?.path, `${folder}/d.csv`);
    assertEquals(seeds, [1, 2]);
  });
});

Deno.test("readExperiment() tells of a missing dataset among all other problems", async () => {
  const text = "name: .e\ndataset:\n  path: data/d.csv\n  target: y\nmetrics: 3\n";
  await withFiles({ "e.yaml": text }, async (folder) => {
    assertEquals(
      await problemsOf("e.yaml", folder),
      `FOLDER/e.yaml:1:7: Cannot use name .e: name must be 1 to 100 letters, digits, dots, underscores and hyphens, not begin with a dot or hyphen, and not end with a dot
  1 | name: .e
    |       ^^
FOLDER/e.yaml:3:9: Cannot find dataset FOLDER/data/d.csv
  3 |   path: data/d.csv
    |         ^^^^^^^^^^ paths are relative to this file
FOLDER/e.yaml:5:1: Unknown key "metrics"
  5 | metrics: 3
    | ^^^^^^^ did you mean "metric"?`,
    );
  });
});

Deno.test("readExperiment() rejects a folder in place of a dataset", async () => {
  const text = "name: e\ndataset: { path: data, target: y }\n";
  await withFiles({ "e.yaml": text, "data/": "" }, async (folder) => {
    assertEquals(
      await problemsOf("e.yaml", folder),
      `FOLDER/e.yaml:2:18: Cannot read dataset FOLDER/data: it is a folder, not a file
  2 | dataset: { path: data, target: y }
    |                  ^^^^`,
    );
  });
});

Deno.test("readExperiment() rejects a path that no file can have", async () => {
  const text = 'name: e\ndataset: { path: "a\\0b", target: y }\n';
  await withFiles({ "e.yaml": text, "file": "" }, async (folder) => {
    assertEquals(
      await problemsOf("e.yaml", folder),
      `FOLDER/e.yaml:2:18: Cannot use path "a\\0b": path must name a file
  2 | dataset: { path: "a\\0b", target: y }
    |                  ^^^^^^`,
    );
    await Deno.writeTextFile(`${folder}/e.yaml`, text.replace("a\\0b", "file/d.csv"));
    const [first] = (await problemsOf("e.yaml", folder)).split("\n");
    assertEquals(
      first,
      "FOLDER/e.yaml:2:18: Cannot read dataset FOLDER/file/d.csv: not a directory",
    );
  });
});

Deno.test("readExperiment() suggests the file that was meant", async () => {
  await withFiles({ "dropout.yaml": "", "pruning.yaml": "" }, async (folder) => {
    assertEquals(
      await problemsOf("drop-out.yaml", folder),
      "Cannot find FOLDER/drop-out.yaml (did you mean FOLDER/dropout.yaml?)",
    );
    assertEquals(
      await problemsOf("other.yaml", folder),
      "Cannot find FOLDER/other.yaml",
    );
    assertEquals(await problemsOf("no/e.yaml", folder), "Cannot find FOLDER/no/e.yaml");
  });
});

Deno.test("readExperiment() rejects what is no text of an experiment's size", async () => {
  const files = {
    "latin1.yaml": new Uint8Array([0x6e, 0xe9]),
    "large.yaml": "#".repeat(131_073),
    "folder.yaml/": "",
  };
  await withFiles(files, async (folder) => {
    assertEquals(
      await problemsOf("latin1.yaml", folder),
      "Cannot read FOLDER/latin1.yaml: it is not UTF-8 text",
    );
    assertEquals(
      await problemsOf("large.yaml", folder),
      "Cannot read FOLDER/large.yaml: it is larger than 128 KiB",
    );
    assertEquals(
      await problemsOf("folder.yaml", folder),
      "Cannot read FOLDER/folder.yaml: it is a folder, not a file",
    );
  });
});

Deno.test("readExperiment() leaves out a byte-order mark", async () => {
  const text = "\ufeffname: e\ndataset: { path: d.csv, target: y }\n";
  await withFiles({ "e.yaml": text, "d.csv": "" }, async (folder) => {
    const experiment = await readExperiment(`${folder}/e.yaml`);
    assertEquals(textToKeep(experiment, folder), text.slice(1));
  });
});
