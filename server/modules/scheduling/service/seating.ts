import { randomUUIDv7 } from "node:crypto";

import type { AttendeeAdd, BookingCreate } from "#contract/scheduling-bookings.ts";
import { atAnyTime } from "#domain/availability/any-time.ts";
import { findSlots, freeHosts, type SlotsQuestion } from "#domain/availability/slots.ts";
import * as audit from "#server/modules/audit/service.ts";
import { book } from "#server/modules/gatherings/service/bookings.ts";
import { freshSettings, timesOf } from "#server/modules/gatherings/service/planning.ts";
import { knowPeople } from "#server/modules/identity/service/people.ts";
import { type GoodAnswers, keepAnswers } from "#server/modules/questions/service/answers.ts";
import { takeSeats } from "#server/modules/registrations/service/booked.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import type * as types from "#server/modules/scheduling/repo/event-types.ts";
import { candidatesFor, firstsOf, sharesOf, takeHosts, timeOf } from "#server/modules/scheduling/service/choosing.ts";
import { readHosts } from "#server/modules/scheduling/service/hosts.ts";
import { remindOfAll } from "#server/modules/scheduling/service/reminding.ts";
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
): Promise<Occupied> {
  const { from: start, duration } = asking;
  const hosts = await readHosts(tctx, type, spanOf(type, asking, tctx.now().getTime()));
  const asked = questionOf(tctx, type, hosts, asking);
  const own = type.hosts.map(({ userId }) => userId);
  const question = byHost?.anyTime ? atAnyTime(asked, own) : asked;
  if (!isFree(question, byHost)) throw new Problem("scheduling.slot_taken");
  const [row] = await occupy(tctx, type, [start], { questionAt: () => question, duration, byHost });
  if (!row) throw new Problem("scheduling.slot_taken");
  return row;
}

function isFree(question: SlotsQuestion, byHost: HostBooks | undefined): boolean {
  const { from: start, now } = question;
  if (!byHost?.anyTime) return findSlots(question).starts[0] === start;
  return start > now && freeHosts(question, start).every((group) => group.length > 0);
}

interface Occupying {
  /** What the engine is asked about a time. */
  questionAt: (start: number) => SlotsQuestion;
  duration: number;
  byHost?: HostBooks | undefined;
}

/** A booking as far as those need it who come to it. */
export type Occupied = Pick<repo.NewBooking, "id" | "status" | "seats" | "hostIds" | "locationType">;

/**
 * Takes times that the engine offers, for the same hosts as far as they can; nothing for those for which somebody of
 * another event type was faster with its hosts.
 */
export async function occupy(
  tctx: TxCtx,
  type: types.EventTypeRow,
  starts: readonly number[],
  { questionAt, duration, byHost }: Occupying,
): Promise<(Occupied | undefined)[]> {
  const { rules, maxAttendees, id: eventTypeId, organizerId, timeZone } = type;
  const times = starts.map((start) => ({
    startTime: new Date(start),
    endTime: new Date(start + duration * minuteMs),
  }));
  const sessions = maxAttendees > 1 ? await repo.listSessions(tctx.db, eventTypeId, times) : new Map();
  const fresh = times.filter(({ startTime }) => !sessions.has(startTime.getTime()));
  const ones = fresh.map((time) => ({ id: randomUUIDv7(), ...time }));
  const isAsked = rules.needsApproval && !byHost;
  const format = rules.locationType === "video_call" ? "virtual" : "in_person";
  const shared = {
    sourceId: eventTypeId,
    organizerId,
    title: type.name,
    format,
    timeZone,
    isPlanned: isAsked,
  } as const;
  const gatherings = ones.map(({ id, startTime, endTime }) => ({ id, ...timesOf(startTime, endTime, timeZone) }));
  if (ones.length > 0) await book(tctx, { ...shared, settings: freshSettings(format) }, gatherings);
  const wanted = sessions.get(starts[0] ?? 0)?.hostIds ?? [];
  const hosts = await chooseHosts(tctx, type, ones, {
    questionAt,
    duration,
    wanted,
    takesTime: !isAsked || rules.pendingBlocks,
  });
  const { locationType, locationDetails } = rules;
  const status = isAsked ? "pending" : "confirmed";
  const said = { eventTypeId, organizerId, status, seats: maxAttendees, locationType, locationDetails } as const;
  const made = ones.flatMap((one, n) => (hosts[n]?.length ? [{ ...one, ...said, hostIds: hosts[n] }] : []));
  await write(tctx, made, byHost ? "organizer" : "invitee");
  const byStart = new Map<number, Occupied>(made.map((one) => [one.startTime.getTime(), one]));
  return starts.map((start) => sessions.get(start) ?? byStart.get(start));
}

async function write(tctx: TxCtx, made: readonly repo.NewBooking[], by: "organizer" | "invitee"): Promise<void> {
  if (made.length === 0) return;
  await repo.insertAll(tctx.db, made, tctx.now());
  const deeds = made.map(({ id, status, startTime, endTime, hostIds, eventTypeId }) => ({
    by: tctx,
    action: "booking.made" as const,
    subject: { kind: "booking" as const, id },
    change: { new: { status, startTime, endTime, hostIds, eventTypeId, by } },
  }));
  await audit.recordAll(tctx, deeds);
  await remindOfAll(
    tctx,
    made.filter(({ status }) => status === "confirmed"),
  );
}

/** The hosts of each of several bookings; nobody where they are not to be had. Those of the first are asked first again. */
async function chooseHosts(
  tctx: TxCtx,
  type: types.EventTypeRow,
  ones: readonly { id: string; startTime: Date }[],
  { questionAt, duration, wanted, takesTime }: Occupying & { wanted: readonly string[]; takesTime: boolean },
): Promise<(readonly string[] | undefined)[]> {
  const shares = new Map(await sharesOf(tctx, type));
  const choose = (some: typeof ones, hostIds: readonly string[]) => {
    const all = some.map(({ id, startTime }) => {
      const start = startTime.getTime();
      const candidates = candidatesFor(type, shares, questionAt(start), { start, hostIds });
      for (const userId of firstsOf(candidates))
        shares.set(userId, { userId, booked: (shares.get(userId)?.booked ?? 0) + 1, lastBookedAt: tctx.now() });
      return { gatheringId: id, candidates, time: timeOf(start, duration, type.rules) };
    });
    return takesTime ? takeHosts(tctx, all) : all.map(({ candidates }) => firstsOf(candidates));
  };
  if (wanted.length > 0) return choose(ones, wanted);
  const [first] = await choose(ones.slice(0, 1), []);
  return [first, ...(await choose(ones.slice(1), first ?? []))].slice(0, ones.length);
}

/** Somebody who comes, with what they answered to the questions of the event type. */
export type NewParty = Omit<AttendeeAdd, "customAnswers"> & { good?: GoodAnswers | undefined };

/** A party at a booking, or in the queue for it; a guest comes along without any seats. */
export interface Seating {
  id: string;
  row: Occupied;
  party: NewParty;
  guestOf: string | null;
  series?: repo.InSeries | undefined;
  waits?: boolean;
}

/** Gives parties their seats at bookings, or places in the queue for them, those of one booking in the order in which they are named. */
export async function seatAll(tctx: TxCtx, all: readonly Seating[]): Promise<void> {
  const people = await knowPeople(tctx, [...new Map(all.map(({ party }) => [party.email, party])).values()]);
  const sittings = all.map(({ id, row, party, waits = false }) => {
    const person = people.get(party.email);
    if (!person) throw new Error("Somebody who was named is not known.");
    const about = { registrationId: id, gatheringId: row.id, personId: person.id, locale: tctx.locale } as const;
    const invitee = {
      ...about,
      name: party.name,
      timeZone: party.timeZone,
      side: row.locationType === "video_call" ? "virtual" : "in_person",
      status: waits ? "waitlisted" : row.status === "pending" ? "pending" : "confirmed",
      entryId: waits ? randomUUIDv7() : null,
    } as const;
    return { gatheringId: row.id, capacity: row.seats, takes: { invitee, seats: party.seats } };
  });
  await takeSeats(tctx, sittings);
  const attendees = all.map(({ id, row, party: { phone, notes, seats }, guestOf, series }) => ({
    ...{ id, bookingId: row.id, phone, notes, seats },
    ...{ guestOf, series },
  }));
  await repo.insertAttendees(tctx.db, attendees);
  await keepAnswers(
    tctx,
    all.map(({ id, party }) => ({ registrationId: id, good: party.good })),
  );
}

/** Gives one party its seats at a booking, or a place in the queue for them. */
export async function seat(
  tctx: TxCtx,
  row: Occupied,
  party: NewParty,
  { waits = false }: Pick<Seating, "waits"> = {},
): Promise<string> {
  const id = randomUUIDv7();
  await seatAll(tctx, [{ id, row, party, guestOf: null, waits }]);
  return id;
}

/** Whom an invitee brings: each address once, and not their own. */
export const guestsOf = ({ guests, inviteeEmail }: BookingCreate): string[] =>
  [...new Set(guests)].filter((email) => email !== inviteeEmail);

/** A party and the guests whom it brings along, itself first; each may be part of a series of its own. */
export function partiesAt(
  row: Occupied,
  party: NewParty,
  guests: readonly string[],
  seriesOf: (email: string) => repo.InSeries | undefined = () => undefined,
): [Seating, ...Seating[]] {
  // Those of one millisecond are in no order of their own.
  const [id = "", ...ids] = [party.email, ...guests].map(() => randomUUIDv7()).sort();
  const { email, timeZone } = party;
  const brought = guests.map((address, n) => {
    const [name = address] = address.split("@");
    const guest = { name, email: address, phone: "", timeZone, seats: 0, notes: "" };
    return { id: ids[n] ?? "", row, party: guest, guestOf: id, series: seriesOf(address) };
  });
  return [{ id, row, party, guestOf: null, series: seriesOf(email) }, ...brought];
}
