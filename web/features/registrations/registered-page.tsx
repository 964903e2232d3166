import { MailCheck, Ticket } from "lucide-react";
import type { ReactNode } from "react";
import { z } from "zod";

import { events } from "#contract/events.ts";
import { type RegistrationDetail, registrations } from "#contract/registrations.ts";
import { atTime, calendarFileOf, timeIn } from "#web/features/events/components/at-time.ts";
import { mailboxFor } from "#web/features/mailbox/act.ts";
import { MailboxLink } from "#web/features/mailbox/components/mailbox-link.tsx";
import { CalendarLinks } from "#web/features/registrations/components/calendar-links.tsx";
import { type How, howFor, readSent } from "#web/features/registrations/components/sent-cookie.ts";
import { Share } from "#web/features/registrations/components/share.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { NarrowPage } from "#web/ui/page.tsx";
import { Notice, Section } from "#web/ui/surface.tsx";
import { TimeSpan } from "#web/ui/time.tsx";

import type { Route } from "./+types/registered-page";

const parts = [
  "registrations.sent",
  "registrations.done",
  "registrations.share",
  "registrations.calendar",
  "mailbox.link",
] as const;

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { say, publicUrl } = pageOf(context);
  const id = new URL(request.url).searchParams.get("registration");
  const registration = id ? await call(context, registrations.get, { params: { id } }) : null;
  const asked = {
    params: { id: params.slug },
    query: { occurrence_id: registration?.occurrenceId ?? timeIn(request) },
  };
  const [whole, options] = await Promise.all([
    call(context, events.get, asked),
    call(context, registrations.options, asked),
  ]);
  const event = atTime(whole);
  const title = registration
    ? say("registrations.done.pageTitle", { status: registration.status })
    : say("registrations.sent.pageTitle");
  const sent = readSent(request);
  return {
    event,
    registration,
    sent,
    how: registration ? howItStands(registration) : (sent?.how ?? howFor(options)),
    mailbox: sent && (await mailboxFor(context, sent.email)),
    title,
    url: `${publicUrl}/events/${event.slug}`,
    words: words(context, parts),
  };
}

const howItStands = ({ status }: RegistrationDetail): How =>
  status === "pending" ? "ask" : status === "waitlisted" ? "wait" : "take";

/** Sends the letter again. The answer is always the same: whether there is one to send is nobody's business here. */
export async function action({ params, request, context }: Route.ActionArgs) {
  return formResult(request, z.object({ email: z.email() }), ({ email }) =>
    call(context, registrations.resend, { body: { eventId: params.slug, email } }),
  );
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: "robots", content: "noindex" },
];

export default function RegisteredPage({ loaderData, actionData }: Route.ComponentProps) {
  const { event, registration, sent, how, mailbox, url } = loaderData;
  const words = useWords("registrations.sent");
  const share = useWords("registrations.share");
  // Of a guest's one registration this page knows nothing: what the event asks of everybody decides.
  const hasPlace = registration ? registration.status === "confirmed" : how === "take";
  return (
    <NarrowPage>
      {registration ? (
        <Done registration={registration} />
      ) : (
        <Letter sent={sent} mailbox={mailbox} result={actionData} />
      )}
      <Section id="next" title={words.next} className="mt-10 border-t border-line pt-10">
        <p className="mb-1 font-medium" lang={event.language}>
          {event.title}
        </p>
        {event.startTime && event.endTime && (
          <>
            <p className="mb-4 text-ink-soft">
              <TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} />
            </p>
            {hasPlace && (
              <CalendarLinks
                file={calendarFileOf(event)}
                title={event.title}
                startTime={event.startTime}
                endTime={event.endTime}
                where={[event.placeName, event.placeAddress].filter(Boolean).join(", ")}
                url={url}
              />
            )}
          </>
        )}
        <Steps format={event.format} how={how} hasLetter={!registration} />
      </Section>
      <Section id="share" title={share.title} text={share.text}>
        <Share title={event.title} url={url} />
      </Section>
    </NarrowPage>
  );
}

/** Signed in: how it went, at once. */
function Done({ registration }: { registration: RegistrationDetail }) {
  const words = useWords("registrations.done");
  const fill = useFill();
  const { status, email, position, party, seats, id } = registration;
  const kind = status === "confirmed" || status === "pending" || status === "waitlisted" ? status : "other";
  return (
    <Hero
      picture={<Hall dots={24} taken={status === "confirmed" ? 24 : 12} className="h-16" />}
      title={fill(words[kind], { position: position ?? 1 })}
    >
      <p>{fill(words[`${kind}Text`], { email })}</p>
      {seats.length > 0 && <p>{fill(words.seats, { status, n: seats.length })}</p>}
      {party.length > 0 && <p>{fill(words.party, { n: party.length })}</p>}
      <div className="mt-3">
        <ButtonLink to={`/me/tickets/${id}`} variant="primary" size="lg" icon={<Ticket aria-hidden="true" />}>
          {status === "confirmed" ? words.ticket : words.place}
        </ButtonLink>
      </div>
    </Hero>
  );
}

interface LetterProps {
  sent: Route.ComponentProps["loaderData"]["sent"];
  mailbox: string | null;
  result: Route.ComponentProps["actionData"];
}

/** A guest: the mailbox knows, and only the mailbox. */
function Letter({ sent, mailbox, result }: LetterProps) {
  const words = useWords("registrations.sent");
  const fill = useFill();
  return (
    <>
      <Hero
        picture={<MailCheck aria-hidden="true" className="size-12 stroke-[1.25] text-accent" />}
        title={words.title}
      >
        {sent ? (
          <p>
            {words.sentTo} <strong className="font-medium break-all text-ink">{sent.email}</strong>.{" "}
            {fill(words.brings, { how: sent.how })}
          </p>
        ) : (
          <p>{words.sentToYou}</p>
        )}
        {sent && sent.others > 0 && <p>{fill(words.others, { n: sent.others })}</p>}
        <MailboxLink to={mailbox} />
        <p className="text-sm">{words.onlyThere}</p>
      </Hero>
      <Form result={result} className="mt-8 grid gap-3 rounded-panel border border-line p-5">
        {result?.ok ? (
          <Notice mood="good">{words.sentAgain}</Notice>
        ) : (
          <>
            <p className="text-sm text-ink-soft">{words.nothing}</p>
            {sent ? (
              <input type="hidden" name="email" value={sent.email} />
            ) : (
              <Field name="email" type="email" label={words.address} autoComplete="email" required />
            )}
            <SubmitButton variant="secondary" className="justify-self-start">
              {words.again}
            </SubmitButton>
          </>
        )}
      </Form>
    </>
  );
}

function Hero({ picture, title, children }: { picture: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-4 text-center">
      {picture}
      <h1>{title}</h1>
      <div className="grid max-w-[46ch] gap-2 text-base text-ink-soft">{children}</div>
    </div>
  );
}

const arrival = { in_person: "stepDoor", virtual: "stepVirtual", hybrid: "stepHybrid" } as const;

interface StepsProps {
  format: keyof typeof arrival;
  how: How;
  hasLetter: boolean;
}

/** Follows what the event asks of everybody, never what became of this one request: that stands in the letter alone. */
function Steps({ format, how, hasLetter }: StepsProps) {
  const words = useWords("registrations.sent");
  const first = { take: hasLetter ? words.stepLetter : null, ask: words.stepAsk, wait: words.stepWait }[how];
  const steps = [first, how === "take" ? words.stepCalendar : words.stepThen, words[arrival[format]]].filter(
    (step) => step !== null,
  );
  return (
    <ol className="mt-6 grid gap-3">
      {steps.map((step, index) => (
        <li key={step} className="grid grid-cols-[1.75rem_1fr] gap-3 text-ink-soft">
          <span aria-hidden="true" className="font-serif text-lg leading-snug text-accent tabular">
            {index + 1}
          </span>
          {step}
        </li>
      ))}
    </ol>
  );
}
