import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { fromElsewhere } from "#server/platform/testing-guests.ts";
import { type EventType, schedulingIn } from "#server/platform/testing-scheduling.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const { at, aType, aBooking, bodyFor, manage } = schedulingIn(() => t);

interface Told {
  kind: string;
  title: string;
  organizer: string;
  path: string;
  n: number;
  at: string;
}
const toldTo = async (who: Someone): Promise<Told[]> => (await t.get("/me/notices", who)).json().items;
const waits = async (type: EventType, over: object = {}) => {
  const reply = await t.post("/events/waitlist", bodyFor(type, at("10:00"), over), undefined, fromElsewhere());
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
};

describe("the bell", () => {
  it("tells hosts how many wait for seats, and who waits that some are kept, or were", async () => {
    const { host, type } = await aType({ name: "Yoga", maxAttendees: 2, enableWaitlist: true });
    const inside = await aBooking(type, at("10:00"), { attendeeCount: 2 });
    const ada = await aUser(t);
    const made = await waits(type, { inviteeEmail: ada.email });
    await waits(type);
    await t.settle();
    expect(await toldTo(host)).toMatchObject([{ kind: "people.waiting", title: "Yoga", n: 2, path: "/waitlist" }]);
    expect(await toldTo(ada)).toEqual([]);

    await manage(inside.accessToken, { action: "resize", attendeeCount: 1 });
    await t.settle();
    const path = new URL(made.manageUrl).pathname;
    expect(await toldTo(ada)).toMatchObject([{ kind: "registration.offered", title: "Yoga", path }]);
    const ends = (await t.get(`/events/booking/${made.accessToken}/manage`)).json().waitlist.offerEndsAt;
    t.travel(Date.parse(ends) - t.ctx.now().getTime() + 1000);
    await t.settle();
    expect((await toldTo(ada)).map(({ kind }) => kind)).toContain("registration.lapsed");
  });
});
