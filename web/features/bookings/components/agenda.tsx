import { Link } from "react-router";

import type { Shown } from "#web/features/bookings/act.ts";
import { Who } from "#web/features/bookings/components/booking-list.tsx";
import { type Ending, RowMenu } from "#web/features/bookings/components/row-menu.tsx";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { dateText } from "#web/features/scheduling/components/month.ts";
import { StatusBadge } from "#web/features/scheduling/components/status-badge.tsx";
import { clockFormat } from "#web/features/scheduling/components/times.tsx";
import { onOneLine } from "#web/platform/format.ts";
import { useLocale, useWords, useYear } from "#web/platform/words.ts";
import { toneStyle } from "#web/ui/tone.ts";

interface Props {
  items: readonly Shown[];
  zone: string;
  today: string;
  now: string;
  onEnd: (ending: Ending) => void;
}

/** What is on, day after day; days without anything are left out. */
export function Agenda({ items, zone, today, now, onEnd }: Props) {
  const words = useWords("bookings.desk");
  const locale = useLocale();
  const year = useYear();
  const days = [...Map.groupBy(items, ({ parts }) => parts[0]?.date ?? "")].sort(([a], [b]) => a.localeCompare(b));
  return (
    <ol className="grid gap-8">
      {days.map(([date, rows]) => (
        <li key={date} className="grid gap-x-8 gap-y-2 border-t border-line pt-5 md:grid-cols-[9rem_minmax(0,1fr)]">
          <h3 className="text-base! md:sticky md:top-4 md:self-start" suppressHydrationWarning>
            {dateText(locale, date, { weekday: "long", day: "numeric", month: "long", ...year("UTC", date) })}
            {date === today && <span className="block text-sm font-normal text-accent">{words.today}</span>}
          </h3>
          <ol className="grid">
            {rows
              .toSorted((a, b) => a.startTime.localeCompare(b.startTime))
              .map((row) => (
                <li key={row.id} className="border-b border-line last:border-b-0">
                  <Line {...{ row, zone, now, onEnd }} />
                </li>
              ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

function Line({ row, zone, now, onEnd }: { row: Shown } & Pick<Props, "zone" | "now" | "onEnd">) {
  const locale = useLocale();
  const { clock } = useAddress();
  const { id, hue, startTime, endTime, typeName, status } = row;
  const isGone = status === "cancelled" || status === "rejected";
  return (
    <div style={toneStyle(hue)} className="flex items-start gap-3 py-2.5">
      <span aria-hidden="true" className={`mt-2 h-8 w-1 shrink-0 rounded-full ${isGone ? "bg-line" : "bg-accent"}`} />
      <div className="grid min-w-0 flex-1 gap-x-5 sm:grid-cols-[8.5rem_minmax(0,1fr)_auto] sm:items-center">
        <time dateTime={startTime} className="text-sm text-ink-soft tabular" suppressHydrationWarning>
          {onOneLine(clockFormat(locale, zone, clock).formatRange(new Date(startTime), new Date(endTime)))}
        </time>
        <p className="min-w-0">
          <Link
            to={`/bookings/${id}`}
            className={`inline-flex min-h-9 items-center font-medium hover:text-accent ${isGone ? "line-through" : ""}`}
          >
            <Who row={row} />
          </Link>
          <span className="block truncate text-sm text-ink-soft">{typeName}</span>
        </p>
        {status !== "confirmed" && (
          <span className="justify-self-start max-sm:mt-1">
            <StatusBadge status={status} />
          </span>
        )}
      </div>
      <RowMenu {...{ row, now, onEnd }} />
    </div>
  );
}
