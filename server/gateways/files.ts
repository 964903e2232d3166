import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Readable } from "node:stream";

/** Bytes by key. Keys are made by us, never by a caller. */
export interface Files {
  /** Keeps bytes, whole or not at all: a reader never sees half a picture. */
  put: (key: string, bytes: Uint8Array) => Promise<void>;
  /** Nothing when there is no such file. */
  find: (key: string) => Promise<Readable | undefined>;
  remove: (key: string) => Promise<void>;
  /** Every key there is, in no order. */
  list: () => AsyncIterable<string>;
}

const keyForm = /^[\w-]+(\/[\w-]+)*(\.\w+)?$/;
const unfinished = ".part";

export function checkKey(key: string): string {
  if (!keyForm.test(key) || key.endsWith(unfinished)) throw new Error("A storage key has an unexpected form.");
  return key;
}

/** Files on this machine's disk, below one folder. */
export function localFiles(folder: string): Files {
  const pathOf = (key: string) => join(folder, checkKey(key));
  return {
    put: async (key, bytes) => {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}${unfinished}`, bytes);
      await rename(`${path}${unfinished}`, path);
    },
    find: async (key) => {
      const path = pathOf(key);
      try {
        const file = await open(path);
        return createReadStream(path, { fd: file });
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    list: async function* () {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      for (const entry of entries) {
        if (!entry.isFile() || entry.name.endsWith(unfinished)) continue;
        yield relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/");
      }
    },
  };
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === "ENOENT";
