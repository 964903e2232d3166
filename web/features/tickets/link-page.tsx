import { MailCheck } from "lucide-react";
import { data, Link } from "react-router";
import { z } from "zod";

import { registrations } from "#contract/registrations.ts";
import { EventJoinButton } from "#web/features/rooms/components/event-join-button.tsx";
import { act, roomOf } from "#web/features/tickets/act.ts";
import { Ticket, TicketHead } from "#web/features/tickets/components/ticket.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useKept } from "#web/platform/offline.ts";
import { qrPath } from "#web/platform/qr-path.ts";
import { opened, secretHeaders } from "#web/platform/secret-link.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { NarrowPage, PageMessage } from "#web/ui/page.tsx";

import type { Route } from "./+types/link-page";

export const headers = secretHeaders;

const parts = [
  "tickets.ticket",
  "tickets.state",
  "tickets.cancel",
  "tickets.swap",
  "tickets.handOn",
  "tickets.listing",
  "tickets.link",
  "registrations.calendar",
  "registrations.terms",
  "events.joinButton",
] as const;

export async function loader({ params, context }: Route.LoaderArgs) {
  const page = pageOf(context);
  const sentences = words(context, parts);
  const registration = await open(context, params.token);
  if (!registration) {
    const title = page.say("tickets.link.wrongTitle");
    return data({ registration: null, qr: null, room: null, title, words: sentences }, { status: 410 });
  }
  const { status, event, ticket } = registration;
  const title = page.say("tickets.ticket.pageTitle", { status, event: event.title });
  const room = await roomOf(context, registration);
  return data({ registration, qr: ticket && qrPath(ticket.code), room, title, words: sentences });
}

/** From now on this browser holds the registration. */
const open = (context: Route.LoaderArgs["context"], token: string) =>
  opened(call(context, registrations.openLink, { body: { token } }));

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  if (form.get("intent") === "resend") {
    return formResult(form, z.object({ email: z.email() }), ({ email }) =>
      call(context, registrations.resend, { body: { email } }),
    );
  }
  const registration = await open(context, params.token);
  return registration && act(context, form, registration.id);
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: "robots", content: "noindex, nofollow" },
];

export default function LinkPage({ loaderData, actionData, params }: Route.ComponentProps) {
  const { registration, qr, room } = loaderData;
  useKept(registration ? [`/t/${params.token}`] : undefined);
  return (
    <NarrowPage>
      {registration ? (
        <>
          <TicketHead registration={registration} qr={qr} />
          <Ticket registration={registration} result={actionData} join={room && <EventJoinButton room={room} />} />
          <Forget />
        </>
      ) : (
        <WrongLink result={actionData} />
      )}
    </NarrowPage>
  );
}

/** Whoever came without an account can be forgotten all the same. */
function Forget() {
  const words = useWords("tickets.link");
  return (
    <p className="mt-10 text-sm text-ink-soft">
      <Link to="/forget" className="link">
        {words.forget}
      </Link>
    </p>
  );
}

/** Old or torn: says so kindly, and sends new links to whoever really has a place. */
function WrongLink({ result }: { result: Route.ComponentProps["actionData"] }) {
  const words = useWords("tickets.link");
  if (result?.ok) {
    return (
      <PageMessage
        icon={<MailCheck aria-hidden="true" />}
        title={words.sentTitle}
        text={words.sentText}
        action={<ButtonLink to="/events">{words.home}</ButtonLink>}
      />
    );
  }
  return (
    <div className="grid gap-6">
      <Hall dots={24} taken={1} className="h-16 justify-self-center" />
      <h1 className="text-center">{words.wrongTitle}</h1>
      <p className="text-center text-base text-balance text-ink-soft">{words.wrongText}</p>
      <Form result={result} className="grid gap-5">
        <Field name="email" type="email" label={words.email} autoComplete="email" required />
        <SubmitButton size="lg" name="intent" value="resend">
          {words.send}
        </SubmitButton>
      </Form>
    </div>
  );
}
