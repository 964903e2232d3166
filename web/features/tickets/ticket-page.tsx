import { registrations } from "#contract/registrations.ts";
import { EventJoinButton } from "#web/features/rooms/components/event-join-button.tsx";
import { act, roomOf } from "#web/features/tickets/act.ts";
import { Ticket, TicketHead } from "#web/features/tickets/components/ticket.tsx";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { useKept } from "#web/platform/offline.ts";
import { qrPath } from "#web/platform/qr-path.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { words } from "#web/platform/words.ts";
import { NarrowPage } from "#web/ui/page.tsx";

import type { Route } from "./+types/ticket-page";

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const registration = await open(context, request, params);
  const { status, event, ticket } = registration;
  return {
    registration,
    qr: ticket && qrPath(ticket.code),
    room: await roomOf(context, registration),
    title: pageOf(context).say("tickets.ticket.pageTitle", { status, event: event.title }),
    words: words(context, [
      "tickets.ticket",
      "tickets.state",
      "tickets.cancel",
      "tickets.swap",
      "tickets.handOn",
      "tickets.listing",
      "registrations.calendar",
      "registrations.terms",
      "events.joinButton",
    ]),
  };
}

/** A guest's browser holds it since the letter's link was opened there; to whom it is not open, an account may open it. */
async function open(context: Route.LoaderArgs["context"], request: Request, params: { id: string }) {
  try {
    return await call(context, registrations.get, { params });
  } catch (thrown) {
    if (refusalOf(thrown)) signedIn(context, request);
    throw thrown;
  }
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return act(context, await request.formData(), params.id);
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: "robots", content: "noindex" },
];

export default function TicketPage({ loaderData, actionData }: Route.ComponentProps) {
  const { registration, qr, room } = loaderData;
  useKept([`/me/tickets/${registration.id}`]);
  return (
    <NarrowPage>
      <TicketHead registration={registration} qr={qr} />
      <Ticket registration={registration} result={actionData} join={room && <EventJoinButton room={room} />} />
    </NarrowPage>
  );
}
