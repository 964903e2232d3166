import { crc32, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";

import { pixel } from "#ops/attack/pixel.ts";
import { aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>';

/** A picture of a few bytes that says it is as large as a town. */
function vastPng(): Buffer {
  const chunk = (kind: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(60_000, 0);
  head.writeUInt32BE(60_000, 4);
  head.set([8, 2], 8);
  const end = [chunk("IDAT", deflateSync(Buffer.alloc(1000))), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([pixel.subarray(0, 8), chunk("IHDR", head), ...end]);
}

it.each([
  ["a drawing with a script", Buffer.from(svg)],
  ["a packed drawing", gzipSync(svg)],
  ["a drawing behind blanks", Buffer.from(`\n\ufeff  ${svg}`)],
  ["a page", Buffer.from("<!doctype html><script>alert(1)</script>")],
  ["a document", Buffer.from("%PDF-1.7\n1 0 obj")],
  [
    "the head of a picture and a page",
    Buffer.concat([pixel.subarray(0, 16), Buffer.from("<script>alert(1)</script>")]),
  ],
  ["a picture as large as a town", vastPng()],
  ["nothing", Buffer.alloc(0)],
])("takes no %s", async (_what, payload) => {
  const ada = await aUser(t);
  const headers = { cookie: ada.cookie, "content-type": "image/png" };

  const reply = await t.request({ method: "PUT", url: "/api/v1/me/picture", headers, payload });

  expect([reply.statusCode, reply.json().code]).toEqual([422, "file.unreadable"]);
});

it("paints a picture anew, so that nothing that stood behind it is kept", async () => {
  const ada = await aUser(t);
  const headers = { cookie: ada.cookie, "content-type": "image/png" };
  const payload = Buffer.concat([pixel, Buffer.from("<script>alert(1)</script>")]);

  const { pictureUrl } = (await t.request({ method: "PUT", url: "/api/v1/me/picture", headers, payload })).json();
  const kept = await t.request({ method: "GET", url: pictureUrl });

  expect(kept.headers).toMatchObject({ "content-type": "image/webp", "x-content-type-options": "nosniff" });
  expect(kept.body).not.toContain("script");
});

it("writes links in letters by its own address, whatever address was asked for", async () => {
  const headers = { host: "evil.example", "x-forwarded-host": "evil.example" };
  await t.post(
    "/auth/register",
    { name: "Nia\r\nBcc: x", email: "nia@example.org", password: "come-together" },
    undefined,
    headers,
  );
  await t.settle();

  const [letter] = await t.lettersTo("nia@example.org");

  expect(letter?.text).toContain(`${t.settings.publicUrl}/`);
  expect(`${letter?.text}${letter?.html}`).not.toContain("evil.example");
  expect(`${letter?.to_name}${letter?.subject}`).not.toMatch(/[\r\n]/);
});
