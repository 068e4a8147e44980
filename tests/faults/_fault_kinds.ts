import { DISK_FAULTS } from "./_disk_faults.ts";
import type { FaultKind } from "./_fault.ts";
import { findFaketime } from "./_find_faketime.ts";
import { liveFault } from "./_live_faults.ts";
import { mountObstacle } from "./_mounts.ts";
import { FORGED_RECORD_FAULT, recordFault } from "./_record_faults.ts";
import { reportFault } from "./_report_faults.ts";
import { RESULT_FAULTS } from "./_result_faults.ts";
import { sameNameFault, sharingFaults } from "./_sharing_faults.ts";
import { type EndingSignal, signalFault } from "./_signals.ts";
import {
  clockFaults,
  DATASET_FAULT,
  EXPERIMENT_FAULT,
  FUTURE_FAULT,
  READ_ONLY_FAULT,
} from "./_surroundings_faults.ts";
import { MODELS_DISK_FAULT, stepFaults } from "./_step_faults.ts";
import { SUSPENSION_FAULT } from "./_suspension_faults.ts";
import { findCompiler, hardLinkFaults, OPEN_FILES_FAULT } from "./_system_faults.ts";
import { WORKER_FAULTS } from "./_worker_faults.ts";

/** Of signals in all; of what else is random, and takes a number, a tenth of that. */
const SIGNALS = 200;
const SIGNAL_NAMES: readonly EndingSignal[] = ["SIGINT", "SIGTERM", "SIGKILL"];

/** Every kind of fault, with such a share of the random ones. */
export async function faultKinds(share: number): Promise<FaultKind[]> {
  const ofMounts = await mountObstacle();
  const faketime = findFaketime();
  const compiler = findCompiler();
  const signals = Array.from(
    { length: Math.ceil(share * SIGNALS) },
    (_, number) => signalFault(SIGNAL_NAMES[number % 3], Math.floor(number / 3)),
  );
  const numbers = Array.from({ length: Math.ceil(share * SIGNALS / 20) }, (_, number) => number);
  return [
    {
      kind: "SIGINT, SIGTERM, SIGKILL",
      answer:
        "finished runs are kept; the same command finishes the rest (exit code 130, 143, 137)",
      faults: signals,
    },
    {
      kind: "workers that throw, end, hang, run out of memory",
      answer:
        "the run fails (exit code 1) and is tried again next time; a full heap ends the sweep",
      faults: WORKER_FAULTS,
    },
    {
      kind: "full disks",
      answer: "names the file that cannot be written (exit code 1); finished runs are kept",
      faults: DISK_FAULTS,
      obstacle: ofMounts,
    },
    {
      kind: "damaged records",
      answer: "names the record and the reason, moves it aside and trains its run again",
      faults: numbers.map(recordFault),
    },
    {
      kind: "forged records, pipes, devices and links",
      answer: "names the record and the reason, moves it aside and trains its run again",
      faults: [FORGED_RECORD_FAULT],
    },
    {
      kind: "pipes, devices and links in the places of results",
      answer: "the sweep replaces them, and leaves what they lead to as it is",
      faults: RESULT_FAULTS,
    },
    {
      kind: "several sweeps at once",
      answer: "each run is trained by one of them, and the others use its record",
      faults: numbers.flatMap(sharingFaults),
    },
    {
      kind: "shared steps: SIGKILL, two sweeps, damaged models and states",
      answer: "no effect but time: a state or model that cannot be used is named and removed",
      faults: numbers.flatMap(stepFaults),
    },
    {
      kind: "a disk that is full of models",
      answer: "names the folder; no more models are kept, and what is needed is trained again",
      faults: [MODELS_DISK_FAULT],
      obstacle: ofMounts,
    },
    {
      kind: "a second experiment of the same name",
      answer:
        "both train; the folder has all files of the one that ends last, and none of the other",
      faults: numbers.map(sameNameFault),
    },
    {
      kind: "reports drawn while sweeps write",
      answer: "they wait for each other; files and manifest are always of one sweep",
      faults: numbers.map(reportFault),
    },
    {
      kind: "SIGKILL while a sweep writes what it has so far",
      answer: "the report of a moment ago, which says that it is unfinished; its files fit it",
      faults: numbers.map(liveFault),
    },
    {
      kind: "a process that is suspended",
      answer: "no effect: time limits count the time in which the process is awake",
      faults: [SUSPENSION_FAULT],
    },
    {
      kind: "few open files",
      answer: "no effect: a sweep has few files open, however many runs it has",
      faults: [OPEN_FILES_FAULT],
    },
    {
      kind: "no hard links",
      answer: "no effect: a store needs none",
      faults: hardLinkFaults(compiler ?? ""),
      obstacle: compiler === undefined ? "there is no C compiler" : undefined,
    },
    {
      kind: "files from the future",
      answer: "no effect: no result depends on the time",
      faults: [FUTURE_FAULT],
    },
    {
      kind: "clocks set back",
      answer: "no effect: no result depends on the time",
      faults: clockFaults(faketime ?? ""),
      obstacle: faketime ? undefined : "Debian's package faketime is not installed",
    },
    {
      kind: "read-only reports folders",
      answer: "a message before the first run (exit code 1)",
      faults: [READ_ONLY_FAULT],
      obstacle: ofMounts,
    },
    {
      kind: "experiments and datasets that change",
      answer: "runs that are still the same are reused, the others are trained",
      faults: [EXPERIMENT_FAULT, DATASET_FAULT],
    },
  ];
}
