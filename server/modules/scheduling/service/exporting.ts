import { randomUUIDv7 } from "node:crypto";

import type { WordedAnswer } from "#contract/questions.ts";
import type { BookingsFilter } from "#contract/scheduling-desk.ts";
import { writeCsv } from "#domain/tables/csv.ts";
import { toWall } from "#domain/time/wall.ts";
import * as audit from "#server/modules/audit/service.ts";
import { answerText, readAnswers } from "#server/modules/questions/service/answers.ts";
import { hostCalendar } from "#server/modules/scheduling/calendar.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import * as desk from "#server/modules/scheduling/repo/desk.ts";
import { partiesOf, roomUrl } from "#server/modules/scheduling/service/booking-views.ts";
import { organizerOf, readFilter } from "#server/modules/scheduling/service/bookings.ts";
import { type Ctx, inTx, userOf } from "#server/platform/ctx.ts";
import { linkToken, readLinkToken } from "#server/platform/links.ts";
import { Problem } from "#server/platform/problem.ts";
import { say } from "#server/platform/words.ts";

const dayMs = 86_400_000;
const atOnce = 500;
const mostBookings = 20_000;

/** Everything that matches; that it was taken out is written down. */
async function collect(ctx: Ctx, query: BookingsFilter, format: "csv" | "ics"): Promise<repo.BookingRow[]> {
  const organizer = await organizerOf(ctx, query.organizer_id);
  if (!organizer) return [];
  const filter = { ...readFilter(ctx, query, organizer), limit: atOnce };
  const rows: repo.BookingRow[] = [];
  let after: repo.Filter["after"] = null;
  do {
    const some = await repo.list(ctx.db, { ...filter, after });
    rows.push(...some);
    const last = some.length === atOnce ? some.at(-1) : undefined;
    after = last ? { at: last.startTime.toISOString(), id: last.id } : null;
  } while (after && rows.length < mostBookings);
  const change = { new: { format, bookings: rows.length } };
  await inTx(ctx, (tctx) =>
    audit.record(tctx, "organizer.bookings_exported", { kind: "organizer", id: organizer.id }, change),
  );
  ctx.reply.header("content-disposition", `attachment; filename="bookings.${format}"`);
  return rows;
}

const columns = [
  ...(["start", "end", "timeZone", "eventType", "status", "name", "email", "phone", "seats", "attendance"] as const),
  ...(["invitee", "hosts", "place", "notes", "reason", "created"] as const),
];

/** What the parties answered, but for what is sensitive: that is for who decides over a single booking. */
async function answersOf(ctx: Ctx, rows: readonly repo.BookingRow[]): Promise<Map<string, WordedAnswer[]>> {
  const all = new Map<string, WordedAnswer[]>();
  for (let from = 0; from < rows.length; from += atOnce) {
    const ids = rows.slice(from, from + atOnce).flatMap((row) => partiesOf(row).map(({ id }) => id));
    for (const [id, answers] of await readAnswers(ctx, ids, { withSensitive: false }))
      all.set(
        id,
        answers.filter(({ isSensitive }) => !isSensitive),
      );
  }
  return all;
}

/** Bookings as a table, a line for each party, with times as clocks of the asked zone show them, and what they answered. */
export async function exportCsv(ctx: Ctx, query: BookingsFilter): Promise<string> {
  const rows = await collect(ctx, query, "csv");
  const said = await answersOf(ctx, rows);
  const asked = new Map([...said.values()].flat().map(({ questionId, questionText }) => [questionId, questionText]));
  const heading = columns.map((column) => say(ctx.locale, `bookings.table.${column}`));
  const word = (of: "status" | "attendance", value: string) =>
    say(ctx.locale, `registrations.people.${of}`, { [of]: value });
  const lines = rows.flatMap((row) => {
    const zone = query.timezone ?? row.timeZone;
    const wall = (at: Date) => toWall(at, zone).replace("T", " ").slice(0, 16);
    const place = roomUrl(ctx, row) ?? row.locationDetails;
    const hosts = row.hosts.map(({ name }) => name).join(", ");
    return partiesOf(row).map((party) => [
      ...[
        wall(row.startTime),
        wall(row.endTime),
        zone,
        row.typeName,
        say(ctx.locale, `scheduling.status.${row.status}`),
      ],
      ...[party.name, party.email, party.phone, String(party.seats)],
      ...[party.attendance === "unknown" ? "" : word("attendance", party.attendance), word("status", party.status)],
      ...[hosts, place, party.notes, party.cancellationReason || row.cancellationReason, wall(row.createdAt)],
      ...[...asked.keys()].map((id) => answerText(ctx.locale, said.get(party.id) ?? [], id)),
    ]);
  });
  return writeCsv([[...heading, ...asked.values()], ...lines]);
}

/** Bookings as a calendar file; what was declined is in nobody's calendar. */
export async function exportIcs(ctx: Ctx, query: BookingsFilter): Promise<string> {
  return hostCalendar(ctx, await collect(ctx, query, "ics"), say(ctx.locale, "bookings.table.calendar"));
}

const urlOf = ({ settings }: Ctx, id: string): string => {
  const token = linkToken(settings.secrets.links, { kind: "feed", id, version: 1 });
  return `${settings.publicUrl}/api/v1/events/bookings/feed/${token}/calendar.ics`;
};

/** The secret address of the caller's own bookings, when they have one. */
export async function getFeed(ctx: Ctx) {
  const feed = await desk.findFeed(ctx.db, { userId: userOf(ctx).userId });
  return feed ? { url: urlOf(ctx, feed.id), createdAt: feed.createdAt.toISOString() } : { url: null, createdAt: null };
}

/** Makes a new secret address; the one before opens nothing any more. */
export async function renewFeed(ctx: Ctx) {
  const { userId } = userOf(ctx);
  await inTx(ctx, async (tctx) => {
    await desk.renewFeed(tctx.db, { id: randomUUIDv7(), userId, createdAt: tctx.now() });
    await audit.record(tctx, "user.booking_feed_renewed", { kind: "user", id: userId }, {});
  });
  return getFeed(ctx);
}

/** Takes the secret address back. */
export async function dropFeed(ctx: Ctx): Promise<void> {
  const { userId } = userOf(ctx);
  await inTx(ctx, async (tctx) => {
    if (await desk.deleteFeed(tctx.db, userId))
      await audit.record(tctx, "user.booking_feed_dropped", { kind: "user", id: userId }, {});
  });
}

/** A host's bookings from a month ago on, in whichever of their organizers they still are. */
export async function readFeed(ctx: Ctx, token: string): Promise<string> {
  const link = readLinkToken(ctx.settings.secrets.links, token);
  if (link?.kind !== "feed") throw new Problem("booking.link_invalid");
  const feed = await desk.findFeed(ctx.db, { id: link.id });
  if (!feed) throw new Problem("booking.link_expired");
  const rows = await repo.listOfHost(ctx.db, feed.userId, new Date(ctx.now().getTime() - 31 * dayMs));
  ctx.reply.header("cache-control", "private, max-age=300");
  // A calendar program asks, which has no language.
  return hostCalendar(ctx, rows, say(feed.locale, "bookings.table.calendar"));
}
