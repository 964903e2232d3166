import {
  type About,
  asFile,
  datesOf,
  hostsOf,
  otherClocksOf,
  readerOf,
  sayOf,
  whereOf,
} from "#server/modules/scheduling/emails/booking.ts";
import type { BookingRow } from "#server/modules/scheduling/repo/bookings.ts";
import { type Block, frame } from "#server/platform/letter-frame.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";

export type SeriesKind = "booked" | "asked" | "declined" | "moved" | "cancelled";

/** Lays out the one letter about several bookings of a series, for their party or for one of the hosts. */
export function seriesLetter(about: Omit<About, "kind"> & { kind: SeriesKind; rows: readonly BookingRow[] }): Letter {
  const { kind, host, row, party, rows, publicUrl, calendar } = about;
  const reader = readerOf(about);
  const n = rows.length;
  const words = (key: string) => sayOf(about, key, { n });
  const under = `series.${host ? "host" : party.guestOf === null ? "invitee" : "guest"}.${kind}`;
  const reason = party.cancellationReason || row.cancellationReason;
  const isEnd = kind === "cancelled" || kind === "declined";
  const blocks: Block[] = [
    words(`${under}.text`),
    ...(isEnd && reason ? [{ quiet: words("words") }, { quote: reason }] : []),
    { facts: factsOf(about) },
    { action: { label: words(host ? "links.booking" : "links.manage"), url: about.link } },
    ...(kind === "booked" && !host && party.guestOf === null ? [{ quiet: words("invitee.booked.after") }] : []),
  ];
  return {
    kind: `booking_series_${kind}`,
    to: { address: reader.email, name: reader.name },
    subject: words(`${under}.subject`),
    ...frame({
      ...{ locale: reader.locale, publicUrl, blocks },
      heading: words(`${under}.heading`),
      footnote: sayOf(about, "why", { site: publicUrl }),
    }),
    attachments: calendar === undefined ? [] : [asFile(calendar)],
  };
}

function factsOf(about: Omit<About, "kind"> & { kind: SeriesKind; rows: readonly BookingRow[] }) {
  const { row, rows, party, host } = about;
  const label = (key: string, n = rows.length) => sayOf(about, `facts.${key}`, { n });
  const own: (readonly [string, string])[] = host
    ? [
        [label("who"), unlinked(party.name)],
        [label("email"), party.email],
        ...(party.notes ? [[label("notes"), party.notes] as const] : []),
      ]
    : [[label("with"), hostsOf(about)]];
  return [
    [label("what"), unlinked(row.typeName)] as const,
    datesOf(about, rows),
    ...otherClocksOf(about),
    [label("where"), whereOf(about)] as const,
    ...own,
  ];
}
