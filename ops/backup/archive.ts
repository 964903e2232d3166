import { createReadStream, createWriteStream } from "node:fs";
import { link, rm } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { extract, pack } from "tar-stream";

import { Unstartable } from "#server/platform/unstartable.ts";

export type Add = (name: string, bytes: Buffer) => Promise<void>;

/** Writes a packed archive for its owner's eyes only. It stands at its place when it is whole, and never over another. */
export async function writeArchive(path: string, fill: (add: Add) => Promise<void>): Promise<void> {
  const draft = `${path}.part`;
  const archive = pack();
  const add: Add = (name, bytes) =>
    new Promise((resolve, reject) => {
      archive.entry({ name, size: bytes.length, mode: 0o600 }, bytes, (error) => (error ? reject(error) : resolve()));
    });
  const writing = pipeline(archive, createGzip(), createWriteStream(draft, { mode: 0o600, flags: "wx", flush: true }));
  try {
    // What ends the writing, such as a full disk, ends the filling too.
    await Promise.race([fill(add).then(() => archive.finalize()), writing.then(() => undefined)]);
    await writing;
    await link(draft, path);
  } catch (error) {
    archive.destroy();
    await writing.catch(() => {});
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new Unstartable(`${path} is there already: name another file, or move it away.`);
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Reads an archive from its beginning, one entry after another. */
export async function* readArchive(path: string): AsyncGenerator<{ name: string; bytes: Buffer }> {
  const archive = extract();
  const reading = pipeline(createReadStream(path), createGunzip(), archive);
  reading.catch(() => {});
  try {
    for await (const entry of archive) yield { name: entry.header.name, bytes: await buffer(entry) };
    await reading;
  } catch (error) {
    const { code, message = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new Unstartable(`There is no file ${path}.`);
    const isTorn = code?.startsWith("Z_") || /unexpected end|Invalid tar|checksum/i.test(message);
    throw isTorn ? damaged(path) : error;
  }
}

export const damaged = (path: string) =>
  new Unstartable(`${path} is no whole backup of Plenary: take another one. Nothing was restored.`);
