import { FileSpreadsheet } from "lucide-react";
import type { ReactNode } from "react";
import { Form, Link } from "react-router";

import { ZoneName } from "#contract/gatherings.ts";
import { me } from "#contract/identity.ts";
import { CalendarDate, scheduling } from "#contract/scheduling.ts";
import { type Analytics, desk } from "#contract/scheduling-desk.ts";
import { dateAt } from "#domain/time/wall.ts";
import { Bars } from "#web/features/bookings/components/bars.tsx";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { dateText, daysAfter } from "#web/features/scheduling/components/month.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { dateFormat, numberFormat } from "#web/platform/format.ts";
import { said, useFill, useLocale, useWords, words } from "#web/platform/words.ts";
import { Button, ButtonLink } from "#web/ui/button.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { EmptyState, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/analytics-page";

const spans = [30, 90, 365] as const;
const ahead = 30;

export async function loader({ request, context }: Route.LoaderArgs) {
  const search = new URL(request.url).searchParams;
  const [{ timeZone }, types] = await Promise.all([
    call(context, me.get, {}),
    call(context, scheduling.eventTypes, { query: { limit: 100 } }),
  ]);
  const named = ZoneName.safeParse(search.get("zone") ?? timeZone);
  const zone = named.success ? named.data : timeZone;
  const today = dateAt(pageOf(context).now, zone);
  const date = (name: string) => CalendarDate.safeParse(search.get(name)).data;
  const end = date("end_date") ?? today;
  const wanted = date("start_date") ?? daysAfter(end, 1 - spans[0]);
  const start = wanted > end ? end : wanted < daysAfter(end, -365) ? daysAfter(end, -365) : wanted;
  const type = types.items.find(({ id }) => id === search.get("event_type_id"))?.id;
  const query = { start_date: start, end_date: end, timezone: zone, ...(type && { event_type_id: type }) };
  return {
    ...{ query, today },
    types: types.items.map(({ id, name }) => ({ id, name })),
    figures: await call(context, desk.analytics, { query }),
    words: words(context, ["bookings.figures", "bookings.lead"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["bookings.figures"].pageTitle },
];

export default function AnalyticsPage({ loaderData: { query, figures, types, today } }: Route.ComponentProps) {
  const words = useWords("bookings.figures");
  const fill = useFill();
  return (
    <>
      <PageHeader
        back={{ to: "/bookings", label: words.back }}
        title={words.title}
        text={fill(words.lead, { zone: figures.timeZone.replaceAll("_", " ") })}
        actions={
          <ButtonLink
            reloadDocument
            to={`/api/v1/events/analytics.csv?${new URLSearchParams(query)}`}
            icon={<FileSpreadsheet aria-hidden="true" />}
          >
            {words.csv}
          </ButtonLink>
        }
      />
      <Which {...{ query, types, today }} />
      {figures.total === 0 ? (
        <EmptyState
          picture={<Hall dots={24} taken={0} className="h-14" />}
          title={words.emptyTitle}
          text={words.emptyText}
        />
      ) : (
        <Figures figures={figures} />
      )}
    </>
  );
}

type Query = Route.ComponentProps["loaderData"]["query"];
interface WhichProps {
  query: Query;
  types: readonly { id: string; name: string }[];
  today: string;
}

/** Which bookings are counted; all of it stays in the address. */
function Which({ query, types, today }: WhichProps) {
  const words = useWords("bookings.figures");
  const fill = useFill();
  const { changed } = useAddress();
  const shortcuts = [
    ...spans.map((days) => ({
      label: fill(words.days, { n: days }),
      span: { start_date: daysAfter(today, 1 - days), end_date: today },
    })),
    { label: fill(words.comingDays, { n: ahead }), span: { start_date: today, end_date: daysAfter(today, ahead - 1) } },
  ];
  return (
    <div className="mb-10 grid gap-3">
      <nav aria-label={words.span} className="flex flex-wrap gap-2">
        {shortcuts.map(({ label, span }) => {
          const isOn = query.start_date === span.start_date && query.end_date === span.end_date;
          return (
            <Link
              key={label}
              to={changed(span)}
              preventScrollReset
              aria-current={isOn ? "true" : undefined}
              className="inline-flex min-h-9 items-center rounded-full border border-line px-3.5 text-sm text-ink-soft hover:border-edge hover:text-ink focus-visible:rounded-full aria-[current]:border-accent aria-[current]:bg-wash aria-[current]:font-medium aria-[current]:text-accent pointer-coarse:min-h-11"
            >
              {label}
            </Link>
          );
        })}
      </nav>
      <Form preventScrollReset className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="zone" value={query.timezone} />
        <Field
          key={query.start_date}
          name="start_date"
          type="date"
          label={words.from}
          defaultValue={query.start_date}
        />
        <Field key={query.end_date} name="end_date" type="date" label={words.to} defaultValue={query.end_date} />
        {types.length > 1 && (
          <Select
            key={query.event_type_id}
            name="event_type_id"
            label={words.type}
            defaultValue={query.event_type_id ?? ""}
            className="max-sm:w-full"
          >
            <option value="">{words.anyType}</option>
            {types.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
        <Button type="submit">{words.apply}</Button>
      </Form>
    </div>
  );
}

function Figures({ figures }: { figures: Analytics }) {
  const words = useWords("bookings.figures");
  const leads = useWords("bookings.lead");
  const locale = useLocale();
  const { unit, byPeriod, byType, byHour, byWeekday, leadTime } = figures;
  const hour = dateFormat(locale, { hour: "numeric", timeZone: "UTC" });
  const short = { day: "numeric", month: unit === "month" ? undefined : "numeric" } as const;
  const weekdays = [1, 2, 3, 4, 5, 6, 0].map((day) => ({ day, date: daysAfter("2026-11-01", day) }));
  return (
    <div>
      <Summary figures={figures} />
      <Section id="periods" title={words[`by${unit}`]} className="mt-10">
        <Bars
          caption={words[`by${unit}`]}
          of={words[unit]}
          hasOutcomes
          bars={byPeriod.map(({ from, ...counts }) => ({
            ...counts,
            key: from,
            label: dateText(locale, from, unit === "month" ? { month: "short" } : short),
            long: dateText(locale, from, { day: "numeric", month: "long", year: "numeric" }),
          }))}
        />
        <Legend />
      </Section>
      <Section id="types" title={words.byType}>
        <Bars
          caption={words.byType}
          of={words.type}
          hasOutcomes
          isLying
          bars={byType.map(({ id, name, ...counts }) => ({ ...counts, key: id, label: name }))}
        />
      </Section>
      <div className="grid grid-cols-1 gap-x-12 lg:grid-cols-2 [&>section+section]:max-lg:mt-10 [&>section]:mt-10 [&>section]:border-t [&>section]:border-line [&>section]:pt-10">
        <Section id="hours" title={words.byHour} text={words.byHourText}>
          <Bars
            caption={words.byHour}
            of={words.hour}
            bars={byHour.map((total, at) => ({
              key: String(at),
              label: hour.format(Date.UTC(2026, 0, 1, at)),
              total,
            }))}
          />
        </Section>
        <Section id="weekdays" title={words.byWeekday}>
          <Bars
            caption={words.byWeekday}
            of={words.weekday}
            isLying
            bars={weekdays.map(({ day, date }) => ({
              key: String(day),
              label: dateText(locale, date, { weekday: "long" }),
              total: byWeekday[day] ?? 0,
            }))}
          />
        </Section>
      </div>
      <Section id="lead" title={words.byLead} text={words.byLeadText} className="mt-10 border-t border-line pt-10">
        <Bars
          caption={words.byLead}
          of={words.ahead}
          isLying
          bars={leadTime.buckets.map(({ key, count }) => ({ key, label: leads[key], total: count }))}
        />
      </Section>
    </div>
  );
}

/** The few figures that matter, each with what it is a part of. */
function Summary({ figures }: { figures: Analytics }) {
  const words = useWords("bookings.figures");
  const fill = useFill();
  const locale = useLocale();
  const { total, cancelled, noShow, leadTime, moves, cancelledBy, group } = figures;
  const share = (n: number, of: number) =>
    of === 0 ? "–" : numberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(n / of);
  const hours = leadTime.medianHours ?? 0;
  const facts: { label: string; says: ReactNode; more?: string }[] = [
    { label: words.bookings, says: total, more: fill(words.moves, { n: moves }) },
    {
      label: words.cancelRate,
      says: share(cancelled, total),
      more: fill(words.cancelledBy, { n: cancelled, hosts: cancelledBy.organizer, invitees: cancelledBy.invitee }),
    },
    { label: words.noShowRate, says: share(noShow, total - cancelled), more: fill(words.noShows, { n: noShow }) },
    {
      label: words.leadMedian,
      says:
        hours < 48 ? fill(words.inHours, { n: Math.round(hours) }) : fill(words.inDays, { n: Math.round(hours / 24) }),
      more: words.leadMedianText,
    },
    ...(group.sessions > 0
      ? [
          {
            label: words.seats,
            says: share(group.seatsTaken, group.seatsOffered),
            more: fill(words.sessions, { n: group.sessions, taken: group.seatsTaken, offered: group.seatsOffered }),
          },
        ]
      : []),
  ];
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-6">
      {facts.map(({ label, says, more }) => (
        <div key={label} className="flex flex-col border-s-2 border-line ps-4">
          <dt className="text-sm text-ink-soft">{label}</dt>
          <dd className="font-serif text-2xl tabular">{says}</dd>
          {more && <dd className="text-xs text-ink-soft">{more}</dd>}
        </div>
      ))}
    </dl>
  );
}

function Legend() {
  const words = useWords("bookings.figures");
  const marks = [
    { colour: "bg-accent", says: words.kept },
    { colour: "bg-ink/20", says: words.cancelled },
    { colour: "bg-warn", says: words.noShow },
  ];
  return (
    <p aria-hidden="true" className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-soft">
      {marks.map(({ colour, says }) => (
        <span key={says} className="inline-flex items-center gap-2">
          <span className={`size-2.5 rounded-full ${colour}`} />
          {says}
        </span>
      ))}
    </p>
  );
}
