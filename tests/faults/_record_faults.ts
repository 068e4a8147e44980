import { assert } from "@std/assert";
import { sha256 } from "../../src/sha256.ts";
import { Dice } from "../_dice.ts";
import { makePipe } from "../files/_special_files.ts";
import type { Fault } from "./_fault.ts";
import type { FaultBench } from "./_fault_bench.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Changes the bytes of one record in some way. */
const DAMAGES: Record<string, (bytes: Bytes, dice: Dice) => Bytes> = {
  "cut off": (bytes, dice) => bytes.slice(0, 1 + dice.below(bytes.length - 1)),
  "empty": () => new Uint8Array(),
  "with one bit flipped": (bytes, dice) => {
    bytes[dice.below(bytes.length)] ^= 1 << dice.below(8);
    return bytes;
  },
  "with a wrong checksum": (bytes, dice) => {
    const at = '{"checksum":"'.length + dice.below(64);
    bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30;
    return bytes;
  },
};

/** Damaged records of each kind, which their number determines. */
export function recordFaults(number: number): Fault[] {
  const changed = Object.entries(DAMAGES).map(([name, damage]) =>
    recordFault(`a record ${name}, ${number}`, async (bench, dice) => {
      const key = dice.one([...bench.undisturbed.keys]);
      const path = bench.recordPath(key);
      await Deno.writeFile(path, damage(await Deno.readFile(path), dice));
      return [key];
    })
  );
  const unreadable = recordFault(`an unreadable record, ${number}`, async (bench, dice) => {
    const key = dice.one([...bench.undisturbed.keys]);
    // Modes are nothing to root, but a folder cannot be read by anybody.
    await Deno.remove(bench.recordPath(key));
    await Deno.mkdir(bench.recordPath(key));
    return [key];
  });
  const swapped = recordFault(`two records swapped, ${number}`, async (bench, dice) => {
    const [first, ...others] = [...bench.undisturbed.keys];
    const pair = [first, dice.one(others)];
    const [one, other] = pair.map((key) => bench.recordPath(key));
    await Deno.rename(one, `${one}.aside`);
    await Deno.rename(other, one);
    await Deno.rename(`${one}.aside`, other);
    return pair;
  });
  return [...changed, unreadable, swapped];
}

/** What the JSON of a record can be that its checksum is right for. */
const FORGERIES: Record<string, (json: string) => string> = {
  "that is JSON cut off": (json) => json.slice(0, -1),
  "of nothing": () => "null",
  "with no result": (json) => json.replace(/"result":.*/s, '"result":null}'),
  "without evaluations": (json) => json.replace('"evaluations":', '"evaluated":'),
  "with a text for a number": (json) => json.replace(/"trainLoss":[^,]*/, '"trainLoss":"low"'),
};

/** What is no file at all, in a record's place. */
const INTRUDERS: Record<string, (path: string) => Promise<void>> = {
  pipe: makePipe,
  "link to a device": (path) => Deno.symlink("/dev/zero", path),
  "link that leads nowhere": (path) => Deno.symlink("missing", path),
  "link in a circle": (path) => Deno.symlink(path, path),
  "file of 3 GB": async (path) => {
    await Deno.writeFile(path, new Uint8Array());
    await Deno.truncate(path, 3e9);
  },
};

/** Records that somebody wrote, and what is none in their places. */
export const FORGED_RECORD_FAULTS: readonly Fault[] = [
  ...Object.entries(FORGERIES).map(([name, forge]) =>
    recordFault(`a record ${name}`, async (bench, dice) => {
      const key = dice.one([...bench.undisturbed.keys]);
      const path = bench.recordPath(key);
      const [, json] = (await Deno.readTextFile(path)).match(/"record":(.*)\}\n$/s) ?? [];
      const forged = forge(json);
      assert(forged !== json);
      const text = `{"checksum":"${await sha256(forged)}","record":${forged}}\n`;
      await Deno.writeTextFile(path, text);
      return [key];
    })
  ),
  ...Object.entries(INTRUDERS).map(([name, intrude]) =>
    recordFault(`a ${name} in a record's place`, async (bench, dice) => {
      const key = dice.one([...bench.undisturbed.keys]);
      await Deno.remove(bench.recordPath(key));
      await intrude(bench.recordPath(key));
      return [key];
    })
  ),
];

/** `damage` gives the keys of the records that are to be trained again. */
function recordFault(
  name: string,
  damage: (bench: FaultBench, dice: Dice) => Promise<string[]>,
): Fault {
  return {
    name,
    disturb: async (bench) => {
      await bench.copyUndisturbed();
      for (const key of await damage(bench, new Dice(name, 0))) bench.damaged.add(key);
    },
  };
}
