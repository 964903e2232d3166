import type { WordedAnswer } from "#contract/questions.ts";
import { formatInstant, formatRange } from "#domain/time/format.ts";
import { toWall } from "#domain/time/wall.ts";
import { answerText } from "#server/modules/questions/service/answers.ts";
import type { AttendeeRow, BookingRow, HostRow } from "#server/modules/scheduling/repo/bookings.ts";
import { type Block, frame } from "#server/platform/letter-frame.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say, timeWords } from "#server/platform/words.ts";

export type Kind =
  | "booked"
  | "asked"
  | "declined"
  | "moved"
  | "cancelled"
  | "party_cancelled"
  | "reminder"
  | "answers_changed"
  | (typeof waiting)[number];

/** What those are told who wait for a seat. */
const waiting = ["waitlisted", "offered", "lapsed", "waitlist_left"] as const;

/** All that a letter about a booking is made of. */
export interface About {
  kind: Kind;
  row: BookingRow;
  /** The party that it is about. */
  party: AttendeeRow;
  /** One of the hosts reads it; left out, the party does. */
  host?: HostRow;
  publicUrl: string;
  /** The reader's own page of the booking. */
  link: string;
  roomUrl: string | null;
  calendar?: string | undefined;
  /** What the party answered, for hosts. */
  answers?: readonly WordedAnswer[] | undefined;
  /** Its time before, when it was moved. */
  before?: { startTime: Date; endTime: Date } | undefined;
  /** All that it is about, where that is not one booking alone. */
  rows?: readonly BookingRow[] | undefined;
}

export const readerOf = ({ host, party }: About) => host ?? party;

export function sayOf(about: About, key: string, args: Record<string, unknown> = {}): string {
  const { row, party } = about;
  const invitee = row.attendees.find(({ id }) => id === party.guestOf) ?? party;
  const names = {
    title: unlinked(row.typeName),
    name: unlinked(party.name),
    invitee: unlinked(about.host ? party.name : invitee.name),
  };
  const host = hostsOf(about);
  return say(readerOf(about).locale, `booking-letters.${key}`, {
    ...names,
    host,
    hosts: row.hosts.length,
    seats: party.seats,
    ...args,
  });
}

/** Everybody who hosts it, as the reader's language lists people. */
export const hostsOf = (about: About): string =>
  new Intl.ListFormat(readerOf(about).locale).format(about.row.hosts.map(({ name }) => unlinked(name)));

/** Lays out a letter about a booking, for the party or for one of the hosts, in the zone and words of who reads it. */
export function bookingLetter(about: About): Letter {
  const { kind, host, row, party, calendar, publicUrl } = about;
  const reader = readerOf(about);
  const under = `${host ? "host" : party.guestOf === null ? "invitee" : "guest"}.${kind}`;
  const reason = party.cancellationReason || row.cancellationReason;
  const isEnd = ends.has(kind);
  const blocks: Block[] = [
    sayOf(about, `${under}.text`),
    ...(isEnd && reason ? [{ quiet: sayOf(about, "words") }, { quote: reason }] : []),
    { facts: factsOf(about) },
    { action: actionOf(about) },
    ...(kind === "booked" && !host && party.guestOf === null ? [{ quiet: sayOf(about, "invitee.booked.after") }] : []),
    ...(about.roomUrl && host && !isEnd
      ? [{ links: [{ label: sayOf(about, "links.room"), url: about.roomUrl }] }]
      : []),
  ];
  const heading = sayOf(about, `${under}.heading`);
  const footnote = sayOf(about, "why", { site: publicUrl });
  return {
    kind: `booking_${kind}`,
    to: { address: reader.email, name: reader.name },
    subject: sayOf(about, `${under}.subject`),
    ...frame({ locale: reader.locale, publicUrl, heading, blocks, footnote }),
    attachments: calendar === undefined ? [] : [asFile(calendar)],
  };
}

const ends: ReadonlySet<Kind> = new Set(["cancelled", "party_cancelled", "declined", "waitlist_left"]);

function actionOf(about: About): { label: string; url: string } {
  const { host, kind, row, link: url, publicUrl } = about;
  if (host) return { label: sayOf(about, "links.booking"), url };
  if (kind === "offered") return { label: sayOf(about, "links.offer"), url };
  if (kind === "waitlisted") return { label: sayOf(about, "links.waitlist"), url };
  if (kind === "lapsed" || kind === "waitlist_left")
    return { label: sayOf(about, "links.again"), url: `${publicUrl}/${row.organizerSlug}/${row.typeSlug}` };
  return { label: sayOf(about, "links.manage"), url };
}

/** Where a party stands in the queue, or until when seats are kept for it. */
function queueOf(about: About): (readonly [string, string])[] {
  const { kind, party } = about;
  const { timeZone, locale } = readerOf(about);
  if (kind === "waitlisted" && party.position !== null)
    return [[sayOf(about, "facts.position"), String(party.position)]];
  if (kind !== "offered" || party.offerEndsAt === null) return [];
  return [
    [sayOf(about, "facts.until"), formatInstant(new Date(party.offerEndsAt), timeZone, locale, timeWords(locale))],
  ];
}

function factsOf(about: About): (readonly [string, string])[] {
  const { row, party, host, before, rows = [] } = about;
  const { timeZone, locale } = readerOf(about);
  const label = (key: string) => sayOf(about, `facts.${key}`);
  const range = ({ startTime, endTime }: { startTime: Date; endTime: Date }) =>
    formatRange(startTime, endTime, timeZone, locale, timeWords(locale));
  const guests = row.attendees
    .filter(({ guestOf }) => guestOf === party.id)
    .map(({ email }) => email)
    .join(", ");
  const own: (readonly [string, string])[] = host
    ? [
        [label("who"), unlinked(party.name)],
        [label("email"), party.email],
        ...(party.phone ? [[label("phone"), party.phone] as const] : []),
        ...(guests ? [[label("guests"), guests] as const] : []),
        ...answersOf(about),
        ...(party.notes ? [[label("notes"), party.notes] as const] : []),
      ]
    : [[label("with"), hostsOf(about)]];
  return [
    [label("what"), unlinked(row.typeName)],
    rows.length > 1 ? datesOf(about, rows) : [label("when"), range(row)],
    ...otherClocksOf(about),
    ...(before ? [[label("before"), range(before)] as const] : []),
    // Where it is, those learn who have a seat.
    ...(waiting.some((kind) => kind === about.kind) ? [] : [[label("where"), whereOf(about)] as const]),
    ...own,
    ...(row.seats > 1 ? [[label("seats"), String(party.seats)] as const] : []),
    ...queueOf(about),
  ];
}

const mostDates = 60;

/** The times of several bookings, as far as a letter can list them. */
export function datesOf(about: About, rows: readonly BookingRow[]): readonly [string, string] {
  const { timeZone, locale } = readerOf(about);
  const words = timeWords(locale);
  const dates = rows.map(({ startTime, endTime }) => formatRange(startTime, endTime, timeZone, locale, words));
  const hidden = dates.length - mostDates;
  const shown = hidden > 0 ? [...dates.slice(0, mostDates), sayOf(about, "facts.more", { n: hidden })] : dates;
  return [sayOf(about, "facts.dates", { n: rows.length }), shown.join("\n")];
}

/** What is sensitive is for the page of the booking alone, and so is what becomes of them later. */
const answersOf = (about: About): (readonly [string, string])[] => {
  const { kind, answers = [] } = about;
  if (kind !== "booked" && kind !== "asked" && kind !== "answers_changed") return [];
  const plain = answers.filter(({ isSensitive }) => !isSensitive);
  return plain.map((one) => [one.questionText, answerText(readerOf(about).locale, plain, one.questionId)]);
};

/** The same time on the clocks of whom the reader meets, where those show another. */
export function otherClocksOf(about: About): (readonly [string, string])[] {
  const { row, party, host } = about;
  const { timeZone, locale } = readerOf(about);
  const [first] = row.hosts;
  const other = host ? party.timeZone : (first?.timeZone ?? row.timeZone);
  if (toWall(row.startTime, other) === toWall(row.startTime, timeZone)) return [];
  const range = formatRange(row.startTime, row.endTime, other, locale, timeWords(locale));
  const label = host ? "facts.theirClocks" : "facts.hostClocks";
  return [[sayOf(about, label, first && { host: unlinked(first.name) }), range]];
}

export function whereOf(about: About): string {
  const { row, party, host, roomUrl } = about;
  const { locationType, locationDetails, rules } = row;
  if (locationType === "video_call")
    return host && roomUrl ? sayOf(about, "facts.onlineHost", { link: roomUrl }) : sayOf(about, "facts.online");
  if (locationType !== "phone_call") return locationDetails;
  const isHosts = rules.phoneCaller === "host";
  if (host) return sayOf(about, isHosts ? "facts.calledHost" : "facts.callsYou", { phone: party.phone });
  return isHosts
    ? sayOf(about, "facts.hostCalls", { phone: party.phone })
    : sayOf(about, "facts.inviteeCalls", { details: locationDetails });
}

/** The calendar file that goes along. */
export const asFile = (calendar: string) => ({
  name: "booking.ics",
  // Mailboxes believe this rather than the file.
  mediaType: `text/calendar; charset=utf-8; method=${/^METHOD:(\w+)/m.exec(calendar)?.[1] ?? "PUBLISH"}`,
  base64: Buffer.from(calendar).toString("base64"),
});
