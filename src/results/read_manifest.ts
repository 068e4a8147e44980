import { UserError } from "../user_error.ts";
import type { Manifest } from "./manifest.ts";

/**
 * Reads the text of a manifest.json; of its content, only the format's number is checked.
 *
 * @throws {UserError} If it is not JSON, or of another format.
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
