import { createReadStream } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";

/** Bytes by key. */
export interface Files {
  put: (key: string, bytes: Uint8Array) => Promise<void>;
  read: (key: string) => Readable;
  remove: (key: string) => Promise<void>;
}

/** Files on this machine's disk, below one folder. Keys are made by us, never by a caller. */
export function localFiles(folder: string): Files {
  const pathOf = (key: string) => {
    if (!/^[\w-]+(\/[\w-]+)*(\.\w+)?$/.test(key)) throw new Error("A storage key has an unexpected form.");
    return join(folder, key);
  };
  return {
    put: async (key, bytes) => {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      // Whole or not at all: a reader never sees half a picture.
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
    },
    read: (key) => createReadStream(pathOf(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}
