import { randomUUIDv7 } from "node:crypto";

import type { AttendeeAdd, BookingCreate, OwnBooking } from "#contract/scheduling-bookings.ts";
import type { Slot } from "#contract/scheduling-public.ts";
import { atAnyTime } from "#domain/availability/any-time.ts";
import { findSlots, freeHosts, type SlotsQuestion } from "#domain/availability/slots.ts";
import * as audit from "#server/modules/audit/service.ts";
import { book, freshSettings, timesOf } from "#server/modules/gatherings/service.ts";
import { knowPeople } from "#server/modules/identity/service/people.ts";
import { type GoodAnswers, keepAnswers, takeAnswers } from "#server/modules/questions/service/answers.ts";
import { sit } from "#server/modules/registrations/service/booked.ts";
import { asked, booked } from "#server/modules/scheduling/facts.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import * as busy from "#server/modules/scheduling/repo/busy.ts";
import * as types from "#server/modules/scheduling/repo/event-types.ts";
import { raiseEventType } from "#server/modules/scheduling/repo/hosts.ts";
import { ownBookingOf } from "#server/modules/scheduling/service/booking-views.ts";
import { candidatesFor, takeHosts, timeOf } from "#server/modules/scheduling/service/choosing.ts";
import { readHosts } from "#server/modules/scheduling/service/hosts.ts";
import { inLane } from "#server/modules/scheduling/service/lane.ts";
import { remindOf } from "#server/modules/scheduling/service/reminding.ts";
import {
  type Asking,
  durationOf,
  findPublic,
  questionOf,
  slotOf,
  slotsOf,
  spanOf,
} from "#server/modules/scheduling/service/slots.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const deadlock = "40P01";

/**
 * Books a time for a visitor, by the same rules that offered it.
 *
 * Of all who want the same time at once one gets it, or in a group as many as there are seats; the others are told the
 * nearest free times. What its host has to say yes to waits for that.
 */
export async function create(ctx: Ctx, input: BookingCreate): Promise<OwnBooking> {
  const type = await findPublic(ctx, input.organizerSlug, input.eventTypeSlug);
  const duration = durationOf(type, input.duration);
  const start = new Date(input.startTime).getTime();
  assertDetails(type, input.inviteePhone);
  if (input.attendeeCount > type.maxAttendees)
    throw new Problem("booking.capacity_exceeded", { max: type.maxAttendees });
  const mostGuests = type.maxAttendees > 1 ? 0 : type.rules.maxGuests;
  if (input.guests.length > mostGuests) throw new Problem("booking.too_many_guests", { max: mostGuests });
  const asking = { from: start, to: start + 1, duration, attendeeCount: input.attendeeCount, holdId: input.holdId };
  const good = await takeAnswers(ctx, type.id, { given: input.customAnswers });
  return freeOrNearest(ctx, type, asking, async () => {
    const { bookingId, attendeeId } = await inLane(type.id, async () => {
      // Most of those who are too late are told so here.
      const { starts } = await slotsOf(ctx, type, asking);
      if (starts[0] !== start) throw new Problem("scheduling.slot_taken");
      return inTx(ctx, (tctx) => bookWithin(tctx, type.id, asking, { ...input, good }));
    });
    const row = await repo.find(ctx.db, bookingId);
    const party = row?.attendees.find(({ id }) => id === attendeeId);
    if (!row || !party) throw new Error("A booking that was made is not there.");
    return ownBookingOf(ctx, row, party);
  });
}

/** Runs what takes a time; when that is gone, the refusal names the nearest free ones. */
export async function freeOrNearest<T>(
  ctx: Ctx,
  type: types.EventTypeRow,
  asking: Asking,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await tryAgain(run);
  } catch (error) {
    const isTaken = error instanceof Problem && error.code === "scheduling.slot_taken";
    if (!isTaken) throw error;
    throw new Problem("scheduling.slot_taken", { nearest: await nearestTo(ctx, type, asking) });
  }
}

/** Two bookings that want the hosts of each other in another order: the database stops one, and it is tried again. */
async function tryAgain<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if ((error as { code?: string }).code !== deadlock) throw error;
    return run();
  }
}

async function nearestTo(ctx: Ctx, type: types.EventTypeRow, asking: Asking): Promise<Slot[]> {
  const around = { ...asking, from: asking.from - 7 * dayMs, to: asking.from + 14 * dayMs };
  const { starts, seatsLeft } = await slotsOf(ctx, type, around);
  return starts
    .map((start, n) => ({ start, left: seatsLeft?.[n], far: Math.abs(start - asking.from) }))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, 3)
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, left }) => slotOf(start, asking.duration, left));
}

export function assertDetails({ rules }: types.EventTypeRow, phone: string): void {
  if (rules.locationType !== "phone_call" || rules.phoneCaller !== "host" || phone !== "") return;
  const says = "Your host calls you: please give a number.";
  throw new Problem("booking.details_needed", { fields: [{ at: "body.inviteePhone", code: "required", says }] });
}

export interface Answered {
  /** What the party answered to the questions of the event type. */
  good?: GoodAnswers | undefined;
}

async function bookWithin(
  tctx: TxCtx,
  eventTypeId: string,
  asking: Asking,
  input: BookingCreate & Answered,
): Promise<{ bookingId: string; attendeeId: string }> {
  const type = await types.lock(tctx.db, eventTypeId);
  if (!type?.isActive || type.deletedAt) throw new Problem("event_type.not_found");
  const { maxBookingsPerInvitee: most } = type.rules;
  if (most !== null && (await repo.countOfInvitee(tctx.db, type.id, input.inviteeEmail, tctx.now())) >= most)
    throw new Problem("booking.limit_reached");
  if (input.holdId) await busy.deleteHold(tctx.db, input.holdId);
  const row = await takeSlot(tctx, type, asking);
  const attendeeId = await seat(tctx, row, {
    name: input.inviteeName,
    email: input.inviteeEmail,
    phone: input.inviteePhone,
    timeZone: input.inviteeTimezone,
    seats: input.attendeeCount,
    notes: input.notes,
    good: input.good,
  });
  await bringGuests(tctx, { row, attendeeId, input });
  const about = { bookingId: row.id, attendeeId };
  await record(tctx, row.status === "pending" ? asked(about) : booked(about));
  await raiseEventType(tctx.db, type.id);
  return about;
}

/** A host who books for somebody needs nobody's yes, and may do so outside of what is offered. */
export interface HostBooks {
  anyTime: boolean;
}

/** Whom an invitee brings: each address once, and not their own. */
async function bringGuests(
  tctx: TxCtx,
  { row, attendeeId, input }: { row: repo.BookingRow; attendeeId: string; input: BookingCreate },
): Promise<void> {
  for (const email of new Set(input.guests)) {
    if (email === input.inviteeEmail) continue;
    const [name = email] = email.split("@");
    const party = { name, email, phone: "", timeZone: input.inviteeTimezone, seats: 0, notes: "" };
    await seat(tctx, row, party, attendeeId);
  }
}

/** The booking of a slot: the session that is there already, or a new one with hosts of its own. */
export async function takeSlot(
  tctx: TxCtx,
  type: types.EventTypeRow,
  asking: Asking,
  byHost?: HostBooks,
): Promise<repo.BookingRow> {
  const { from: start, duration } = asking;
  await busy.deleteExpired(
    tctx.db,
    type.hosts.map(({ userId }) => userId),
    tctx.now(),
  );
  const hosts = await readHosts(tctx, type, spanOf(type, asking, tctx.now().getTime()));
  const asked = questionOf(tctx, type, hosts, asking);
  const own = type.hosts.map(({ userId }) => userId);
  const question = byHost?.anyTime ? atAnyTime(asked, own) : asked;
  if (!isFree(question, byHost)) throw new Problem("scheduling.slot_taken");
  const [startTime, endTime] = [new Date(start), new Date(start + duration * minuteMs)];
  const session = type.maxAttendees > 1 && (await repo.findSession(tctx.db, type.id, startTime, endTime));
  if (session) return session;
  const id = randomUUIDv7();
  const { rules } = type;
  const isAsked = rules.needsApproval && !byHost;
  await book(tctx, {
    id,
    sourceId: type.id,
    organizerId: type.organizerId,
    title: type.name,
    format: rules.locationType === "video_call" ? "virtual" : "in_person",
    timeZone: type.timeZone,
    settings: freshSettings(rules.locationType === "video_call" ? "virtual" : "in_person"),
    times: timesOf(startTime, endTime, type.timeZone),
    isPlanned: isAsked,
  });
  const candidates = await candidatesFor(tctx, type, question, { start });
  const takesTime = !isAsked || rules.pendingBlocks;
  const hostIds = takesTime
    ? await takeHosts(tctx, id, candidates, timeOf(start, duration, rules))
    : candidates.flatMap(([first]) => first ?? []);
  if (!hostIds || hostIds.length === 0) throw new Problem("scheduling.slot_taken");
  const { locationType, locationDetails } = rules;
  const status = isAsked ? "pending" : "confirmed";
  const one = { id, eventTypeId: type.id, organizerId: type.organizerId, status, startTime, endTime } as const;
  await repo.insert(
    tctx.db,
    { ...one, seats: type.maxAttendees, hostIds: [...new Set(hostIds)], locationType, locationDetails },
    tctx.now(),
  );
  await audit.record(
    tctx,
    "booking.made",
    { kind: "booking", id },
    { new: { status, startTime, endTime, hostIds, eventTypeId: type.id } },
  );
  if (!isAsked) await remindOf(tctx, id, startTime);
  const made = await repo.find(tctx.db, id);
  if (!made) throw new Error("A booking that was made is not there.");
  return made;
}

function isFree(question: SlotsQuestion, byHost: HostBooks | undefined): boolean {
  const { from: start, now } = question;
  if (!byHost?.anyTime) return findSlots(question).starts[0] === start;
  return start > now && freeHosts(question, start).every((group) => group.length > 0);
}

/** Gives a party its seats at a booking; a guest comes along without any. */
export async function seat(
  tctx: TxCtx,
  row: repo.BookingRow,
  party: Omit<AttendeeAdd, "customAnswers"> & Answered,
  guestOf: string | null = null,
): Promise<string> {
  const people = await knowPeople(tctx, [{ email: party.email, name: party.name }]);
  const person = people.get(party.email);
  if (!person) throw new Error("Somebody who was named is not known.");
  const id = randomUUIDv7();
  const side = row.locationType === "video_call" ? "virtual" : "in_person";
  const { name, timeZone, phone, notes, seats } = party;
  const status = row.status === "pending" ? "pending" : "confirmed";
  const about = { registrationId: id, gatheringId: row.id, personId: person.id };
  const invitee = { ...about, name, side, status, locale: tctx.locale, timeZone } as const;
  await sit(tctx, row.seats, { gatheringId: row.id, takes: { invitee, seats }, by: "attendee" });
  await repo.insertAttendee(tctx.db, { id, bookingId: row.id, phone, notes, seats, guestOf });
  await keepAnswers(tctx, [{ registrationId: id, good: party.good }]);
  return id;
}
