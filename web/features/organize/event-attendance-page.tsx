import { useOutletContext } from "react-router";

import type { EventView } from "#contract/events.ts";
import { rooms } from "#contract/rooms.ts";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { StaysTable } from "#web/features/organize/components/stays-table.tsx";
import { call } from "#web/platform/api.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { Hall } from "#web/ui/hemicycle.tsx";
import { EmptyState, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/event-attendance-page";

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const occurrence = new URL(request.url).searchParams.get("occurrence_id") ?? undefined;
  const { stats } = await call(context, rooms.attendance, {
    params: { id: params.id },
    query: { occurrence_id: occurrence },
  });
  return {
    stats,
    words: words(context, ["organize.attendance"]),
  };
}

export const meta: Route.MetaFunction = consoleTitle("organize.attendance");

export default function EventAttendancePage({ loaderData: { stats } }: Route.ComponentProps) {
  const words = useWords("organize.attendance");
  return (
    <Section id="attendance" title={words.title} text={words.text}>
      {stats.attendees.length === 0 ? (
        <EmptyState
          picture={<Hall dots={26} taken={0} className="h-14" />}
          title={words.emptyTitle}
          text={words.emptyText}
        />
      ) : (
        <Ledger stats={stats} />
      )}
    </Section>
  );
}

function Ledger({ stats }: { stats: Route.ComponentProps["loaderData"]["stats"] }) {
  const words = useWords("organize.attendance");
  const fill = useFill();
  const { timeZone } = useOutletContext<EventView>();
  const figures = [
    { n: stats.totalVirtualAttendees, says: fill(words.total, { n: stats.totalVirtualAttendees }) },
    { n: stats.peakConcurrentAttendees, says: words.peak },
    { n: Math.round(stats.averageDurationMinutes), says: words.average },
  ];
  return (
    <div className="grid gap-10">
      <dl className="grid grid-cols-3 gap-6">
        {figures.map(({ n, says }) => (
          <div key={says} className="flex flex-col-reverse justify-end border-s-2 border-line ps-4">
            <dt className="text-sm text-ink-soft">{says}</dt>
            <dd className="font-serif text-2xl tabular">{n}</dd>
          </div>
        ))}
      </dl>
      <StaysTable stays={stats.attendees} zone={timeZone} />
    </div>
  );
}
