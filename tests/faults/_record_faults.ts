import { assert } from "@std/assert";
import { sha256 } from "../../src/sha256.ts";
import { Dice } from "../_dice.ts";
import { makePipe } from "../files/_special_files.ts";
import type { Fault } from "./_fault.ts";
import type { FaultBench } from "./_fault_bench.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Damages records of a bench that nothing has damaged; gives the keys of those to be trained again. */
type Damage = (bench: FaultBench, dice: Dice) => Promise<string[]>;

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

/** A store with damaged records of each kind, which a number determines. */
export function recordFault(number: number): Fault {
  const changed = Object.values(DAMAGES).map((damage): Damage => async (bench, dice) => {
    const key = dice.one(wholeRecords(bench));
    const path = bench.recordPath(key);
    await Deno.writeFile(path, damage(await Deno.readFile(path), dice));
    return [key];
  });
  const unreadable: Damage = async (bench, dice) => {
    const key = dice.one(wholeRecords(bench));
    // Modes are nothing to root, but a folder cannot be read by anybody.
    await Deno.remove(bench.recordPath(key));
    await Deno.mkdir(bench.recordPath(key));
    return [key];
  };
  const swapped: Damage = async (bench, dice) => {
    const [first, ...others] = wholeRecords(bench);
    const pair = [first, dice.one(others)];
    const [one, other] = pair.map((key) => bench.recordPath(key));
    await Deno.rename(one, `${one}.aside`);
    await Deno.rename(other, one);
    await Deno.rename(`${one}.aside`, other);
    return pair;
  };
  return together(`damaged records, ${number}`, [...changed, unreadable, swapped]);
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

/** A store with records that somebody wrote, and with what is none in their places. */
export const FORGED_RECORD_FAULT: Fault = together("forged records", [
  ...Object.values(FORGERIES).map((forge): Damage => async (bench, dice) => {
    const key = dice.one(wholeRecords(bench));
    const path = bench.recordPath(key);
    const [, json] = (await Deno.readTextFile(path)).match(/"record":(.*)\}\n$/s) ?? [];
    const forged = forge(json);
    assert(forged !== json);
    const text = `{"checksum":"${await sha256(forged)}","record":${forged}}\n`;
    await Deno.writeTextFile(path, text);
    return [key];
  }),
  ...Object.values(INTRUDERS).map((intrude): Damage => async (bench, dice) => {
    const key = dice.one(wholeRecords(bench));
    await Deno.remove(bench.recordPath(key));
    await intrude(bench.recordPath(key));
    return [key];
  }),
]);

/** The runs whose records nothing has damaged yet. */
function wholeRecords({ undisturbed, damaged }: FaultBench): string[] {
  return [...undisturbed.keys].filter((key) => !damaged.has(key));
}

/** Damages records of one store in several ways: the user is told of each. */
function together(name: string, damages: readonly Damage[]): Fault {
  return {
    name,
    count: damages.length,
    disturb: async (bench) => {
      await bench.copyUndisturbed();
      for (const [place, damage] of damages.entries()) {
        const keys = await damage(bench, new Dice(name, place));
        for (const key of keys) bench.damaged.add(key);
      }
    },
  };
}
