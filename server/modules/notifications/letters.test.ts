import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openMail } from "#server/gateways/mail.ts";
import { inTx } from "#server/platform/ctx.ts";
import { post, unsubscribeLink } from "#server/platform/letters.ts";
import { linkToken } from "#server/platform/links.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let smtp: { server: Server; taken: string[] };
beforeAll(async () => {
  t = await startTestApp();
  smtp = await aMailServer();
  t.ctx.gateways.mail = openMail({ ...t.settings, smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server)}` });
});
afterAll(async () => {
  smtp.server.close();
  await t.close();
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** A mail server that knows nobody called `gone`, and is busy for whoever is called `busy`. */
async function aMailServer() {
  const taken: string[] = [];
  const server = createServer((socket) => {
    let data: string | undefined;
    socket.write("220 ready\r\n");
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      const text = String(chunk);
      if (data !== undefined) {
        data += text;
        if (!data.endsWith("\r\n.\r\n")) return;
        taken.push(data);
        data = undefined;
        return void socket.write("250 taken\r\n");
      }
      if (/^DATA/i.test(text)) {
        data = "";
        return void socket.write("354 go on\r\n");
      }
      if (/^RCPT TO:<gone/i.test(text)) return void socket.write("550 5.1.1 Nobody here by that name\r\n");
      if (/^RCPT TO:<busy/i.test(text)) return void socket.write("450 Later\r\n");
      socket.write(/^QUIT/i.test(text) ? "221 bye\r\n" : "250 fine\r\n");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, taken };
}

let letters = 0;
const write = async (to: string, how: Partial<Parameters<typeof post>[2]> = {}) => {
  letters += 1;
  const letter = {
    kind: "mailing.test" as const,
    to: { address: to, name: "" },
    subject: `No ${letters}`,
    html: "<p>Hi</p>",
    text: "Hi",
  };
  await inTx(t.ctx, (tctx) => post(tctx, letter, { key: `test/${letters}`, lane: "normal", ...how }));
  return (await t.lettersTo(to)).at(-1);
};
const statusesOf = async (to: string) => (await t.lettersTo(to)).map(({ status }) => status);
const tokenOf = ({ personId: id }: Someone) =>
  linkToken(t.settings.secrets.links, { kind: "unsubscribe", id, version: 1 });

describe("a letter about a topic", () => {
  it("says to mail programs how to stop such letters with one press; others don't", async () => {
    const ada = await aUser(t);
    await write(ada.email, { topic: "reminders" });
    await write(ada.email);
    await t.settle();

    const [about, always] = smtp.taken.filter((one) => one.includes(ada.email));
    const url = unsubscribeLink(t.ctx, ada.personId, "reminders");
    expect(about?.replace(/\r\n\s+/g, " ")).toContain(`List-Unsubscribe: <${url}>`);
    expect(about).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(always).not.toContain("List-Unsubscribe");
  });

  it("stays away once its link was pressed, and comes again when that is taken back", async () => {
    const ada = await aUser(t);
    const token = tokenOf(ada);
    const set = (isTold: boolean) => t.post("/letter-wishes", { token, topic: "reminders", isTold });

    const stopped = await set(false);
    await write(ada.email, { topic: "reminders" });
    await write(ada.email, { topic: "changes" });
    await write(ada.email);
    expect(await t.lettersTo(ada.email)).toHaveLength(2);
    await set(true);
    await write(ada.email, { topic: "reminders" });

    expect(stopped.json().topics).toContainEqual({ topic: "reminders", isTold: false });
    expect(stopped.json().topics.map(({ topic }: { topic: string }) => topic)).not.toContain("places");
    expect(await t.lettersTo(ada.email)).toHaveLength(3);
    expect((await t.get("/me/notification-preferences", ada)).json().wishes.reminders.letter).toBe(true);
  });

  it("is stopped by its own link only, and never what brings the ticket", async () => {
    const ada = await aUser(t);
    const other = linkToken(t.settings.secrets.links, { kind: "registration", id: ada.personId, version: 1 });
    const set = (body: object) => t.post("/letter-wishes", { topic: "reminders", isTold: false, ...body });

    expect((await set({ token: other })).json().code).toBe("auth.link_invalid");
    expect((await set({ token: `${tokenOf(ada)}x` })).json().code).toBe("auth.link_invalid");
    expect((await set({ token: "\0" })).json().code).toBe("request.invalid");
    expect((await set({ token: tokenOf(ada), topic: "places" })).json().code).toBe("notification.fixed");
    expect((await t.post("/letter-wishes/open", { token: tokenOf(ada) })).json()).toMatchObject({ email: ada.email });
  });
});

describe("an address that its mail server does not know", () => {
  it("is not written to again, but for what is urgent; and is, once that has come through", async () => {
    await write("gone@example.org");
    await t.settle();
    await write("gone@example.org");
    const urgent = await write("gone@example.org", { lane: "urgent" });
    expect(await statusesOf("gone@example.org")).toEqual(["refused", "refused", "waiting"]);
    expect(urgent?.last_error).toBeNull();

    await t.query("update letters set to_address = 'back@example.org' where status = 'waiting'");
    await t.query("update refused_addresses set address = 'back@example.org'");
    await t.settle();
    await write("back@example.org");

    expect(await statusesOf("back@example.org")).toEqual(["handed_over", "waiting"]);
  });

  it("is another than one that is busy", async () => {
    await write("busy@example.org");
    await expect(t.settle()).rejects.toThrow("A job failed");
    await t.query("delete from graphile_worker._private_jobs");
    await write("busy@example.org");

    expect(await statusesOf("busy@example.org")).toEqual(["failed", "waiting"]);
  });
});
