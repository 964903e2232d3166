import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { AwsClient } from "aws4fetch";
import S3rver from "s3rver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { pixel } from "#ops/attack/pixel.ts";
import { type Files, localFiles } from "#server/gateways/files.ts";
import { s3Files } from "#server/gateways/s3.ts";
import type { Bucket } from "#server/platform/settings.ts";
import { anEvent, startTestApp } from "#server/platform/testing.ts";

let folder: string;
let server: S3rver;
let bucket: Bucket;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plenary-files-"));
  const configureBuckets = [{ name: "uploads" }, { name: "events" }];
  server = new S3rver({ address: "127.0.0.1", port: 0, silent: true, directory: join(folder, "s3"), configureBuckets });
  const { port } = await server.run();
  const endpoint = `http://127.0.0.1:${port}/`;
  bucket = { name: "uploads", endpoint, region: "eu-central-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const bytesOf = async (files: Files, key: string) => {
  const found = await files.find(key);
  return found && buffer(found);
};
const keysOf = async (files: Files) => (await Array.fromAsync(files.list())).toSorted();

describe.each([
  ["on the disk", () => localFiles(join(folder, "disk"))],
  ["in a bucket", () => s3Files(bucket)],
])("files %s", (_where, open) => {
  it("are kept, found, listed and removed", async () => {
    const files = open();
    expect(await keysOf(files)).toEqual([]);

    await files.put("cover/a-1_640.webp", Buffer.from("small"));
    await files.put("cover/a-1_1600.webp", Buffer.alloc(3_000_000, 7));
    await files.put("cover/a-1_640.webp", Buffer.from("anew"));

    expect(String(await bytesOf(files, "cover/a-1_640.webp"))).toBe("anew");
    expect((await bytesOf(files, "cover/a-1_1600.webp"))?.equals(Buffer.alloc(3_000_000, 7))).toBe(true);
    expect(await keysOf(files)).toEqual(["cover/a-1_1600.webp", "cover/a-1_640.webp"]);
    await files.remove("cover/a-1_640.webp");
    await files.remove("cover/a-1_640.webp");
    expect(await files.find("cover/a-1_640.webp")).toBeUndefined();
  });

  it("have no key that leads elsewhere", async () => {
    for (const key of ["../secret", "/etc/passwd", "a//b", "a?x=1", "", "a/b.webp.part"]) {
      await expect(
        Promise.resolve().then(() => open().find(key)),
        key,
      ).rejects.toThrow(/unexpected form/);
    }
  });
});

describe("a bucket", () => {
  it("is listed to its end, however many pages that takes", async () => {
    const files = s3Files(bucket);
    const keys = Array.from({ length: 1003 }, (_, n) => `many/${String(n).padStart(4, "0")}.webp`);
    for (let at = 0; at < keys.length; at += 50) {
      await Promise.all(keys.slice(at, at + 50).map((key) => files.put(key, Buffer.from(key))));
    }

    expect((await keysOf(files)).filter((key) => key.startsWith("many/"))).toEqual(keys);
  });

  it("that is not there says so", async () => {
    await expect(s3Files({ ...bucket, name: "nowhere" }).put("a", Buffer.from("a"))).rejects.toThrow(
      /no bucket nowhere/,
    );
  });

  it("holds the pictures of an installation that names it", async () => {
    const t = await startTestApp({ bucket: { ...bucket, name: "events" } });
    const { eventId, host } = await anEvent(t);
    const headers = { cookie: host.cookie, "content-type": "image/png" };

    const reply = await t.request({ method: "PUT", url: `/api/v1/events/${eventId}/cover`, headers, payload: pixel });

    const shown = await t.request({ method: "GET", url: reply.json().coverUrl });
    expect([shown.statusCode, shown.headers["content-type"]]).toEqual([200, "image/webp"]);
    const kept = await keysOf(s3Files({ ...bucket, name: "events" }));
    expect(kept).toHaveLength(2);
    for (const key of kept) await t.ctx.gateways.files.remove(key);
    expect((await t.request({ method: "GET", url: reply.json().coverUrl })).json().code).toBe("file.not_found");
    await t.close();
  });

  // The server above believes any signature; this one is Amazon's own example of "Signature Version 4", List Objects.
  it("is asked with signatures as Amazon makes them", async () => {
    const client = new AwsClient({
      service: "s3",
      region: "us-east-1",
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    });
    const { headers } = await client.sign("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J", {
      headers: { "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
      aws: { datetime: "20130524T000000Z" },
    });

    expect(headers.get("authorization")).toContain(
      "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    );
  });
});
