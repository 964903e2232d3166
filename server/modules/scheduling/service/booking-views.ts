import type { WordedAnswer } from "#contract/questions.ts";
import type { Booking, BookingAttendee, OwnBooking } from "#contract/scheduling-bookings.ts";
import { byQuestion, readAnswers } from "#server/modules/questions/service/answers.ts";
import type * as repo from "#server/modules/scheduling/repo/bookings.ts";
import { redirectOf } from "#server/modules/scheduling/service/redirects.ts";
import { withPicture } from "#server/modules/scheduling/service/teams.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { linkToken } from "#server/platform/links.ts";

const minuteMs = 60_000;
/** How long after its end a booking can still be looked at by its link. */
const linkMs = 30 * 86_400_000;

type Row = repo.BookingRow;
type Party = repo.AttendeeRow;

type Linked = Pick<Party, "id" | "linkVersion">;

/** The token that opens a party's page. */
export const tokenOf = ({ settings }: Pick<Ctx, "settings">, { id, linkVersion }: Linked): string =>
  linkToken(settings.secrets.links, { kind: "booking", id, version: linkVersion });

export const manageUrl = (ctx: Pick<Ctx, "settings">, party: Linked): string =>
  `${ctx.settings.publicUrl}/booking/${tokenOf(ctx, party)}/manage`;

/** Until when a party's page can be looked at: for some time after its end, or after that of the last of its series. */
export const linkEnds = ({ endTime }: Row, { seriesEndsAt }: Party): Date =>
  new Date(Math.max(endTime.getTime(), seriesEndsAt === null ? 0 : Date.parse(seriesEndsAt)) + linkMs);

/** The address of the room, for a video call that takes place. */
export const roomUrl = (ctx: Pick<Ctx, "settings">, { id, locationType, status }: Row): string | null =>
  locationType === "video_call" && status === "confirmed" ? `${ctx.settings.publicUrl}/live/${id}` : null;

export const isLiving = ({ status }: Party): boolean => status === "pending" || status === "confirmed";

/** Whether a party waits for seats, or has to say whether it takes those that are kept for it. */
export const isWaiting = ({ status }: Party): boolean => status === "waitlisted" || status === "offered";

/** Whether a party only ever waited: its team finds it on the waitlist, not among those who come. */
export const hasOnlyWaited = ({ entryId, confirmedAt }: Party): boolean => entryId !== null && confirmedAt === null;

/** Those who come to a booking, or were to. */
export const partiesOf = ({ attendees }: Pick<Row, "attendees">): Party[] =>
  attendees.filter((party) => !hasOnlyWaited(party));

/** Until when an invitee may cancel or move. */
export const changesUntil = ({ startTime, rules }: Row): Date =>
  new Date(startTime.getTime() - rules.changeNoticeMinutes * minuteMs);

function commonOf(ctx: Pick<Ctx, "settings">, row: Row) {
  return {
    id: row.id,
    organizerId: row.organizerId,
    eventType: {
      id: row.eventTypeId,
      name: row.typeName,
      eventTypeSlug: row.typeSlug,
      organizerSlug: row.organizerSlug,
      organizerName: row.organizerName,
      hue: row.hue,
    },
    status: row.status,
    startTime: row.startTime.toISOString(),
    endTime: row.endTime.toISOString(),
    timeZone: row.timeZone,
    hosts: row.hosts.map(({ userId, name, pictureId }) => withPicture({ userId, name, pictureId })),
    maxAttendees: row.seats,
    locationType: row.locationType,
    locationDetails: row.locationDetails,
    phoneCaller: row.rules.phoneCaller,
    meetingLink: roomUrl(ctx, row),
    cancelledAt: row.cancelledAt?.toISOString() ?? null,
    cancelledBy: row.cancelledBy,
    cancellationReason: row.cancellationReason,
    rescheduledFrom: row.rescheduledFrom,
    rescheduledAt: row.rescheduledAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const shown: Partial<Record<Party["status"], BookingAttendee["status"]>> = {
  pending: "pending",
  confirmed: "confirmed",
  declined: "declined",
  waitlisted: "waitlisted",
  offered: "offered",
  lapsed: "lapsed",
};

type Said = ReadonlyMap<string, WordedAnswer[]>;

function partyOf(party: Party, said: Said): BookingAttendee {
  const answers = said.get(party.id) ?? [];
  const { id, name, email, phone, timeZone, notes, seats, guestOf, cancellationReason } = party;
  const status = shown[party.status] ?? "cancelled";
  return {
    ...{ id, name, email, phone, timeZone, notes, seats, guestOf, cancellationReason },
    attendance: party.attendance,
    status: status === "confirmed" && party.attendance === "no_show" ? "no_show" : status,
    joinedAt: new Date(party.createdAt).toISOString(),
    cancelledAt: party.cancelledAt === null ? null : new Date(party.cancelledAt).toISOString(),
    customAnswers: byQuestion(answers),
    answers,
  };
}

const recurringOf = (party: Party | undefined) => ({
  recurrenceId: party?.seriesId ?? null,
  isRecurringException: party?.isException ?? false,
  recurrenceSequence: party?.seriesSequence ?? null,
});

/** Who comes, in the words of 001. */
const inviteeOf = (party: Party | undefined, said: Said) => ({
  inviteeName: party?.name ?? "",
  inviteeEmail: party?.email ?? "",
  inviteePhone: party?.phone ?? "",
  inviteeTimezone: party?.timeZone ?? "UTC",
  customAnswers: byQuestion(said.get(party?.id ?? "") ?? []),
});

/** Bookings as their team sees them; sensitive answers only where the reader decides over the booking. */
export async function bookingsOf(ctx: Ctx, rows: readonly Row[], withSensitive: boolean): Promise<Booking[]> {
  const ids = rows.flatMap(({ attendees }) => attendees.map(({ id }) => id));
  const said = await readAnswers(ctx, ids, { withSensitive });
  return rows.map((row) => bookingOf(ctx, row, said));
}

function bookingOf(ctx: Pick<Ctx, "settings">, row: Row, said: Said): Booking {
  const parties = partiesOf(row);
  const first = parties.find((one) => isLiving(one) && one.guestOf === null) ?? parties[0];
  return {
    ...commonOf(ctx, row),
    ...inviteeOf(first, said),
    attendeeCount: row.attendees.filter(isLiving).reduce((all, { seats }) => all + seats, 0),
    attendees: parties.map((party) => partyOf(party, said)),
    waiting: row.attendees.filter(isWaiting).length,
    seatsOffered: row.attendees.reduce((all, { status, seats }) => all + (status === "offered" ? seats : 0), 0),
    movedTo: row.movedTo,
    ...recurringOf(first),
    meetingId: row.locationType === "video_call" ? row.id : null,
    meetingPassword: null,
    externalCalendarEventId: null,
    calendarSyncStatus: "not_required",
    calendarSyncError: null,
    calendarSyncAttempts: 0,
  };
}

/** What is for those who have a seat: not for who waits for one. */
const keptFrom = ({ locationType }: Row) => ({
  meetingLink: null,
  ...(locationType === "phone_call" && { locationDetails: "" }),
});

function waitingOf(ctx: Pick<Ctx, "now">, row: Row, { position, offerEndsAt }: Party) {
  const isOpen = row.status === "confirmed" && row.startTime > ctx.now();
  return {
    position: isOpen ? position : null,
    offerEndsAt: offerEndsAt === null ? null : new Date(offerEndsAt).toISOString(),
    isOpen: isOpen && (offerEndsAt === null || new Date(offerEndsAt) > ctx.now()),
  };
}

/** Bookings as one party of each sees it, who learns of no other. Links are passed on: what is sensitive stays with the hosts. */
export async function ownBookingsOf(
  ctx: Ctx | TxCtx,
  all: readonly { row: Row; party: Party }[],
): Promise<OwnBooking[]> {
  const ids = all.map(({ party }) => party.id);
  const said = await readAnswers(ctx, ids, { withSensitive: false });
  const addresses = new Set(all.map(({ row }) => row.rules.redirectUrlAfterBooking));
  const leads = new Map<string, string>();
  for (const address of addresses) leads.set(address, await redirectOf(ctx, address));
  return all.map(({ row, party }) => ownOf(ctx, row, party, said, leads.get(row.rules.redirectUrlAfterBooking) ?? ""));
}

/** One of them. */
export async function ownBookingOf(ctx: Ctx | TxCtx, row: Row, party: Party): Promise<OwnBooking> {
  const [booking] = await ownBookingsOf(ctx, [{ row, party }]);
  if (!booking) throw new Error("A booking of nobody was asked for.");
  return booking;
}

function ownOf(ctx: Ctx | TxCtx, row: Row, party: Party, said: Said, redirectUrl: string): OwnBooking {
  const isOpen = (row.status === "confirmed" || row.status === "pending") && isLiving(party);
  const isGuest = party.guestOf !== null;
  const leaves = row.status === "confirmed" && isWaiting(party);
  const mayCancel = leaves || (isOpen && (isGuest || ctx.now() < changesUntil(row)));
  const isGroup = row.seats > 1;
  const token = tokenOf(ctx, party);
  return {
    ...commonOf(ctx, row),
    ...(hasOnlyWaited(party) && keptFrom(row)),
    ...recurringOf(party),
    ...inviteeOf(party, said),
    attendeeCount: party.seats,
    attendee: partyOf(party, said),
    waitlist: hasOnlyWaited(party) ? waitingOf(ctx, row, party) : null,
    guests: row.attendees
      .filter(({ guestOf }) => guestOf === party.id)
      .map((guest) => ({ email: guest.email, isComing: isLiving(guest) })),
    broughtBy: row.attendees.find(({ id }) => id === party.guestOf)?.name ?? null,
    isGroup,
    mayCancel,
    mayMove: mayCancel && !isGroup && !isGuest,
    changesUntil: changesUntil(row).toISOString(),
    accessToken: token,
    accessTokenExpiresAt: linkEnds(row, party).toISOString(),
    manageUrl: manageUrl(ctx, party),
    calendarUrl: `${ctx.settings.publicUrl}/api/v1/events/booking/${token}/calendar.ics`,
    redirectUrl,
  };
}
