import { afterEach, describe, expect, it } from "vitest";

import { demoAccounts, demoPassword } from "#db/demo-people.ts";
import { type RunningHouse, startHouse } from "#ops/run-house.ts";

let house: RunningHouse | undefined;
afterEach(async () => {
  await house?.stop();
  house = undefined;
});

interface Card {
  slug: string;
  isLive: boolean;
  /** Told to strangers where there is a limit. */
  places: { taken: number | null };
}

const eventsOf = async ({ url }: RunningHouse): Promise<Card[]> => {
  const { items } = (await (await fetch(`${url}/api/v1/events?limit=60`)).json()) as { items: Card[] };
  return items;
};

interface Bookable {
  eventTypeSlug: string;
  hosts: object[];
  maxAttendees: number;
}

const bookableOf = async ({ url }: RunningHouse, slug: string): Promise<Bookable[]> => {
  const page = (await (await fetch(`${url}/api/v1/events/public/${slug}`)).json()) as { eventTypes: Bookable[] };
  return page.eventTypes;
};

const nextDays = (days: number) => {
  const dateIn = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
  return { start_date: dateIn(0), end_date: dateIn(days) };
};

describe("the demo", () => {
  it("fills a first start with a dozen events, one of them always live, prints who can sign in, and stays", async () => {
    house = await startHouse({ env: { PLENARY_DEMO: "on" } });

    const events = await eventsOf(house);
    expect(events.length).toBeGreaterThanOrEqual(12);
    expect(events.find(({ slug }) => slug === "open-house")).toMatchObject({ isLive: true });
    const taken = events.flatMap(({ places }) => places.taken ?? []);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.every((some) => some > 0)).toBe(true);
    const types = await bookableOf(house, "mara-lindqvist");
    expect(types.map(({ hosts, maxAttendees }) => [hosts.length > 1, maxAttendees > 1])).toEqual(
      expect.arrayContaining([
        [false, false],
        [false, true],
        [true, false],
      ]),
    );
    for (const { eventTypeSlug } of types) {
      const slots = `/api/v1/events/slots/mara-lindqvist/${eventTypeSlug}?${new URLSearchParams(nextDays(14))}`;
      const { days } = (await (await fetch(house.url + slots)).json()) as { days: object[] };
      expect(days.length, eventTypeSlug).toBeGreaterThan(1);
    }
    for (const { email } of demoAccounts.slice(0, 3)) {
      await expect.poll(house.output).toContain(`sign in as ${email} with ${demoPassword}`);
      const answer = await fetch(`${house.url}/api/v1/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email, password: demoPassword }),
      });
      expect(answer.status).toBe(200);
    }

    await house.end("SIGTERM");
    house = await startHouse({ dataDir: house.dataDir, env: { PLENARY_DEMO: "on" } });

    expect((await eventsOf(house)).map(({ slug }) => slug)).toEqual(events.map(({ slug }) => slug));
  });

  it.each([
    ["PLENARY_DEMO=off", { PLENARY_DEMO: "off" }],
    ["an address that others can reach", { PLENARY_DEMO: "on", PUBLIC_URL: "https://events.example.org" }],
  ])("stays away with %s", async (_why, env) => {
    house = await startHouse({ env });

    expect(await eventsOf(house)).toEqual([]);
    expect(house.output()).not.toContain(demoPassword);
  });
});
