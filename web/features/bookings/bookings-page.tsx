import { ChartColumn, Hourglass, Plus } from "lucide-react";
import { useState } from "react";

import { actOnBookings, readDesk } from "#web/features/bookings/act.ts";
import { Agenda } from "#web/features/bookings/components/agenda.tsx";
import { BookingList } from "#web/features/bookings/components/booking-list.tsx";
import { DeskFilters, RangeNav, ViewTabs, WhenChips } from "#web/features/bookings/components/desk-head.tsx";
import { Ended, EndingDialog } from "#web/features/bookings/components/ending.tsx";
import { MonthView } from "#web/features/bookings/components/month-view.tsx";
import { MoreOfDesk } from "#web/features/bookings/components/more-of-desk.tsx";
import type { Ending } from "#web/features/bookings/components/row-menu.tsx";
import { WeekGrid } from "#web/features/bookings/components/week-grid.tsx";
import { OrganizerChips } from "#web/features/organizers/components/organizer-chips.tsx";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { ZoneChoice } from "#web/features/scheduling/components/zone-choice.tsx";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { More } from "#web/ui/more.tsx";
import { Outcome } from "#web/ui/outcome.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { EmptyState, Notice } from "#web/ui/surface.tsx";

import type { Route } from "./+types/bookings-page";

export async function loader({ context, request }: Route.LoaderArgs) {
  return {
    ...(await readDesk(context, request)),
    words: words(context, ["bookings.desk", "scheduling.book", "scheduling.status"]),
  };
}

export const action = async ({ context, request }: Route.ActionArgs) =>
  actOnBookings(context, await request.formData());

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["bookings.desk"].pageTitle },
];

type Data = Route.ComponentProps["loaderData"];

export default function BookingsPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("bookings.desk");
  const [ending, setEnding] = useState<Ending>({ intent: "cancelled", rows: [] });
  const { view, range, zone, today, now, isZoneUnknown, types, hosts, filter, feed, items, nextCursor, mine } =
    loaderData;
  const { zone: named } = useAddress();
  return (
    <>
      <PageHeader
        title={words.title}
        actions={
          <>
            <ButtonLink to="/analytics" className="max-sm:hidden" icon={<ChartColumn aria-hidden="true" />}>
              {words.figures}
            </ButtonLink>
            {loaderData.hasGroups && (
              <ButtonLink to="/waitlist" className="max-sm:hidden" icon={<Hourglass aria-hidden="true" />}>
                {words.waitlist}
              </ButtonLink>
            )}
            <MoreOfDesk filter={filter} feedUrl={feed.url} hasGroups={loaderData.hasGroups} />
            {types.length > 0 && (
              <ButtonLink to="/bookings/new" variant="primary" icon={<Plus aria-hidden="true" />}>
                {words.new}
              </ButtonLink>
            )}
          </>
        }
      />
      {actionData?.ok && <Ended done={actionData.value} />}
      {actionData?.ok === false && (
        <Outcome of={actionData} mood="bad">
          {actionData.message}
        </Outcome>
      )}
      <div className="mb-6 grid gap-4">
        <OrganizerChips mine={mine} label={words.organizer} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 sm:flex sm:flex-wrap sm:items-center sm:justify-between">
          <ViewTabs view={view} />
          {view === "list" && (
            <div>
              <WhenChips />
            </div>
          )}
        </div>
        <DeskFilters {...{ view, types, hosts }} />
        {range && <RangeNav {...{ view, range, today }} />}
      </div>
      {items.length === 0 && view !== "week" && view !== "month" ? (
        <Nothing data={loaderData} />
      ) : (
        <Views
          data={loaderData}
          done={actionData?.ok && !actionData.value.asks && actionData.value}
          onEnd={setEnding}
        />
      )}
      {range ? nextCursor && <Notice mood="warn">{words.tooMany}</Notice> : <More cursor={nextCursor} />}
      <div className="mt-8 border-t border-line pt-4">
        <ZoneChoice zone={zone} now={now} isUnknown={isZoneUnknown} isGuessed={named === null} />
      </div>
      <EndingDialog ending={ending} />
    </>
  );
}

function Views({ data, done, onEnd }: { data: Data; done: unknown; onEnd: (ending: Ending) => void }) {
  const { view, range, items, zone, today, now, nowMinute, hosts, firstWeekday } = data;
  if (!range) return <BookingList {...{ items, zone, now, onEnd, done }} showsHosts={hosts.length > 1} />;
  if (view === "week") {
    return (
      <>
        <div className="max-md:hidden">
          <WeekGrid {...{ items, zone, today, nowMinute }} from={range.from} />
        </div>
        <div className="md:hidden">
          {items.length === 0 ? <Nothing data={data} /> : <Agenda {...{ items, zone, today, now, onEnd }} />}
        </div>
      </>
    );
  }
  if (view === "month") return <MonthView {...{ items, zone, today, firstWeekday }} month={range.from.slice(0, 7)} />;
  return <Agenda {...{ items, zone, today, now, onEnd }} />;
}

const narrowing = new Set(["event_type_id", "host_id", "status", "q", "start_date"]);

/** Nothing at all yet is another thing than nothing of this kind. */
function Nothing({ data: { filter, range, types } }: { data: Data }) {
  const words = useWords("bookings.desk");
  // A week or a month has its dates from what is looked at.
  const isNarrowed = Object.keys(filter).some((name) => narrowing.has(name) && !(range && name === "start_date"));
  return (
    <EmptyState
      picture={<Hall dots={24} taken={0} className="h-14" />}
      title={isNarrowed ? words.noneTitle : words.emptyTitle}
      text={isNarrowed ? words.noneText : words.emptyText}
      action={
        !isNarrowed && (
          <ButtonLink to={types.length > 0 ? "/event-types" : "/event-types/new"}>
            {types.length > 0 ? words.share : words.make}
          </ButtonLink>
        )
      }
    />
  );
}
