import type { Analytics, AnalyticsQuery } from "#contract/scheduling-desk.ts";
import { bookingStatuses } from "#domain/availability/status.ts";
import { byHours, byPeriod, leadTimes, outcomesOf } from "#domain/scheduling/analytics.ts";
import { writeCsv } from "#domain/tables/csv.ts";
import * as repo from "#server/modules/scheduling/repo/desk.ts";
import { midnights, organizerOf } from "#server/modules/scheduling/service/bookings.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { say } from "#server/platform/words.ts";

/** How an organizer is booked, for its team: by the time at which bookings take place, in the days and hours of a zone. */
export async function getAnalytics(ctx: Ctx, query: AnalyticsQuery): Promise<Analytics> {
  const organizer = await organizerOf(ctx, query.organizer_id);
  const timeZone = query.timezone ?? organizer?.timeZone ?? "UTC";
  const range = { startDate: query.start_date, endDate: query.end_date, timeZone };
  const which = {
    organizerId: organizer?.id ?? "",
    eventTypeId: query.event_type_id ?? null,
    hostId: query.host_id ?? null,
    ...midnights(query.start_date, query.end_date, timeZone),
  };
  const rows = organizer ? await repo.listCounted(ctx.db, which) : [];
  const bookings = rows.map((row) => ({
    ...row,
    startTime: row.startTime.getTime(),
    createdAt: row.createdAt.getTime(),
  }));
  const { unit, rows: periods } = byPeriod(bookings, range);
  const { hours, weekdays } = byHours(bookings, range);
  const count = (fits: (row: (typeof bookings)[number]) => boolean) => bookings.filter(fits).length;
  const sessions = bookings.filter(({ seats, status }) => seats > 1 && status !== "cancelled");
  return {
    ...range,
    ...outcomesOf(bookings),
    byStatus: bookingStatuses
      .map((status) => ({ status, count: count((one) => one.status === status) }))
      .filter((one) => one.count > 0),
    byType: [...Map.groupBy(bookings, ({ eventTypeId }) => eventTypeId)]
      .map(([id, some]) => ({ id, name: some[0]?.typeName ?? "", ...outcomesOf(some) }))
      .sort((a, b) => b.total - a.total || a.name.localeCompare(b.name)),
    unit,
    byPeriod: periods,
    byHour: hours,
    byWeekday: weekdays,
    leadTime: leadTimes(bookings),
    cancelledBy: {
      organizer: count(({ cancelledBy }) => cancelledBy === "organizer"),
      invitee: count(({ cancelledBy }) => cancelledBy === "invitee"),
      system: count(({ cancelledBy }) => cancelledBy === "system"),
    },
    moves: organizer ? await repo.countMoves(ctx.db, which) : 0,
    group: {
      sessions: sessions.length,
      seatsTaken: sessions.reduce((all, { taken }) => all + taken, 0),
      seatsOffered: sessions.reduce((all, { seats }) => all + seats, 0),
    },
    calendarSync: { not_required: bookings.length, pending: 0, succeeded: 0, failed: 0 },
  };
}

/** The same as a table: what is counted, of what, and what came of it. */
export async function exportAnalytics(ctx: Ctx, query: AnalyticsQuery): Promise<string> {
  const { byPeriod: periods, byType, byHour, unit } = await getAnalytics(ctx, query);
  const word = (key: string) => say(ctx.locale, `bookings.report.${key}`);
  const line = (what: string, of: string, { total, cancelled, noShow }: Outcomes) => [
    ...[word(what), of, String(total), String(cancelled), String(noShow)],
  ];
  ctx.reply.header("content-disposition", 'attachment; filename="bookings-report.csv"');
  return writeCsv([
    ["what", "of", "total", "cancelled", "noShow"].map(word),
    ...periods.map((row) => line(unit, row.from, row)),
    ...byType.map((row) => line("type", row.name, row)),
    ...byHour.map((n, hour) => [word("hour"), `${String(hour).padStart(2, "0")}:00`, String(n), "", ""]),
  ]);
}

type Outcomes = Pick<Analytics, "total" | "cancelled" | "noShow">;
