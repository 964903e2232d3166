import { createPrivateKey, randomBytes } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { pixel } from "#ops/attack/pixel.ts";
import { readHead, restoreBackup, takeBackup } from "#ops/backup/backup.ts";
import { temporaryFolder } from "#ops/throwaway.ts";
import { localFiles } from "#server/gateways/files.ts";
import { chain, findBreaks } from "#server/modules/audit/service.ts";
import { withClient } from "#server/platform/postgres.ts";
import { anEvent, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest } from "#server/platform/testing-guests.ts";

let t: TestApp;
let folder: string;
beforeAll(async () => {
  folder = temporaryFolder("backup");
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(async () => {
  await t.close();
  rmSync(folder, { recursive: true });
});

const fileIn = (name: string) => join(folder, `${name}-${randomBytes(4).toString("hex")}`);
const houseOf = ({ databaseUrl, ctx, settings }: TestApp) => ({
  url: databaseUrl,
  files: ctx.gateways.files,
  settings,
});

/** A database that nobody has used, and an empty folder. */
async function anEmptyHouse(settings: Pick<TestApp["settings"], "secrets" | "ticketKey"> = t.settings) {
  const url = new URL(inject("postgresUrl"));
  const name = `restored_${randomBytes(5).toString("hex")}`;
  await withClient(url.href, (client) => client.query(`create database ${name}`));
  url.pathname = `/${name}`;
  const dataDir = fileIn("house");
  const { secrets, ticketKey } = settings;
  return { url: url.href, files: localFiles(join(dataDir, "files")), settings: { dataDir, secrets, ticketKey } };
}
type House = Awaited<ReturnType<typeof anEmptyHouse>>;

const open = ({ url, settings }: House) => startTestApp({ ...settings, databaseUrl: url, trustedProxy: ["127.0.0.1"] });
const countIn = async ({ url }: House, table: string): Promise<number> =>
  withClient(url, async (client) => (await client.query(`select count(*)::int as n from ${table}`)).rows[0].n);

describe("a backup", () => {
  it("brings people, tickets, links, pictures, work to do and the audit log into an empty installation", async () => {
    const host = await aUser(t);
    const event = await anEvent(t, { by: host });
    const cover = await t.request({
      method: "PUT",
      url: `/api/v1/events/${event.eventId}/cover`,
      headers: { cookie: host.cookie, "content-type": "image/png" },
      payload: pixel,
    });
    const guest = await aGuest(t, event, { name: "Lin" });
    const { code } = (await t.get(`/registrations/${guest.id}`, undefined, guest.link)).json().ticket;
    await chain(t.ctx);
    const path = fileIn("whole");

    await takeBackup(houseOf(t), path);
    const empty = await anEmptyHouse();
    await restoreBackup(empty, path);
    const restored = await open(empty);

    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await restored.get("/me", host)).json()).toMatchObject({ email: host.email });
    expect((await restored.get(`/registrations/${guest.id}`, undefined, guest.link)).json().ticket.code).toBe(code);
    const scanned = await restored.post(`/events/${event.eventId}/check-ins`, { code }, host);
    expect([scanned.statusCode, scanned.json().registrationId]).toEqual([201, guest.id]);
    const { coverUrl } = cover.json();
    const pictures = [t, restored].map((one) => one.request({ method: "GET", url: coverUrl }));
    const [before, after] = await Promise.all(pictures);
    expect(after?.rawPayload).toEqual(before?.rawPayload);
    expect(await findBreaks(restored.ctx)).toEqual([]);
    await restored.settle();
    expect((await restored.lettersTo(guest.email)).map(({ kind, status }) => [kind, status])).toEqual([
      ["confirmation", "handed_over"],
    ]);
    await aGuest(restored, event, { name: "Somebody new" });
    await restored.close();
  });

  it("is taken of one moment, whatever is written meanwhile", async () => {
    const event = await anEvent(t);
    const path = fileIn("moment");
    const files = {
      ...t.ctx.gateways.files,
      list: async function* () {
        await aGuest(t, event);
        yield* t.ctx.gateways.files.list();
      },
    };

    await takeBackup({ ...houseOf(t), files }, path);
    const empty = await anEmptyHouse();
    await restoreBackup(empty, path);

    expect(await countIn(empty, "registrations")).toBe(
      (await countIn({ ...empty, url: t.databaseUrl }, "registrations")) - 1,
    );
  });

  it("is restored whole or not at all, and only where nothing is", async () => {
    const [whole, torn, forged] = [fileIn("whole"), fileIn("torn"), fileIn("forged")];
    await takeBackup(houseOf(t), whole);
    const bytes = readFileSync(whole);
    writeFileSync(torn, bytes.subarray(0, bytes.length - 200));
    writeFileSync(forged, gunzipSync(bytes));
    const empty = await anEmptyHouse();
    await expect(restoreBackup(empty, forged)).rejects.toThrow(/is no whole backup of Plenary/);
    await expect(restoreBackup(await anEmptyHouse(), torn)).rejects.toThrow(/is no whole backup of Plenary/);
    const other = { ...t.settings, secrets: { ...t.settings.secrets, links: "other" } };
    await expect(restoreBackup(await anEmptyHouse(other), whole)).rejects.toThrow(/another PLENARY_SECRET/);

    await restoreBackup(empty, whole);

    await expect(restoreBackup(empty, whole)).rejects.toThrow(/is not empty/);
    await expect(takeBackup(houseOf(t), whole)).rejects.toThrow(/is there already/);
  });
});

describe("an installation of the first release", () => {
  // Taken of the program that knew the migrations 0001 to 0009, with keys that are nobody's.
  const path = join(import.meta.dirname, "old-installation.tar.gz");
  const linToken = "1.registration.AaH8-iL2eveQP8uZeNDYwA.1.pQLAIN-X2iF6hCFRTRn2-oO37CI";
  const pkcs8OfSevens = Buffer.from(`302e020100300506032b657004220420${"07".repeat(32)}`, "hex");

  it("comes up to this one with its people, places, links, pictures and log", async () => {
    const ticketKey = createPrivateKey({ key: pkcs8OfSevens, format: "der", type: "pkcs8" });
    const secrets = { ...t.settings.secrets, links: "l".repeat(43) };
    const { madeAt, shape } = await readHead(path);
    expect(shape.migrations.at(-1)?.[0]).toBe("0009_engagement");
    const empty = await anEmptyHouse({ secrets, ticketKey });

    const { rows } = await restoreBackup(empty, path);

    const now = await open(empty);
    now.travel(Date.parse(madeAt) - Date.now() + 60_000);
    expect(rows).toMatchObject({ registrations: 3, letters: 3, audit_entries: 7 });
    const link = { authorization: `Link ${linToken}` };
    const found = await now.db.selectFrom("registrations").select(["id", "name", "status"]).orderBy("name").execute();
    expect(found.map(({ name, status }) => [name, status])).toEqual([
      ["Ada", "confirmed"],
      ["Lin", "confirmed"],
      ["Waiting", "waitlisted"],
    ]);
    const ticket = (await now.get(`/registrations/${found[1]?.id}`, undefined, link)).json();
    expect(ticket).toMatchObject({ name: "Lin", status: "confirmed", ticket: { typedCode: expect.any(String) } });
    const { items } = (await now.get("/events?q=evening")).json();
    expect(items).toMatchObject([{ title: "An evening together", coverUrl: expect.any(String) }]);
    expect((await now.request({ method: "GET", url: items[0].coverUrl })).statusCode).toBe(200);
    await chain(now.ctx);
    expect(await findBreaks(now.ctx)).toEqual([]);
    await now.close();
  });
});
