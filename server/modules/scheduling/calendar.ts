import { ICalEventStatus } from "ical-generator";
import type { BookingRow } from "#server/modules/scheduling/repo/bookings.ts";
import { isLiving, partiesOf, roomUrl } from "#server/modules/scheduling/service/booking-views.ts";
import { calendarText, openCalendar } from "#server/platform/calendar-file.ts";
import type { Ctx } from "#server/platform/ctx.ts";

const states: Partial<Record<BookingRow["status"], ICalEventStatus>> = {
  pending: ICalEventStatus.TENTATIVE,
  awaiting_payment: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
};

/** Bookings as their hosts' calendar has them, each under the UID of its letters, so that none stands there twice. */
export function hostCalendar({ settings }: Pick<Ctx, "settings">, rows: readonly BookingRow[], name: string): string {
  const { publicUrl } = settings;
  const calendar = openCalendar({ name, ttl: 900 });
  for (const row of rows) {
    if (row.status === "rescheduled" || row.status === "rejected") continue;
    const parties = row.attendees.filter(isLiving);
    const [first] = parties.length > 0 ? parties : partiesOf(row);
    const others = parties.length > 1 ? ` +${parties.length - 1}` : "";
    const page = `${publicUrl}/bookings/${row.id}`;
    calendar.createEvent({
      id: `${row.id}@${new URL(publicUrl).hostname}`,
      sequence: row.sequence,
      stamp: row.updatedAt,
      start: row.startTime,
      end: row.endTime,
      summary: `${row.typeName}: ${first?.name ?? ""}${others}`,
      description: [
        ...parties.map(({ name: who, email, phone }) => [who, email, phone].filter(Boolean).join(", ")),
        page,
      ].join("\n"),
      location: roomUrl({ settings }, row) ?? row.locationDetails,
      url: page,
      status: states[row.status] ?? ICalEventStatus.CONFIRMED,
    });
  }
  return calendarText(calendar);
}
