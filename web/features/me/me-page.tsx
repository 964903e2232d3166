import { registrations } from "#contract/registrations.ts";
import { ownBookings } from "#contract/scheduling-own.ts";
import { Next } from "#web/features/me/components/next.tsx";
import { type Place, pastPart, placesOf, sorted } from "#web/features/me/components/places.ts";
import { List } from "#web/features/me/components/rows.tsx";
import { roomOfBooking } from "#web/features/scheduling/act.ts";
import { roomOf as roomOfTicket } from "#web/features/tickets/act.ts";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { useKept } from "#web/platform/offline.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { More } from "#web/ui/more.tsx";
import { PageHeader, WidePage } from "#web/ui/page.tsx";
import { EmptyState } from "#web/ui/surface.tsx";

import type { Route } from "./+types/me-page";

const pastAtOnce = 10;
/** Of the tickets that this device keeps for when there is no line. */
const mostKept = 20;

export async function loader({ request, context }: Route.LoaderArgs) {
  const viewer = signedIn(context, request);
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  const ahead = { query: { when: "upcoming", limit: 100 } } as const;
  // Enough of each for what is shown of both, and for what began at the same moment.
  const past = { query: { when: "past", limit: 2 * pastAtOnce, before } } as const;
  const [seats, booked, pastSeats, pastBooked] = await Promise.all([
    call(context, registrations.mine, ahead),
    call(context, ownBookings.mine, ahead),
    call(context, registrations.mine, past),
    call(context, ownBookings.mine, past),
  ]);
  const { now, say } = pageOf(context);
  const isMore = pastSeats.nextCursor !== null || pastBooked.nextCursor !== null;
  const { next, ...others } = sorted(placesOf(seats.items, booked.items), now);
  return {
    next,
    ...others,
    ...pastPart(placesOf(pastSeats.items, pastBooked.items), pastAtOnce, isMore),
    room: next ? await roomOf(context, next, now) : null,
    now: now.toISOString(),
    title: say("me.page.title"),
    name: viewer.name,
    words: words(context, ["me.page", "events.joinButton", "scheduling.facts"]),
  };
}

const nearMs = 3_600_000;

/** The live room of what is next, once it is near. */
function roomOf(context: Route.LoaderArgs["context"], { startTime, registration, booking }: Place, now: Date) {
  if (new Date(startTime).getTime() - now.getTime() >= nearMs) return null;
  return registration ? roomOfTicket(context, registration) : roomOfBooking(context, booking);
}

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.title }];

export default function MePage({ loaderData }: Route.ComponentProps) {
  const { next, upcoming, offers, waiting, past, before, name } = loaderData;
  const words = useWords("me.page");
  const fill = useFill();
  const ahead = [...(next ? [next] : []), ...upcoming, ...offers, ...waiting];
  const tickets = ahead.flatMap(({ registration }) => registration?.id ?? []).slice(0, mostKept);
  useKept(["/me", ...tickets.map((id) => `/me/tickets/${id}`)], true);
  const isEmpty = !next && upcoming.length + offers.length + waiting.length === 0;
  return (
    <WidePage>
      <PageHeader
        title={words.title}
        over={fill(words.hello, { name })}
        actions={<ButtonLink to="/me/following">{words.following}</ButtonLink>}
      />
      {offers.length > 0 && <List id="offers" title={words.offers} items={offers} />}
      {next && <Next place={next} room={loaderData.room} now={loaderData.now} />}
      {isEmpty && (
        <EmptyState
          picture={<Hall dots={24} taken={0} className="h-16" />}
          title={words.emptyTitle}
          text={words.emptyText}
          action={
            <div className="flex flex-wrap justify-center gap-3">
              <ButtonLink to="/events" variant="primary">
                {words.browse}
              </ButtonLink>
              <ButtonLink to="/organize">{words.organize}</ButtonLink>
            </div>
          }
        />
      )}
      {upcoming.length > 0 && <List id="upcoming" title={words.upcoming} items={upcoming} />}
      {waiting.length > 0 && <List id="waiting" title={words.waiting} items={waiting} />}
      {past.length > 0 && (
        <List id="past" title={words.past} items={past} isPast>
          <More cursor={before} name="before" />
        </List>
      )}
    </WidePage>
  );
}
