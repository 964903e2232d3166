import { randomBytes } from "node:crypto";

import { linkToken } from "#server/platform/links.ts";
import type { TestApp } from "#server/platform/testing.ts";

let networks = 0;

/** The headers of a caller whom nobody has counted yet; the app must trust the proxy at 127.0.0.1. */
export const fromElsewhere = (): Record<string, string> => {
  networks += 1;
  return { "x-forwarded-for": `10.${networks >> 16}.${(networks >> 8) & 255}.${networks & 255}` };
};

/** Somebody without an account who has asked for a place, with the link that their letter brings. */
export async function aGuest(
  t: Pick<TestApp, "db" | "post" | "settings">,
  at: { eventId: string; gatheringId: string },
  over: {
    name?: string;
    email?: string;
    side?: "in_person" | "virtual" | "both";
    ticketTypeId?: string;
    acceptsConduct?: true;
    confirmsAge?: number;
  } = {},
) {
  const {
    name = "Lin Guest",
    email = `guest-${randomBytes(5).toString("hex")}@example.org`,
    side,
    ticketTypeId,
    acceptsConduct,
    confirmsAge,
  } = over;
  const body = { attendees: [{ name, email, side }], ticketTypeId, acceptsConduct, confirmsAge };
  const reply = await t.post(`/events/${at.eventId}/register`, body, undefined, fromElsewhere());
  if (reply.statusCode !== 202) throw new Error(reply.body);
  const { id } = await t.db
    .selectFrom("registrations")
    .innerJoin("people", "people.id", "registrations.person_id")
    .select("registrations.id")
    .where("email", "=", email)
    .where("gathering_id", "=", at.gatheringId)
    .orderBy("registrations.created_at", "desc")
    .executeTakeFirstOrThrow();
  const token = linkToken(t.settings.secrets.links, { kind: "registration", id, version: 1 });
  return { id, name, email, token, link: { authorization: `Link ${token}` } };
}
