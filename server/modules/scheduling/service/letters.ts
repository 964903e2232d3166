import { readAnswers } from "#server/modules/questions/service/answers.ts";
import { bookingLetter, type Kind } from "#server/modules/scheduling/emails/booking.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import {
  hasOnlyWaited,
  isLiving,
  isWaiting,
  manageUrl,
  partiesOf,
  roomUrl,
} from "#server/modules/scheduling/service/booking-views.ts";
import { calendarOf, membersOf } from "#server/modules/scheduling/service/managing.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { post } from "#server/platform/letters.ts";

interface Telling {
  kind: Kind;
  /** Which parties hear of it. */
  of: (party: repo.AttendeeRow) => boolean;
  /** Keeps it apart from the same letter at another time. */
  key: string;
  before?: repo.BookingRow | undefined;
  /** All that it is about, where that is not one booking alone. */
  rows?: readonly repo.BookingRow[];
  /** Hosts hear of it once for each party, or not at all. */
  tellsHosts: boolean;
  /** Only they do. */
  isForHosts?: boolean;
}

/** What changes nobody's calendar. */
const hasCalendar = (kind: Kind) => kind !== "reminder" && kind !== "answers_changed";

/** Tells the parties of a booking, and its hosts, each in their own zone and with their own link; once per key. */
async function tell(ctx: Ctx, row: repo.BookingRow, telling: Telling): Promise<void> {
  const { kind, key, before, rows } = telling;
  const { publicUrl } = ctx.settings;
  const shared = { kind, row, publicUrl, roomUrl: roomUrl(ctx, row), before, rows };
  const parties = row.attendees.filter(telling.of);
  const own = parties.filter(({ guestOf }) => guestOf === null);
  for (const party of telling.isForHosts ? [] : parties) {
    // A guest hears of it once it is certain.
    if (party.email === "" || (party.guestOf !== null && (kind === "asked" || kind === "declined"))) continue;
    const calendar = hasCalendar(kind) ? await calendarOf(ctx, row, party) : undefined;
    const letter = bookingLetter({ ...shared, party, link: manageUrl(ctx, party), calendar });
    await inTx(ctx, (tctx) => post(tctx, letter, { key: `booking/${kind}/${party.id}/${key}`, lane: "normal" }));
  }
  if (!telling.tellsHosts) return;
  const calendar = hasCalendar(kind) ? await calendarOf(ctx, row) : undefined;
  const said = await readAnswers(
    ctx,
    parties.map(({ id }) => id),
    { withSensitive: false },
  );
  const isPerParty = perParty.has(kind);
  for (const host of row.hosts) {
    // Where nobody was left, only those who had waited are told; hosts hear of who came last.
    const known = kind === "cancelled" && parties.length === 0 ? partiesOf(row).slice(-1) : parties;
    const heard = own.length > 0 ? own : known;
    for (const party of isPerParty ? heard : heard.slice(0, 1)) {
      if (host.email === "") continue;
      const link = `${publicUrl}/bookings/${row.id}`;
      const letter = bookingLetter({ ...shared, party, host, link, calendar, answers: said.get(party.id) });
      const to = `booking/${kind}/host/${host.userId}/${party.id}/${key}`;
      await inTx(ctx, (tctx) => post(tctx, letter, { key: to, lane: "normal" }));
    }
  }
}

const perParty: ReadonlySet<Kind> = new Set(["booked", "asked", "party_cancelled", "answers_changed"]);

const isOf = (attendeeId: string) => (party: repo.AttendeeRow) => party.id === attendeeId;

/** A party has booked, or asks for a yes; how it stands by now decides what is said. */
export async function tellBooked(ctx: Ctx, bookingId: string, attendeeId: string): Promise<void> {
  const row = await repo.find(ctx.db, bookingId);
  if (!row?.attendees.some((party) => party.id === attendeeId && isLiving(party))) return;
  const kind = row.status === "pending" ? "asked" : "booked";
  const of = (party: repo.AttendeeRow) => isLiving(party) && (party.id === attendeeId || party.guestOf === attendeeId);
  await tell(ctx, row, { kind, of, key: "0", tellsHosts: true });
}

/** The host has said yes: what was asked for is booked. */
export async function tellApproved(ctx: Ctx, bookingId: string): Promise<void> {
  const row = await repo.find(ctx.db, bookingId);
  if (row?.status === "confirmed") await tell(ctx, row, { kind: "booked", of: isLiving, key: "yes", tellsHosts: true });
}

export async function tellDeclined(ctx: Ctx, bookingId: string): Promise<void> {
  const row = await repo.find(ctx.db, bookingId);
  const of = ({ status }: repo.AttendeeRow) => status === "declined";
  if (row?.status === "rejected") await tell(ctx, row, { kind: "declined", of, key: "0", tellsHosts: false });
}

/** It was moved; when it was moved on since, only the last of these says so. */
export async function tellMoved(ctx: Ctx, bookingId: string, tombstoneId: string): Promise<void> {
  const row = await repo.find(ctx.db, bookingId);
  if (row?.rescheduledFrom !== tombstoneId) return;
  const before = await repo.find(ctx.db, tombstoneId);
  await tell(ctx, row, { kind: "moved", of: isLiving, key: tombstoneId, before, tellsHosts: true });
  for (const { id } of row.attendees.filter(isWaiting)) await tellWaiting(ctx, row, id, tombstoneId);
}

export async function tellCancelled(ctx: Ctx, bookingId: string, attendeeIds: readonly string[]): Promise<void> {
  const row = await repo.find(ctx.db, bookingId);
  const of = ({ id }: repo.AttendeeRow) => attendeeIds.includes(id);
  if (row?.status !== "cancelled") return;
  const came = (party: repo.AttendeeRow) => of(party) && !hasOnlyWaited(party);
  await tell(ctx, row, { kind: "cancelled", of: came, key: "0", tellsHosts: true });
  for (const { id } of row.attendees.filter((party) => of(party) && hasOnlyWaited(party)))
    await tellWaiting(ctx, row, id);
}

export async function tellPartyCancelled(ctx: Ctx, bookingId: string, attendeeId: string): Promise<void> {
  const row = await repo.find(ctx.db, bookingId);
  if (row) await tell(ctx, row, { kind: "party_cancelled", of: isOf(attendeeId), key: "0", tellsHosts: true });
}

/** What somebody answered is another by now; each change is told once. */
export async function tellAnswersChanged(
  ctx: Ctx,
  { attendeeIds, change }: { attendeeIds: string[]; change: string },
): Promise<void> {
  const members = await membersOf(ctx, attendeeIds);
  const [first] = members;
  if (!first) return;
  const telling = { of: isOf(first.party.id), key: change, tellsHosts: true, isForHosts: true };
  await tell(ctx, first.row, { kind: "answers_changed", ...telling, rows: members.map(({ row }) => row) });
}

const standings = {
  waitlisted: "waitlisted",
  offered: "offered",
  lapsed: "lapsed",
  cancelled: "waitlist_left",
} as const satisfies Partial<Record<repo.AttendeeRow["status"], Kind>>;

/** Tells a party how it stands with its wish for seats; once for each standing, and each offer. */
async function tellWaiting(ctx: Ctx, row: repo.BookingRow, attendeeId: string, why = "0"): Promise<void> {
  const party = row.attendees.find(isOf(attendeeId));
  if (!party || !hasOnlyWaited(party) || !(party.status in standings)) return;
  const kind = standings[party.status as keyof typeof standings];
  await tell(ctx, row, { kind, of: isOf(attendeeId), key: `${party.offerEndsAt ?? ""}${why}`, tellsHosts: false });
}

/** The same, by the queue or by the party that it is about. */
export async function tellOfWaiting(
  ctx: Ctx,
  bookingId: string,
  which: { entryId: string } | { attendeeId: string },
): Promise<void> {
  const row = await repo.find(ctx.db, bookingId);
  const party = row?.attendees.find((one) =>
    "entryId" in which ? one.entryId === which.entryId : one.id === which.attendeeId,
  );
  if (row && party) await tellWaiting(ctx, row, party.id);
}

/** Reminds everybody of what is near, unless it is at another time by now, or a worker comes back too late to say so. */
export async function remind(
  ctx: Ctx,
  { bookingId, minutesBefore, startTime }: { bookingId: string; minutesBefore: number; startTime: string },
): Promise<void> {
  const row = await repo.find(ctx.db, bookingId);
  if (row?.status !== "confirmed" || row.startTime.toISOString() !== startTime || row.startTime <= ctx.now()) return;
  await tell(ctx, row, { kind: "reminder", of: isLiving, key: `${startTime}/${minutesBefore}`, tellsHosts: true });
}
