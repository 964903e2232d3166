import { type ReactNode, Suspense, useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";

import type { PublicEventType } from "#contract/scheduling-public.ts";
import type { Calendar } from "#web/features/scheduling/act.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { Facts } from "#web/features/scheduling/components/facts.tsx";
import { MonthGrid } from "#web/features/scheduling/components/month-grid.tsx";
import { clockFormat, Times } from "#web/features/scheduling/components/times.tsx";
import { ZoneChoice } from "#web/features/scheduling/components/zone-choice.tsx";
import { dateFormat, onOneLine } from "#web/platform/format.ts";
import { part } from "#web/platform/part.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { EmptyState, Notice } from "#web/ui/surface.tsx";
import { useZoneName } from "#web/ui/time.tsx";

/** Most of what can be booked leaves nothing to choose but its time. */
const Choices = part(() => import("#web/features/scheduling/components/choices.tsx"));

interface Props {
  organizer: { slug: string; name: string; logoUrl: string | null };
  type: PublicEventType;
  calendar: Calendar;
  /** Stands on a page that has a heading of its own. */
  isPart?: boolean;
  /** Length and seats are given: a booking is moved. */
  isFixed?: boolean;
  /** Only looked at: the reader's zone is not taken over. */
  isPreview?: boolean;
  /** What stands beside the facts once a time is chosen. */
  form: (startTime: string) => ReactNode;
}

/** Facts, a month and its times side by side; below one another where there is no room. */
export function BookingView({ organizer, type, calendar, isPart, isFixed, isPreview, form }: Props) {
  const { time, zone } = useAddress();
  const hasChoices = !isFixed && (type.durations.length > 1 || type.maxAttendees > 1);
  const start = time && Number.isFinite(Date.parse(time)) ? new Date(time).toISOString() : undefined;
  return (
    <div className="@container">
      <div className="grid gap-x-12 gap-y-8 rounded-panel border border-line bg-surface p-5 @3xl:grid-cols-[minmax(0,17rem)_minmax(0,1fr)] @3xl:p-8">
        <Facts
          {...{ organizer, type, isPart }}
          duration={calendar.duration}
          choice={
            hasChoices && (
              <Suspense>
                <Choices type={type} calendar={calendar} />
              </Suspense>
            )
          }
        />
        <div className="min-w-0 border-line max-[48rem]:border-t max-[48rem]:pt-6">
          {start ? (
            <Chosen startTime={start} calendar={calendar}>
              {form(start)}
            </Chosen>
          ) : (
            <>
              <Choose calendar={calendar} type={type} />
              <div className="mt-6 border-t border-line pt-4">
                <ZoneChoice
                  zone={calendar.zone}
                  now={calendar.now}
                  isUnknown={calendar.isZoneUnknown}
                  isGuessed={!isPreview && zone === null}
                />
              </div>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

function Choose({ calendar, type }: { calendar: Calendar; type: PublicEventType }) {
  const words = useWords("scheduling.book");
  const fill = useFill();
  const { changed, date, clock, time } = useAddress();
  const { days, month, today, firstWeekday, zone } = calendar;
  const day = days.find((one) => one.date === date) ?? days.find(({ starts }) => starts.length > 0) ?? days[0];
  return (
    <div className="grid gap-8 @3xl:grid-cols-[minmax(0,1fr)_minmax(0,15rem)]">
      <div>
        {time !== undefined && <Notice mood="warn">{words.timeUnknown}</Notice>}
        <MonthGrid
          {...{ month, days, today, firstWeekday }}
          chosen={day?.date}
          toDay={(one) => changed({ date: one, time: null })}
          toMonth={(one) => changed({ month: one, date: null, time: null })}
        />
      </div>
      {day ? (
        <Times day={day} zone={zone} clock={clock} to={(startTime) => changed({ date: day.date, time: startTime })} />
      ) : (
        <EmptyState title={words.noneTitle} text={fill(words.noneText, { name: type.name })} />
      )}
    </div>
  );
}

/** The time that was chosen, with the way back, above what is asked for then. */
function Chosen({ startTime, calendar, children }: { startTime: string; calendar: Calendar; children: ReactNode }) {
  const words = useWords("scheduling.book");
  const { changed, clock } = useAddress();
  const heading = useRef<HTMLHeadingElement>(null);
  // The link that led here is gone with the times; the next thing to read is this.
  const hasCome = useLocation().key !== "default";
  useEffect(() => {
    if (hasCome && startTime) heading.current?.focus();
  }, [startTime, hasCome]);
  return (
    <div className="grid max-w-[34rem] gap-6">
      <div className="grid gap-1">
        <h2 ref={heading} tabIndex={-1} className="outline-none">
          <When startTime={startTime} duration={calendar.duration} zone={calendar.zone} clock={clock} />
        </h2>
        <p>
          <Link
            to={changed({ time: null })}
            preventScrollReset
            className="link inline-flex min-h-9 items-center text-sm"
          >
            {words.otherTime}
          </Link>
        </p>
      </div>
      {children}
    </div>
  );
}

interface WhenProps {
  startTime: string;
  duration: number;
  zone: string;
  clock: "12" | "24" | undefined;
}

function When({ startTime, duration, zone, clock }: WhenProps) {
  const locale = useLocale();
  const zoneName = useZoneName();
  const start = new Date(startTime);
  const date = dateFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: zone });
  const span = clockFormat(locale, zone, clock).formatRange(start, new Date(start.getTime() + duration * 60_000));
  return (
    <time dateTime={startTime} suppressHydrationWarning>
      {onOneLine(`${date.format(start)}, ${span}`)}
      <span className="block font-sans text-sm font-normal tracking-normal text-ink-soft">{zoneName(zone, start)}</span>
    </time>
  );
}
