import { randomUUIDv7 } from "node:crypto";

import type { AttendeeAdd, BookingCreate } from "#contract/scheduling-bookings.ts";
import { atAnyTime } from "#domain/availability/any-time.ts";
import { findSlots, freeHosts, type SlotsQuestion } from "#domain/availability/slots.ts";
import * as audit from "#server/modules/audit/service.ts";
import { book, freshSettings, timesOf } from "#server/modules/gatherings/service.ts";
import { knowPeople } from "#server/modules/identity/service/people.ts";
import { type GoodAnswers, keepAnswers } from "#server/modules/questions/service/answers.ts";
import { sit } from "#server/modules/registrations/service/booked.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import type * as types from "#server/modules/scheduling/repo/event-types.ts";
import { candidatesFor, takeHosts, timeOf } from "#server/modules/scheduling/service/choosing.ts";
import { readHosts } from "#server/modules/scheduling/service/hosts.ts";
import { remindOf } from "#server/modules/scheduling/service/reminding.ts";
import { type Asking, questionOf, spanOf } from "#server/modules/scheduling/service/slots.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

const minuteMs = 60_000;

/** A host who books for somebody needs nobody's yes, and may do so outside of what is offered. */
export interface HostBooks {
  anyTime: boolean;
}

/** The booking of a slot: the session that is there already, or a new one with hosts of its own. */
export async function takeSlot(
  tctx: TxCtx,
  type: types.EventTypeRow,
  asking: Asking,
  byHost?: HostBooks,
): Promise<repo.BookingRow> {
  const { from: start, duration } = asking;
  const hosts = await readHosts(tctx, type, spanOf(type, asking, tctx.now().getTime()));
  const asked = questionOf(tctx, type, hosts, asking);
  const own = type.hosts.map(({ userId }) => userId);
  const question = byHost?.anyTime ? atAnyTime(asked, own) : asked;
  if (!isFree(question, byHost)) throw new Problem("scheduling.slot_taken");
  return occupy(tctx, type, { question, start, duration, byHost });
}

function isFree(question: SlotsQuestion, byHost: HostBooks | undefined): boolean {
  const { from: start, now } = question;
  if (!byHost?.anyTime) return findSlots(question).starts[0] === start;
  return start > now && freeHosts(question, start).every((group) => group.length > 0);
}

interface Occupying {
  question: SlotsQuestion;
  start: number;
  duration: number;
  byHost?: HostBooks | undefined;
  /** Who is asked first. */
  hostIds?: readonly string[];
}

/** Takes a time that the engine offers, unless somebody of another event type is faster with its hosts. */
export async function occupy(
  tctx: TxCtx,
  type: types.EventTypeRow,
  { question, start, duration, byHost, hostIds: wanted = [] }: Occupying,
): Promise<repo.BookingRow> {
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
  const candidates = await candidatesFor(tctx, type, question, { start, hostIds: wanted });
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

/** Somebody who comes, with what they answered to the questions of the event type. */
export type NewParty = Omit<AttendeeAdd, "customAnswers"> & { good?: GoodAnswers | undefined };

/** Gives a party its seats at a booking, or a place in the queue for them; a guest comes along without any. */
export async function seat(
  tctx: TxCtx,
  row: repo.BookingRow,
  party: NewParty,
  { guestOf = null, series, waits = false }: { guestOf?: string | null; series?: repo.InSeries; waits?: boolean } = {},
): Promise<string> {
  const people = await knowPeople(tctx, [{ email: party.email, name: party.name }]);
  const person = people.get(party.email);
  if (!person) throw new Error("Somebody who was named is not known.");
  const id = randomUUIDv7();
  const side = row.locationType === "video_call" ? "virtual" : "in_person";
  const { name, timeZone, phone, notes, seats } = party;
  const status = waits ? "waitlisted" : row.status === "pending" ? "pending" : "confirmed";
  const entryId = waits ? randomUUIDv7() : null;
  const about = { registrationId: id, gatheringId: row.id, personId: person.id };
  const invitee = { ...about, entryId, name, side, status, locale: tctx.locale, timeZone } as const;
  await sit(tctx, row.seats, { gatheringId: row.id, takes: { invitee, seats }, by: "attendee" });
  await repo.insertAttendee(tctx.db, { id, bookingId: row.id, phone, notes, seats, guestOf }, series);
  await keepAnswers(tctx, [{ registrationId: id, good: party.good }]);
  return id;
}

/** What guests are of a series: each has one of their own, by their addresses. */
export type GuestSeries = ReadonlyMap<string, repo.InSeries>;

/** Whom an invitee brings: each address once, and not their own. */
export const guestsOf = ({ guests, inviteeEmail }: BookingCreate): string[] =>
  [...new Set(guests)].filter((email) => email !== inviteeEmail);

/** Lets guests come along with whoever brings them. */
export async function bringGuests(
  tctx: TxCtx,
  {
    row,
    attendeeId,
    input,
    series,
  }: { row: repo.BookingRow; attendeeId: string; input: BookingCreate; series?: GuestSeries },
): Promise<string[]> {
  const ids: string[] = [];
  for (const email of guestsOf(input)) {
    const [name = email] = email.split("@");
    const party = { name, email, phone: "", timeZone: input.inviteeTimezone, seats: 0, notes: "" };
    const own = series?.get(email);
    ids.push(await seat(tctx, row, party, { guestOf: attendeeId, ...(own && { series: own }) }));
  }
  return ids;
}
