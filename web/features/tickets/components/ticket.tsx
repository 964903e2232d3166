import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useSearchParams } from "react-router";

import type { RegistrationDetail } from "#contract/registrations.ts";
import type { OpenTerms } from "#contract/terms.ts";
import { atOccurrence } from "#web/features/events/components/at-time.ts";
import { EventCover } from "#web/features/events/components/event-cover.tsx";
import { CalendarLinks } from "#web/features/registrations/components/calendar-links.tsx";
import { acceptanceOf, TermsText, whatIsLeft } from "#web/features/registrations/components/terms-text.tsx";
import { Answers, BeSeen, GiveBack, SwapSide } from "#web/features/tickets/components/answers.tsx";
import { HandOn, UnnamedSeats } from "#web/features/tickets/components/hand-on.tsx";
import { Standing } from "#web/features/tickets/components/standing.tsx";
import type { QrPicture } from "#web/platform/qr-path.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { useRoot } from "#web/shell/viewer.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { QrCode } from "#web/ui/qr-code.tsx";
import { Panel } from "#web/ui/surface.tsx";
import { TimeSpan } from "#web/ui/time.tsx";
import { toneStyle } from "#web/ui/tone.ts";

interface Props {
  registration: RegistrationDetail;
  /** What the last form answered. */
  result: unknown;
  /** The way into the live room, when this place has one. */
  join?: ReactNode;
}

/** Somebody's place at a gathering, whatever its state: how it stands, and what can be done with it. */
export function Ticket({ registration, result, join }: Props) {
  const words = useWords("tickets.ticket");
  const [search] = useSearchParams();
  const publicUrl = useRoot()?.publicUrl ?? "";
  const { event, status, attendance } = registration;
  const isOn = isOnFor(registration);
  return (
    <article aria-labelledby="ticket-event" className="grid gap-6">
      {!isOn && <Standing registration={registration} />}
      {registration.terms && <Accepts terms={registration.terms} result={result} />}
      {isOn && join}
      {isOn && attendance === "attended" && (
        <p className="flex items-center gap-2 text-good">
          <CircleCheck aria-hidden="true" className="size-5" />
          {words.attended}
        </p>
      )}
      {status === "offered" && <Answers registration={registration} result={result} />}
      <Facts registration={registration} />
      {isOn && (
        <CalendarLinks
          file={`/api/v1/registrations/${registration.id}/calendar.ics`}
          title={event.title}
          startTime={event.startTime}
          endTime={event.endTime}
          where={[event.placeName, event.placeAddress].filter(Boolean).join(", ")}
          url={`${publicUrl}/events/${event.slug}`}
        />
      )}
      {event.status !== "cancelled" && <UnnamedSeats registration={registration} result={result} />}
      <div>
        {isOn && !registration.isUnnamed && (
          <BeSeen registration={registration} result={result} isOpen={search.has("listing")} />
        )}
        {isOn && <SwapSide registration={registration} result={result} isOpen={search.has("swap")} />}
        {isOn && <HandOn registration={registration} result={result} />}
        {event.status !== "cancelled" && status !== "offered" && <GiveBack status={status} result={result} />}
      </div>
    </article>
  );
}

/** What is asked at the door of who was brought along or added can be answered before. */
function Accepts({ terms, result }: { terms: OpenTerms; result: unknown }) {
  const words = useWords("registrations.terms");
  const fill = useFill();
  return (
    <Panel aria-label={words.panel}>
      <Form result={result} className="grid justify-items-start gap-4 [&>details]:w-full">
        <TermsText {...terms} where="ahead" />
        {Object.entries(acceptanceOf(terms)).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SubmitButton variant="secondary" name="intent" value="acceptTerms">
          {fill(words.accept, whatIsLeft(terms))}
        </SubmitButton>
      </Form>
    </Panel>
  );
}

function Facts({ registration }: { registration: RegistrationDetail }) {
  const words = useWords("tickets.ticket");
  const fill = useFill();
  const { event, status, name, side, ticketType, party, ticket } = registration;
  return (
    <dl className="grid content-start gap-4 sm:grid-cols-2">
      {event.format !== "virtual" && side !== "virtual" && (
        <Fact name={words.where}>
          <span lang={event.language} className="block font-medium">
            {event.placeName}
          </span>
          {event.placeAddress && (
            <span lang={event.language} className="block">
              {event.placeAddress}
            </span>
          )}
          {event.placeNotes && (
            <span lang={event.language} className="block text-ink-soft">
              {event.placeNotes}
            </span>
          )}
        </Fact>
      )}
      {side === "virtual" && <Fact name={words.where}>{words.online}</Fact>}
      {!(ticket && side !== "virtual") && <Fact name={words.name}>{name}</Fact>}
      {ticketType && (
        <Fact name={words.ticket}>
          <span lang={event.language}>{ticketType.name}</span>
        </Fact>
      )}
      {event.format === "hybrid" && <Fact name={words.side}>{fill(words.sideName, { side })}</Fact>}
      <Fact name={words.with}>
        <span dir="auto">{event.organizerName}</span>
      </Fact>
      {party.length > 0 && (
        <Fact name={words.party}>
          {party.map(({ name: other }) => other).join(", ")}
          <span className="block text-sm text-ink-soft">{fill(words.partyNote, { status })}</span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd className="text-base">{children}</dd>
    </div>
  );
}

const isOnFor = ({ status, event }: RegistrationDetail) => status === "confirmed" && event.status !== "cancelled";

/** What it is a ticket for, and its code, as one slip in the event's own colour; made for a phone held out at a door. */
export function TicketHead({ registration, qr }: { registration: RegistrationDetail; qr: QrPicture | null }) {
  const words = useWords("tickets.ticket");
  const fill = useFill();
  const { event, status, side, ticket, name } = registration;
  const { eventId, hue, coverUrl } = event;
  return (
    <header
      style={toneStyle(hue)}
      className="relative mb-7 overflow-hidden rounded-panel border border-line bg-surface shadow-float"
    >
      <div className="h-24 sm:h-32">
        <EventCover event={{ id: eventId, hue, coverUrl }} sizes="34rem" isFirst />
      </div>
      <div className="grid gap-1.5 p-5 sm:px-7 sm:py-6">
        <p className="text-sm font-medium text-accent">{fill(words.title, { status })}</p>
        <h1 id="ticket-event" lang={event.language} className="text-2xl!">
          {event.title}
        </h1>
        <p className="text-base">
          <TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} />
        </p>
        <p>
          <Link to={atOccurrence(`/events/${event.slug}`, event.gatheringId)} className="link text-sm">
            {words.event}
          </Link>
        </p>
      </div>
      {isOnFor(registration) && qr && ticket && side !== "virtual" && (
        <Code qr={qr} typed={ticket.typedCode} name={name} />
      )}
    </header>
  );
}

/** Torn off at the door. The code stands on white in every look: a camera reads it in the dark. */
function Code({ qr, typed, name }: { qr: QrPicture; typed: string; name: string }) {
  const words = useWords("tickets.ticket");
  const notch = "absolute -top-3 size-6 rounded-full border border-line bg-paper";
  return (
    <figure className="relative grid justify-items-center gap-4 border-t-2 border-dashed border-line p-5 text-center sm:p-7">
      <span aria-hidden="true" className={`${notch} -start-3.5`} />
      <span aria-hidden="true" className={`${notch} -end-3.5`} />
      <QrCode picture={qr} label={words.qr} className="w-full max-w-[21rem] rounded-control bg-[#fff] text-[#000]" />
      <figcaption className="grid gap-1">
        <span className="font-serif text-xl font-[560] break-words">{name}</span>
        <span className="text-sm text-ink-soft">{words.typed}</span>
        <span className="font-mono text-lg font-medium tracking-[0.12em]">{typed}</span>
      </figcaption>
    </figure>
  );
}
