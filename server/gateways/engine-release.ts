import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

const version = "1.13.5";
const site = `https://github.com/livekit/livekit/releases/download/v${version}`;

// As the release's own checksums.txt names them.
const official: Record<string, { name: string; sha256: string }> = {
  "linux-x64": {
    name: `livekit_${version}_linux_amd64.tar.gz`,
    sha256: "c020fac437b7cc9b776eef1ad5ea8af77be9acfa07602eca20a3a44930dfbc70",
  },
  "linux-arm64": {
    name: `livekit_${version}_linux_arm64.tar.gz`,
    sha256: "332015305518765fe05bad74fc3a9d9583e635e7dd130de3c4fc563d69c550f3",
  },
};

/** Where the engine's program comes from when this machine can't build it. */
export interface Source {
  /** A file or an address, instead of the official site. */
  place?: string;
  sha256?: string;
}

/** Fetches the released archive, believes it only by its checksum, and takes the program out of it. */
export async function fetchRelease({ place, sha256 }: Source, progress: (part: number) => void): Promise<Buffer> {
  const release = official[`${process.platform}-${process.arch}`];
  const expected = sha256 ?? release?.sha256;
  if (!expected) throw new Error(`there is no official release for ${process.platform}-${process.arch}`);
  const from = place ?? `${site}/${release?.name}`;
  const archive = /^https?:/.test(from) ? await download(from, progress) : await readFile(from);
  const found = createHash("sha256").update(archive).digest("hex");
  if (found !== expected) throw new Error(`${from} has the checksum ${found}, not ${expected}`);
  return takeOut(gunzipSync(archive), "livekit-server");
}

async function download(address: string, progress: (part: number) => void): Promise<Buffer> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(300_000) });
  if (!answer.ok || !answer.body) throw new Error(`${address} answers ${answer.status}`);
  const total = Number(answer.headers.get("content-length"));
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of answer.body) {
    chunks.push(chunk);
    received += chunk.length;
    if (total) progress(received / total);
  }
  return Buffer.concat(chunks);
}

const block = 512;

/** Reads one file from a tar archive: blocks of 512 bytes, a header with name and octal size before each file. */
export function takeOut(tar: Buffer, name: string): Buffer {
  for (let at = 0; at + block <= tar.length; ) {
    const text = (from: number, length: number) => tar.toString("latin1", at + from, at + from + length).split("\0")[0];
    const size = Number.parseInt(text(124, 12) || "0", 8);
    const start = at + block;
    if (text(0, 100)?.split("/").at(-1) === name) return tar.subarray(start, start + size);
    at = start + Math.ceil(size / block) * block;
  }
  throw new Error(`the archive holds no ${name}`);
}
