/** A file that must not be read, such as a device; the message is the reason, as in `Cannot …: …`. */
export class FileError extends Error {
  override readonly name = "FileError";
}
