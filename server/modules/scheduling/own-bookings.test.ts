import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { schedulingIn } from "#server/platform/testing-scheduling.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const { at, aType, aBooking, manage } = schedulingIn(() => t);

interface Mine {
  id: string;
  manageUrl: string;
  accessToken: string;
  startTime: string;
}

const mine = async (who: Someone, query = ""): Promise<{ items: Mine[]; nextCursor: string | null }> => {
  const reply = await t.get(`/events/bookings/me${query}`, who);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
};
const idsOf = async (who: Someone, query = "") => (await mine(who, query)).items.map(({ id }) => id);

describe("one's own bookings", () => {
  it("are those of the address that one's account has verified, whoever typed it, each with its link", async () => {
    const { type } = await aType();
    const ada = await aUser(t);
    const later = await aBooking(type, at("12:00"), { inviteeEmail: ada.email }, ada);
    const sooner = await aBooking(type, at("10:00"), { inviteeEmail: ada.email.toUpperCase() });
    // Signed in, but for somebody else.
    await aBooking(type, at("09:00"), {}, ada);
    const { items } = await mine(ada, "?when=upcoming");
    expect(items.map(({ id }) => id)).toEqual([sooner.id, later.id]);
    expect(items[0]).toMatchObject({ manageUrl: sooner.manageUrl, attendee: { email: ada.email } });
    expect((await manage(items[0]?.accessToken ?? "", { action: "cancel" })).json().status).toBe("cancelled");
  });

  it("are nobody else's: neither a stranger's who typed the address, nor a browser's that holds the link", async () => {
    const { host, type } = await aType();
    const ada = await aUser(t);
    const mallory = await aUser(t);
    const made = await aBooking(type, at("10:00"), { inviteeEmail: ada.email }, mallory);
    const opened = await t.get(`/events/booking/${made.accessToken}/manage`, mallory);
    const [held = ""] = String(opened.headers["set-cookie"]).split(";");
    const withLink = { ...mallory, cookie: `${mallory.cookie}; ${held}` };
    expect(await idsOf(withLink)).toEqual([]);
    expect(await idsOf(host)).toEqual([]);
    expect(await idsOf(ada)).toEqual([made.id]);
    expect((await t.get("/events/bookings/me")).json().code).toBe("auth.required");
  });

  it("are told with those to whom one is brought along, by time, part by part, before a time", async () => {
    const { type } = await aType({ maxGuests: 2 });
    const ada = await aUser(t);
    const times = ["10:00", "11:00", "13:00"];
    const ids: string[] = [];
    for (const time of times) ids.push((await aBooking(type, at(time), { guests: [ada.email] })).id);
    const first = await mine(ada, "?when=upcoming&limit=2");
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(await idsOf(ada, `?when=upcoming&limit=2&cursor=${first.nextCursor}`)).toEqual(ids.slice(2));
    expect(await idsOf(ada, `?before=${at("13:00")}`)).toEqual([ids[1], ids[0]]);
    expect(await idsOf(ada, "?when=past")).toEqual([]);
    expect((await t.get("/events/bookings/me?cursor=nonsense", ada)).statusCode).toBe(400);
  });
});
