import { pageAt } from "#domain/gatherings/address.ts";
import { formatInstant, formatRange } from "#domain/time/format.ts";
import type { Attachment } from "#server/gateways/mail.ts";
import type { ViewRow } from "#server/modules/registrations/service/views.ts";
import { type Block, frame } from "#server/platform/letter-frame.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter, LetterKind } from "#server/platform/letters.ts";
import { say, timeWords } from "#server/platform/words.ts";

/** What every letter about a gathering tells of it, and to whom. */
export type LetterRow = Pick<
  ViewRow,
  | "locale"
  | "title"
  | "name"
  | "email"
  | "organizerName"
  | "startTime"
  | "endTime"
  | "timeZone"
  | "placeName"
  | "placeAddress"
  | "side"
  | "format"
  | "slug"
  | "gatheringId"
>;

/** All that a letter about a registration is made of. */
export interface About<Row extends LetterRow = ViewRow> {
  row: Row;
  publicUrl: string;
  /** The holder's own page. */
  link: string;
  calendar?: string;
}

/** A sentence of these letters, with the names that most of them use. */
export const sayOf = ({ row }: About<LetterRow>, key: string, args: Record<string, unknown> = {}): string =>
  say(row.locale, `registration-letters.${key}`, {
    title: unlinked(row.title),
    name: unlinked(row.name),
    organizer: unlinked(row.organizerName),
    ...args,
  });

/** When and where, and what else is to be looked up. */
export function factsAbout(about: About<LetterRow>, ...more: (readonly [string, string])[]): Block {
  const { row } = about;
  const label = (key: string) => sayOf(about, `facts.${key}`);
  return {
    facts: [
      [label("event"), unlinked(row.title)],
      [label("when"), formatRange(row.startTime, row.endTime, row.timeZone, row.locale, timeWords(row.locale))],
      [label("where"), whereOf(about)],
      ...more.map(([key, value]) => [label(key), value] as const),
    ],
  };
}

function whereOf(about: About<LetterRow>): string {
  const { row } = about;
  const place = [row.placeName, row.placeAddress].filter(Boolean).join("\n");
  if (row.side === "virtual" || (row.format !== "in_person" && !place)) return sayOf(about, "facts.online");
  return row.side === "both" ? sayOf(about, "facts.onlineToo", { place }) : place;
}

export const untilOf = ({ row }: About<LetterRow>, at: Date): string =>
  formatInstant(at, row.timeZone, row.locale, timeWords(row.locale));

/** To the time that the letter is about. */
export const eventLink = (about: About<LetterRow>) => ({
  label: sayOf(about, "links.event"),
  url: `${about.publicUrl}${pageAt(about.row.slug, about.row.gatheringId)}`,
});

/** Lays out a letter of this kind: its subject and heading are found under its name. */
export function letterOf(
  about: About<LetterRow>,
  kind: LetterKind,
  { blocks, under = kind, attachments = [] }: { blocks: readonly Block[]; under?: string; attachments?: Attachment[] },
): Letter | undefined {
  const { row, publicUrl, calendar } = about;
  if (row.email === null) return undefined;
  const laid = frame({ locale: row.locale, publicUrl, heading: sayOf(about, `${under}.heading`), blocks });
  return {
    kind,
    to: { address: row.email, name: row.name },
    subject: sayOf(about, `${under}.subject`),
    ...laid,
    attachments: [...attachments, ...(calendar === undefined ? [] : [asFile(calendar)])],
  };
}

const asFile = (calendar: string): Attachment => ({
  name: "event.ics",
  // Mailboxes believe this rather than the file.
  mediaType: `text/calendar; charset=utf-8; method=${/^METHOD:(\w+)/m.exec(calendar)?.[1] ?? "PUBLISH"}`,
  base64: Buffer.from(calendar).toString("base64"),
});
