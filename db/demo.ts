import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import { events } from "#contract/events.ts";
import { organizers } from "#contract/organizers.ts";
import type { CustomAnswers } from "#contract/questions.ts";
import { type EventType, scheduling } from "#contract/scheduling.ts";
import { BookingCreate } from "#contract/scheduling-bookings.ts";
import { hosting } from "#contract/scheduling-hosts.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { type DemoEvent, demoEvents, openHouse } from "#db/demo-events.ts";
import { type DemoAccount, demoAccounts, demoGuests, demoPassword } from "#db/demo-people.ts";
import { type DemoEventType, demoBio, demoColleagues, demoEventTypes } from "#db/demo-scheduling.ts";
import { plan, timesOf } from "#server/modules/gatherings/service/planning.ts";
import { get as getGathering } from "#server/modules/gatherings/service/reading.ts";
import { hashPassword } from "#server/modules/identity/passwords.ts";
import { listMine } from "#server/modules/organizers/service.ts";
import { register } from "#server/modules/registrations/service/take.ts";
import { create as book } from "#server/modules/scheduling/service/booking.ts";
import { type Ctx, inTx, userOf } from "#server/platform/ctx.ts";
import { dispatch } from "#server/platform/dispatch.ts";

const openHouseDays = 90;
/** What the account that attends has a place at, or a place in the queue of. */
const attended = ["open-house", "breathing-room", "repair-cafe", "ask-an-astronomer"];

/**
 * Fills an empty installation with events that show what Plenary is for, by the same ways that people take.
 *
 * Only the account that attends gets letters: the guests do not exist.
 */
export async function makeDemo(ctx: Ctx): Promise<void> {
  if (await hasAccounts(ctx)) return;
  const callers = await makeAccounts(ctx);
  const callerOf = ({ by }: DemoEvent): Ctx => callers.get(by) ?? ctx;
  let known = 0;
  for (const demo of [openHouse, ...demoEvents]) {
    const caller = callerOf(demo);
    const event = await dispatch(caller, events.create, { body: { ...demo.draft, ...momentsOf(demo, ctx.now()) } });
    if (demo === openHouse) await repeatDaily(caller, event.occurrenceId);
    await dispatch(caller, events.publish, { params: { id: event.id }, body: {} });
    await fill(caller, event.id, demo, known);
    // Some come to several events, as people do.
    known += Math.ceil(demo.guests / 2);
  }
  const types = await makeEventTypes(callers, ctx, known);
  await keepSilent(ctx);
  const attendee = callers.get("jonas@example.org") ?? ctx;
  for (const slug of attended) await register(attendee, slug, { acceptsConduct: true });
  const [first] = types;
  if (first) await bookNth(attendee, first, { nth: 3, people: [{ name: "Jonas Okafor", email: "jonas@example.org" }] });
}

async function hasAccounts({ db }: Ctx): Promise<boolean> {
  return (await db.selectFrom("users").select("id").limit(1).executeTakeFirst()) !== undefined;
}

async function makeAccounts(ctx: Ctx): Promise<Map<DemoAccount["email"], Ctx>> {
  const hash = await hashPassword(ctx, demoPassword);
  const now = ctx.now();
  const callers = new Map<DemoAccount["email"], Ctx>();
  for (const { email, name, role, timeZone } of demoAccounts) {
    const [userId, personId] = [randomUUIDv7(), randomUUIDv7()];
    const stamps = { created_at: now, updated_at: now };
    await ctx.db
      .insertInto("users")
      .values({ id: userId, email, name, role, password_hash: hash, verified_at: now, time_zone: timeZone, ...stamps })
      .execute();
    await ctx.db.insertInto("people").values({ id: personId, email, name, user_id: userId, created_at: now }).execute();
    const actor: Ctx["actor"] = { kind: "user", userId, personId, sessionId: "", isAdmin: false };
    callers.set(email, { ...ctx, actor });
  }
  return callers;
}

/** The times of a demo event on the clocks of its zone, counted from today there. */
function momentsOf({ day, from, to, draft }: DemoEvent, now: Date): { startTime: string; endTime: string } {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(draft.timeZone ?? "UTC")
    .toPlainDate();
  const date = today.add({ days: day });
  const lastDate = to === "24:00" ? date.add({ days: 1 }) : date;
  return { startTime: `${date}T${from}`, endTime: `${lastDate}T${to === "24:00" ? "00:00" : to}` };
}

/** Plans the days after the first one; publishing then opens them all. */
async function repeatDaily(ctx: Ctx, gatheringId: string): Promise<void> {
  await inTx(ctx, async (tctx) => {
    const { sourceId, organizerId, title, format, visibility, timeZone, settings, startTime } = await getGathering(
      tctx,
      gatheringId,
    );
    if (!startTime) throw new Error("The open house has no time.");
    const first = Temporal.Instant.fromEpochMilliseconds(startTime.getTime()).toZonedDateTimeISO(timeZone);
    const midnight = (days: number) => new Date(first.add({ days }).epochMilliseconds);
    const times = Array.from({ length: openHouseDays - 1 }, (_, n) =>
      timesOf(midnight(n + 1), midnight(n + 2), timeZone),
    );
    await plan(tctx, { sourceId, organizerId, title, format, visibility, timeZone, settings }, times);
  });
}

/** How many guests of an event that asks for approval wait for it. */
const waiting = 5;
const mostAtOnce = 10;

/** Guests register themselves, as many at once as came; where approval is asked for, the team adds most of them. */
async function fill(team: Ctx, eventId: string, { guests, draft }: DemoEvent, from: number): Promise<void> {
  const guest: Ctx = { ...team, actor: { kind: "anonymous" } };
  const attendees = demoGuests(guests, from).map((person, n) =>
    draft.format === "hybrid"
      ? { ...person, side: n % 3 === 0 ? ("virtual" as const) : ("in_person" as const) }
      : person,
  );
  const added = draft.needsApproval ? attendees.splice(waiting) : [];
  for (let at = 0; at < added.length; at += mostAtOnce) {
    await register(team, eventId, { attendees: added.slice(at, at + mostAtOnce) });
  }
  await Promise.all(
    attendees.map((attendee) => register(guest, eventId, { attendees: [attendee], acceptsConduct: true })),
  );
}

/** What can be booked with the one who organizes and those who work with her, some of it booked already. */
async function makeEventTypes(
  callers: ReadonlyMap<DemoAccount["email"], Ctx>,
  ctx: Ctx,
  from: number,
): Promise<EventType[]> {
  const caller = callers.get("mara@example.org") ?? ctx;
  const [organizer] = await listMine(caller);
  if (!organizer) throw new Error("Whoever organizes has no organizer.");
  const userIdOf = (email: DemoAccount["email"]) => userOf(callers.get(email) ?? ctx).userId;
  const stamps = { created_at: ctx.now(), last_used_at: ctx.now() };
  const members = demoColleagues.map((email) => ({ user_id: userIdOf(email), role: "member" as const, ...stamps }));
  await ctx.db
    .insertInto("organizer_members")
    .values(members.map((member) => ({ organizer_id: organizer.id, ...member })))
    .execute();
  await dispatch(caller, organizers.change, { params: { id: organizer.id }, body: { bio: demoBio } });
  const types: EventType[] = [];
  let known = from;
  for (const demo of demoEventTypes) {
    const type = await makeEventType(caller, demo, userIdOf);
    for (const { nth, parties, answers } of demo.booked) {
      const people = demoGuests(parties, known);
      await bookNth({ ...ctx, actor: { kind: "anonymous" } }, type, { nth, people, answers });
      known += parties;
    }
    types.push(type);
  }
  return types;
}

async function makeEventType(
  caller: Ctx,
  { draft, hosts, hours }: DemoEventType,
  userIdOf: (email: DemoAccount["email"]) => string,
): Promise<EventType> {
  const schedule = hours && (await dispatch(caller, hosting.createSchedule, { body: hours }));
  const team = hosts.map(({ by, weight = 1 }) => ({ userId: userIdOf(by), weight, scheduleId: schedule?.id ?? null }));
  return dispatch(caller, scheduling.createEventType, { body: { ...draft, hosts: team } });
}

const bookedWithinDays = 21;

/** Takes one of the next free times, for one party or for a circle of several. */
async function bookNth(
  ctx: Ctx,
  type: EventType,
  {
    nth,
    people,
    answers,
  }: { nth: number; people: readonly { name: string; email: string }[]; answers?: CustomAnswers },
): Promise<void> {
  const { organizerSlug, eventTypeSlug, timeZone } = type;
  const today = Temporal.Instant.fromEpochMilliseconds(ctx.now().getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const query = { start_date: today.toString(), end_date: today.add({ days: bookedWithinDays }).toString() };
  const slugs = { organizerSlug, eventTypeSlug };
  const { days } = await dispatch(ctx, publicScheduling.slots, { params: slugs, query });
  const startTime = days.flatMap(({ slots }) => slots)[nth]?.startTime;
  if (!startTime) throw new Error(`The demo finds no free time for ${type.name}.`);
  for (const { name, email } of people) {
    const invitee = { inviteeName: name, inviteeEmail: email, inviteeTimezone: timeZone, customAnswers: answers ?? {} };
    await book(ctx, BookingCreate.parse({ ...slugs, startTime, ...invitee }));
  }
}

/** Takes back what would follow from the registrations and bookings, which is letters. */
async function keepSilent({ db }: Ctx): Promise<void> {
  await sql`delete from timers where key like 'booking/%/reminder/%'`.execute(db);
  await sql`select graphile_worker.complete_jobs(array_agg(jobs.id))
    from graphile_worker._private_jobs as jobs
    join facts on facts.id = (jobs.payload ->> 'id')::uuid
    where facts.name like 'registration.%' or facts.name like 'booking.%'`.execute(db);
}
