import { sha256 } from "../../src/sha256.ts";
import type { ModuleCode, OwnFile, ProgramCode } from "../../src/trainers/own_code.ts";

const DESCRIBED = { version: "0".repeat(64), tasks: [], hyperparameters: [] } as const;

/** A module of these texts, which is never run. */
export async function moduleOf(
  name: string,
  texts: Readonly<Record<string, string>>,
): Promise<ModuleCode> {
  const files = await Promise.all(
    Object.entries(texts).map(async ([path, text]) => {
      return { path, text, checksum: await sha256(text), imports: [], packages: [] };
    }),
  );
  return {
    ...DESCRIBED,
    ...{ kind: "module", name, folder: "models", files, packages: [], allow: [] },
  };
}

/** A program of these files, which is never run. */
export function programOf(name: string, folder: string, files: readonly OwnFile[]): ProgramCode {
  const command = ["python3", files[0].path];
  return {
    ...DESCRIBED,
    ...{ kind: "program", name, command, folder, files, env: {}, retries: 0, deterministic: true },
  };
}
