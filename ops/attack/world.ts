import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import { pixel } from "#ops/attack/pixel.ts";
import { linkToken } from "#server/platform/links.ts";
import { aGuestAt, anEvent, aRole, aUser, type Someone, type TestApp } from "#server/platform/testing.ts";
import { fromElsewhere } from "#server/platform/testing-guests.ts";

/** Everybody who may stand before a route: nobody, people at an event, its team, and those who have nothing to do with it. */
export const callers = [
  "stranger",
  "guest",
  "attendee",
  "doorkeeper",
  "speaker",
  "moderator",
  "cohost",
  "team member",
  "team admin",
  "owner",
  "other attendee",
  "other organizer",
  "admin",
] as const;
export type Caller = (typeof callers)[number];

/** One event with everybody around it, and another one of somebody else's. */
export interface World {
  headersOf: Readonly<Record<string, Record<string, string>>>;
  /** What a path or a field may mean, by the noun before it; the first is what belongs to the owner's event. */
  ids: Record<string, string[]>;
  emails: string[];
  links: string[];
}

/** Accounts are dear to make and outlive the events that they are tried on. */
export interface Cast extends Record<Exclude<Caller, "stranger" | "guest">, Someone> {
  /** The owner's picture. */
  picture: string;
}

export async function aCast(t: TestApp): Promise<Cast> {
  const cast: Partial<Cast> = {};
  for (const name of callers) {
    if (name === "stranger" || name === "guest") continue;
    const role = name === "admin" ? "admin" : /organizer|owner/.test(name) ? "organizer" : "attendee";
    cast[name] = await aUser(t, { name: `The ${name}`, role });
  }
  const cookie = cast.owner?.cookie ?? "";
  const headers = { cookie, "content-type": "image/png" };
  const reply = await t.request({ method: "PUT", url: "/api/v1/me/picture", headers, payload: pixel });
  const picture = /[0-9a-f-]{36}/.exec(reply.json().pictureUrl)?.[0] ?? "";
  return { ...cast, picture } as Cast;
}

export async function aWorld(t: TestApp, cast: Cast): Promise<World> {
  const event = await anEvent(t, { by: cast.owner, format: "hybrid", capacity: 50, tickets: [{}, {}] });
  const other = await anEvent(t, { by: cast["other organizer"], format: "virtual" });
  const parts = { cohost: "cohost", moderator: "moderator", speaker: "speaker", doorkeeper: "door" } as const;
  for (const [name, role] of Object.entries(parts)) await aRole(t, event, cast[name as keyof typeof parts], role);
  await aMember(t, event, cast["team admin"], "admin");
  await aMember(t, event, cast["team member"], "member");
  const guest = await aGuestAt(t, event.gatheringId);
  const own = await aRegistration(t, event, cast.attendee);
  const elsewhere = await aRegistration(t, other, cast["other attendee"]);
  const message = await aMessage(t, event.gatheringId, cast.attendee);
  const checkIn = await aCheckIn(t, event.gatheringId, own, cast.doorkeeper);
  const session = await sessionOf(t, cast.owner);
  const service = await aService(t, event.organizerId, cast.owner);
  const offer = await aTeamInvitation(t, event, cast);
  const categories = await t.db.selectFrom("categories").select("id").execute();
  const { picture, ...accounts } = cast;
  const signedIn = Object.fromEntries(Object.entries(accounts).map(([name, { cookie }]) => [name, { cookie }]));
  const headersOf: Record<string, Record<string, string>> = { ...signedIn, stranger: {}, guest: guest.headers };
  return {
    headersOf,
    ids: {
      events: [event.eventId, event.slug, other.eventId],
      gatherings: [event.gatheringId, other.gatheringId],
      organizers: [event.organizerId, other.organizerId],
      registrations: [own, guest.registrationId, elsewhere],
      people: [cast.attendee.personId, guest.personId, cast["other attendee"].personId],
      users: [cast.attendee.userId, cast["other attendee"].userId],
      messages: [message],
      "check-ins": [checkIn],
      speakers: [await aSpeaker(t, event, cast.owner)],
      occurrences: [await aSecondTime(t, event, cast.owner)],
      templates: [await aTemplate(t, event, cast.owner)],
      sessions: [session],
      devices: [await aDevice(t, cast.owner)],
      passkeys: [await aPasskey(t, cast.owner)],
      invitations: [await anInvitation(t, event, cast.owner)],
      members: [cast["team member"].userId],
      team: [cast.doorkeeper.userId],
      "team-invitations": [offer],
      letters: [await aFailedLetter(t)],
      mailings: [await aMailing(t, event.gatheringId, cast)],
      jobs: [await aFailedJob(t)],
      files: [picture],
      "ticket-types": event.ticketTypeIds,
      categories: categories.map(({ id }) => id),
      ...service,
    },
    emails: [cast.attendee.email, guest.email, "nobody@example.org"],
    links: [
      linkToken(t.settings.secrets.links, { kind: "registration", id: guest.registrationId, version: 1 }),
      linkToken(t.settings.secrets.links, { kind: "team", id: offer, version: 1 }),
    ],
  };
}

async function aRegistration(t: TestApp, { eventId }: { eventId: string }, by: Someone): Promise<string> {
  const reply = await t.post(`/events/${eventId}/register`, { attendees: [{ ...nameOf(by), side: "virtual" }] }, by);
  if (reply.statusCode !== 201) throw new Error(reply.body);
  return reply.json().id;
}

async function aSpeaker(t: TestApp, { eventId }: { eventId: string }, by: Someone): Promise<string> {
  const reply = await t.send("PATCH", `/events/${eventId}`, { speakers: [{ name: "Nour" }] }, by);
  if (reply.statusCode !== 200) throw new Error(reply.body);
  return reply.json().speakers[0].id;
}

const nameOf = ({ name, email }: Someone) => ({ name, email });

async function aMessage(t: TestApp, gatheringId: string, by: Someone): Promise<string> {
  const reply = await t.post(`/gatherings/${gatheringId}/messages`, { text: "Hello" }, by);
  if (reply.statusCode !== 201) throw new Error(reply.body);
  return reply.json().id;
}

async function aCheckIn(t: TestApp, gatheringId: string, registrationId: string, by: Someone): Promise<string> {
  const id = randomUUIDv7();
  const what = { gathering_id: gatheringId, registration_id: registrationId, list: "main" };
  await t.db
    .insertInto("check_ins")
    .values({ id, ...what, at: t.ctx.now(), by_user_id: by.userId })
    .execute();
  return id;
}

/** Something of the owner's that is booked, and one of their schedules and absences, which outlive the world. */
async function aService(t: TestApp, organizerId: string, by: Someone): Promise<World["ids"]> {
  const repeats = { recurrenceType: "weekly", maxOccurrences: 3 };
  const rules = { maxAttendees: 3, enableWaitlist: true, minSchedulingNotice: 0, horizon: null, ...repeats };
  const made = await t.post("/events/event-types", { organizerId, name: "A talk for a few", ...rules }, by);
  const { id, organizerSlug, eventTypeSlug } = made.json();
  const known = async (path: string, body: object) => {
    const { items } = (await t.get(path, by)).json();
    return items.at(items[0]?.isDefault ? 1 : 0)?.id ?? (await t.post(path, body, by)).json().id;
  };
  const schedule = await known("/events/schedules", { name: "Evenings" });
  const absence = await known("/events/absences", { kind: "out_of_office", from: "2030-05-01", to: "2030-05-02" });
  const booking = await someBookings(t, { organizerSlug, eventTypeSlug }, by);
  const slugs = { public: [organizerSlug], slots: [organizerSlug], "{organizerSlug}": [eventTypeSlug] };
  const { url } = (await t.post("/events/bookings/feed", {}, by)).json();
  const feed = [new URL(url).pathname.split("/").at(-2) ?? ""];
  return { "event-types": [id], schedules: [schedule], absences: [absence], feed, ...booking, ...slugs };
}

/** A booking with seats left, and a session that is full, for which somebody waits. */
async function someBookings(
  t: TestApp,
  type: { organizerSlug: string; eventTypeSlug: string },
  by: Someone,
): Promise<World["ids"]> {
  const dateIn = (days: number) => new Date(t.ctx.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const range = `start_date=${dateIn(1)}&end_date=${dateIn(40)}`;
  const { days } = (await t.get(`/events/slots/${type.organizerSlug}/${type.eventTypeSlug}?${range}`)).json();
  const [first, second] = days.map(({ slots }: { slots: { startTime: string }[] }) => slots[0]?.startTime);
  const send = async (path: string, startTime: string, attendeeCount: number) => {
    const invitee = { inviteeName: "Ivy", inviteeEmail: "ivy@example.org", attendeeCount };
    const reply = await t.post(path, { ...type, ...invitee, startTime }, undefined, fromElsewhere());
    if (reply.statusCode !== 201) throw new Error(reply.body);
    return reply.json();
  };
  const { id, accessToken, attendee } = await send("/events/bookings/create", first, 1);
  await send("/events/bookings/create", second, 3);
  await send("/events/waitlist", second, 1);
  const waiting = (await t.get("/events/waitlist", by)).json().items[0].id;
  const named = { bookings: [id], booking: [accessToken], attendees: [attendee.id] };
  return { ...named, waitlist: [waiting], "full-sessions": [second] };
}

async function aSecondTime(t: TestApp, { eventId }: { eventId: string }, by: Someone): Promise<string> {
  const body = { times: [{ startTime: "2031-05-01T19:00" }] };
  return (await t.post(`/events/${eventId}/occurrences`, body, by)).json().occurrences.at(-1).id;
}

async function aTemplate(t: TestApp, { eventId }: { eventId: string }, by: Someone): Promise<string> {
  return (await t.post(`/events/${eventId}/template`, { name: "A beginning" }, by)).json().id;
}

async function sessionOf(t: TestApp, { userId }: Someone): Promise<string> {
  const row = await t.db.selectFrom("sessions").select("id").where("user_id", "=", userId).executeTakeFirstOrThrow();
  return row.id;
}

async function aPasskey(t: TestApp, { userId }: Someone): Promise<string> {
  const id = randomUUIDv7();
  const key = { credential_id: id, public_key: Buffer.of(1), counter: 0, is_synced: false };
  await t.db
    .insertInto("passkeys")
    .values({ id, user_id: userId, name: "A key", ...key, created_at: t.ctx.now() })
    .execute();
  return id;
}

async function aDevice(t: TestApp, owner: Someone): Promise<string> {
  const keys = { p256dh: "B".repeat(87), auth: "A".repeat(22) };
  const body = { endpoint: `https://push.example.org/${randomUUIDv7()}`, keys };
  return (await t.send("PUT", "/me/devices", body, owner)).json().id;
}

async function anInvitation(t: TestApp, { eventId }: { eventId: string }, by: Someone): Promise<string> {
  const url = `/events/${eventId}/invitations`;
  await t.post(url, { people: [{ name: "Ida", email: "ida@example.org" }] }, by);
  return (await t.get(url, by)).json().items[0].id;
}

async function aMember(
  t: TestApp,
  { organizerId }: { organizerId: string },
  { userId }: Someone,
  role: "admin" | "member",
): Promise<void> {
  const at = { created_at: t.ctx.now(), last_used_at: new Date(0) };
  await t.db
    .insertInto("organizer_members")
    .values({ organizer_id: organizerId, user_id: userId, role, ...at })
    .execute();
}

/** The attendee is asked to join the owner's team. */
async function aTeamInvitation(t: TestApp, { organizerId }: { organizerId: string }, cast: Cast): Promise<string> {
  const wish = { email: cast.attendee.email, role: "member" };
  const reply = await t.post(`/organizers/${organizerId}/team-invitations`, wish, cast.owner);
  if (reply.statusCode !== 201) throw new Error(reply.body);
  return reply.json().id;
}

async function aFailedLetter(t: TestApp): Promise<string> {
  const id = randomUUIDv7();
  const words = { subject: "Lost", html: "<p>Lost</p>", text: "Lost" };
  const way = { key: id, kind: "test", lane: "normal", to_address: "lost@example.org", message_id: id };
  await t.db
    .insertInto("letters")
    .values({ id, ...way, ...words, status: "failed", attempts: 1, created_at: t.ctx.now() })
    .execute();
  return id;
}

/** A draft of the owner that the attendee could read already. */
async function aMailing(t: TestApp, gatheringId: string, { owner, attendee }: Cast): Promise<string> {
  const id = randomUUIDv7();
  const now = t.ctx.now();
  const words = { subject: "Bring a cup", markdown: "We have tea.", is_announced: true };
  const meantFor = JSON.stringify({ statuses: ["confirmed"], ticketTypeIds: [], sides: [], attendances: [] });
  const stamps = { created_by: owner.userId, created_at: now, updated_at: now };
  await t.db
    .insertInto("mailings")
    .values({ id, gathering_id: gatheringId, ...words, meant_for: meantFor, status: "draft", ...stamps })
    .execute();
  const reader = { mailing_id: id, person_id: attendee.personId, is_muted: false, at: now };
  await t.db.insertInto("mailing_recipients").values(reader).execute();
  return id;
}

async function aFailedJob(t: TestApp): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into graphile_worker._private_jobs (task_id, attempts, max_attempts, last_error)
    select id, 1, 1, 'Lost' from graphile_worker._private_tasks limit 1
    returning id`.execute(t.db);
  return String(rows[0]?.id);
}
