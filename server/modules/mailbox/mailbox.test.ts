import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { inTx } from "#server/platform/ctx.ts";
import { post } from "#server/platform/letters.ts";
import { startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
  for (const [n, address] of ["ada@example.org", "lin@example.com", "ada.k@example.org"].entries()) {
    const letter = {
      kind: "mailing.test" as const,
      to: { address, name: "Ada" },
      subject: `Letter ${n}`,
      html: '<img src="cid:qr">',
      text: "Hello",
      attachments: [
        { name: "qr.png", mediaType: "image/png", contentId: "qr", base64: Buffer.from("png").toString("base64") },
        { name: 'tea; "x".ics', mediaType: "text/calendar", base64: Buffer.from("BEGIN").toString("base64") },
      ],
    };
    await inTx(t.ctx, (tctx) => post(tctx, letter, { key: `test/${n}`, lane: "normal" }));
  }
});
afterAll(() => t.close());

const letters = async (query = "") => (await t.get(`/dev/letters${query}`)).json();

describe("the mailbox", () => {
  it("shows letters newest first, page by page", async () => {
    const first = await letters("?limit=2");
    const second = await letters(`?limit=2&cursor=${first.nextCursor}`);

    const subjects = [...first.items, ...second.items].map(({ subject }: { subject: string }) => subject);
    expect(subjects).toEqual(["Letter 2", "Letter 1", "Letter 0"]);
    expect(second.nextCursor).toBeNull();
  });

  it("finds a recipient, in whatever case", async () => {
    expect((await letters("?to=ADA")).items).toHaveLength(2);
    expect((await letters("?to=%25")).items).toHaveLength(0);
  });

  it("shows one letter and hands out what it carries", async () => {
    const [{ id }] = (await letters("?to=lin")).items;
    const letter = (await t.get(`/dev/letters/${id}`)).json();
    expect(letter).toMatchObject({ to: "lin@example.com", text: "Hello", html: '<img src="cid:qr">' });

    const [picture, calendar] = await Promise.all(
      letter.attachments.map(({ url }: { url: string }) => t.request({ method: "GET", url })),
    );

    expect([picture.body, picture.headers["content-type"]]).toEqual(["png", "image/png"]);
    expect(calendar.body).toBe("BEGIN");
    expect(calendar.headers["content-disposition"]).toBe("attachment; filename*=UTF-8''tea%3B%20%22x%22.ics");
    expect((await t.get(`/dev/letters/${id}/attachments/2`)).statusCode).toBe(404);
  });

  it("is not there with a mail server, nor on an address that others reach", async () => {
    const paths = ["/dev/letters", `/dev/letters/${(await letters()).items[0].id}`];
    const asked = async () => Promise.all(paths.map(async (path) => (await t.get(path)).json().code));
    t.ctx.gateways.mail.kind = "smtp";
    expect(await asked()).toEqual(["route.not_found", "route.not_found"]);
    t.ctx.gateways.mail.kind = "mailbox";
    t.ctx.settings.isLoopback = false;
    expect(await asked()).toEqual(["route.not_found", "route.not_found"]);
    t.ctx.settings.isLoopback = true;
  });

  it.each(["/api/v1/dev/letters", "/api/dev/letters/", "/api/v1/%64ev/letters"])(
    "does not answer %s under a name that some other site has given to this machine",
    async (url) => {
      const reply = await t.request({ method: "GET", url, headers: { host: "evil.example" } });

      expect(reply.statusCode).toBe(404);
    },
  );
});
