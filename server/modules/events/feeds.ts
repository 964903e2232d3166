import { ICalEventStatus } from "ical-generator";
import QRCode from "qrcode";

import { pageAt } from "#domain/gatherings/address.ts";
import { findSpoken } from "#domain/language/choose.ts";
import { formatRange } from "#domain/time/format.ts";
import type { FeedRow } from "#server/modules/events/repo/feed.ts";
import { calendarText, openCalendar } from "#server/platform/calendar-file.ts";
import { locales, say, timeWords } from "#server/platform/words.ts";

interface Feed {
  organizer: { id: string; slug: string; name: string };
  rows: readonly FeedRow[];
  publicUrl: string;
}

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
/** As XML takes it: escaped, and without the control characters that no XML may have. */
const text = (raw: string): string =>
  raw.replace(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu, " ").replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

const pageOf = (publicUrl: string, { slug, gatheringId }: FeedRow) => `${publicUrl}${pageAt(slug, gatheringId)}`;
const placeOf = (row: FeedRow) => [row.placeName, row.placeAddress].filter(Boolean).join(", ");

/** An organizer's calendar: each time under the UID that its own file has, so that none stands twice in a calendar. */
export function calendarOf({ organizer, rows, publicUrl }: Feed): string {
  const calendar = openCalendar({
    name: organizer.name,
    ttl: 3600,
    url: `${publicUrl}/${organizer.slug}/calendar.ics`,
  });
  for (const row of rows) {
    const url = pageOf(publicUrl, row);
    calendar.createEvent({
      id: `${row.gatheringId}@${new URL(publicUrl).hostname}`,
      sequence: row.sequence,
      stamp: row.updatedAt,
      start: row.startTime,
      end: row.endTime,
      summary: row.title,
      description: [row.summary, url].filter(Boolean).join("\n\n"),
      location: row.format === "virtual" ? url : placeOf(row),
      url,
      status: row.isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendarText(calendar);
}

// In the event's own language and zone, since one feed is for all.
const localeOf = ({ language }: FeedRow) => findSpoken(locales, language) ?? "en";

function whenOf(row: FeedRow): string {
  const locale = localeOf(row);
  return formatRange(row.startTime, row.endTime, row.timeZone, locale, timeWords(locale));
}

const titleOf = (row: FeedRow) =>
  row.isOff ? say(localeOf(row), "event-letters.cancelled.subject", { title: row.title }) : row.title;

/** An organizer's events as RFC 4287 has them. */
export function atomOf({ organizer, rows, publicUrl }: Feed, now: Date): string {
  const page = `${publicUrl}/${organizer.slug}`;
  const entries = rows.map((row) => {
    const url = text(pageOf(publicUrl, row));
    const content = [whenOf(row), row.format === "virtual" ? null : placeOf(row), row.summary]
      .filter(Boolean)
      .join(" · ");
    return `<entry><id>urn:uuid:${row.gatheringId}</id><title>${text(titleOf(row))}</title><link href="${url}"/>
<published>${row.publishedAt.toISOString()}</published><updated>${row.updatedAt.toISOString()}</updated>
<summary>${text(content)}</summary></entry>`;
  });
  const updated = rows.reduce((last, row) => (row.updatedAt > last ? row.updatedAt : last), new Date(0));
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:uuid:${organizer.id}</id><title>${text(organizer.name)}</title>
<author><name>${text(organizer.name)}</name></author><link href="${text(page)}"/><link rel="self" href="${text(page)}/feed.atom"/>
<updated>${(rows.length > 0 ? updated : now).toISOString()}</updated>
${entries.join("\n")}</feed>
`;
}

const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** Where the parts of the map are; the first has no beginning. */
export function mapOf(publicUrl: string, starts: readonly (string | null)[]): string {
  const parts = starts.map((after) => `${publicUrl}/sitemap-part.xml${after === null ? "" : `?after=${after}`}`);
  return `<?xml version="1.0" encoding="utf-8"?>
<sitemapindex ${namespace}>${parts.map((url) => `<sitemap><loc>${text(url)}</loc></sitemap>`).join("\n")}</sitemapindex>
`;
}

/** One part of the map. */
export function mapPartOf(pages: readonly { url: string; updatedAt?: Date }[]): string {
  const urls = pages.map(
    ({ url, updatedAt }) =>
      `<url><loc>${text(url)}</loc>${updatedAt ? `<lastmod>${updatedAt.toISOString()}</lastmod>` : ""}</url>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset ${namespace}>${urls.join("\n")}</urlset>
`;
}

const margin = { margin: 2, errorCorrectionLevel: "M" } as const;

/** A code that leads to an address, as lines and as dots. */
export const codeOf = (url: string): Promise<string> => QRCode.toString(url, { ...margin, type: "svg" });
export const codePictureOf = (url: string): Promise<Uint8Array> => QRCode.toBuffer(url, { ...margin, width: 1024 });
