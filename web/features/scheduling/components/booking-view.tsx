import { type ReactNode, useEffect, useRef } from "react";
import { Form, Link, useLocation } from "react-router";

import type { PublicEventType } from "#contract/scheduling-public.ts";
import type { Calendar } from "#web/features/scheduling/act.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { Facts } from "#web/features/scheduling/components/facts.tsx";
import { MonthGrid } from "#web/features/scheduling/components/month-grid.tsx";
import { clockFormat, Times } from "#web/features/scheduling/components/times.tsx";
import { ZoneChoice } from "#web/features/scheduling/components/zone-choice.tsx";
import { dateFormat } from "#web/platform/format.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Hidden } from "#web/ui/hidden.tsx";
import { EmptyState, Notice } from "#web/ui/surface.tsx";

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
  const start = time && Number.isFinite(Date.parse(time)) ? new Date(time).toISOString() : undefined;
  return (
    <div className="@container">
      <div className="grid gap-x-12 gap-y-8 rounded-panel border border-line bg-surface p-5 @3xl:grid-cols-[minmax(0,17rem)_minmax(0,1fr)] @3xl:p-8">
        <Facts
          {...{ organizer, type, isPart }}
          duration={calendar.duration}
          choice={!isFixed && <Choices type={type} calendar={calendar} />}
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

function Choices({ type, calendar }: { type: PublicEventType; calendar: Calendar }) {
  const words = useWords("scheduling.book");
  const facts = useWords("scheduling.facts");
  const fill = useFill();
  const { changed, all } = useAddress();
  return (
    <>
      {type.durations.length > 1 && (
        <li>
          <nav aria-label={words.duration} className="flex flex-wrap gap-2">
            {type.durations
              .toSorted((a, b) => a - b)
              .map((duration) => (
                <Link
                  key={duration}
                  to={changed({ duration: String(duration), time: null })}
                  preventScrollReset
                  aria-current={duration === calendar.duration ? "true" : undefined}
                  className="inline-flex min-h-9 items-center rounded-full border border-line px-3.5 text-sm text-ink-soft hover:border-edge hover:text-ink focus-visible:rounded-full aria-[current]:border-accent aria-[current]:bg-wash aria-[current]:font-medium aria-[current]:text-accent pointer-coarse:min-h-11"
                >
                  {fill(facts.minutes, { n: duration })}
                </Link>
              ))}
          </nav>
        </li>
      )}
      {type.maxAttendees > 1 && (
        <li>
          <Form preventScrollReset className="flex items-center gap-2">
            <Hidden values={all.filter(([name]) => name !== "seats" && name !== "time")} />
            <label htmlFor="seats" className="text-sm">
              {words.seats}
            </label>
            <input
              id="seats"
              name="seats"
              type="number"
              min={1}
              max={type.maxAttendees}
              defaultValue={calendar.count}
              inputMode="numeric"
              className="input w-20!"
            />
            <Button type="submit" size="sm">
              {words.seatsUse}
            </Button>
          </Form>
        </li>
      )}
    </>
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
  const start = new Date(startTime);
  const date = dateFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: zone });
  const span = clockFormat(locale, zone, clock).formatRange(start, new Date(start.getTime() + duration * 60_000));
  return (
    <time dateTime={startTime} suppressHydrationWarning>
      {`${date.format(start)}, ${span}`}
      <span className="block text-sm font-normal text-ink-soft">{zone.replaceAll("_", " ")}</span>
    </time>
  );
}
