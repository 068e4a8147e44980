import { UserError } from "../user_error.ts";
import type { Manifest } from "./manifest.ts";

/**
 * Reads the text of a manifest.json. It checks only the format number.
 *
 * @throws {UserError} If the text is not JSON, or has another format number.
 */
export function readManifest(text: string): Manifest {
  const place = { file: "manifest.json" };
  let manifest: Partial<Manifest> | null;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    throw new UserError({ message: (error as SyntaxError).message, place });
  }
  if (manifest?.format !== 1) {
    throw new UserError({ message: `Cannot read format ${manifest?.format}: it must be 1`, place });
  }
  return manifest as Manifest;
}
