import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useSearchParams } from "react-router";

import type { RegistrationDetail } from "#contract/registrations.ts";
import { CalendarLinks } from "#web/features/registrations/components/calendar-links.tsx";
import { Answers, BeSeen, GiveBack, SwapSide } from "#web/features/tickets/components/answers.tsx";
import { HandOn, UnnamedSeats } from "#web/features/tickets/components/hand-on.tsx";
import { Standing } from "#web/features/tickets/components/standing.tsx";
import type { QrPicture } from "#web/platform/qr-path.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { useRoot } from "#web/shell/viewer.ts";
import { QrCode } from "#web/ui/qr-code.tsx";
import { TimeSpan } from "#web/ui/time.tsx";

interface Props {
  registration: RegistrationDetail;
  qr: QrPicture | null;
  /** What the last form answered. */
  result: unknown;
  /** The way into the live room, when this place has one. */
  join?: ReactNode;
}

/** Somebody's place at a gathering, whatever its state; made for a phone held out at a door. */
export function Ticket({ registration, qr, result, join }: Props) {
  const words = useWords("tickets.ticket");
  const [search] = useSearchParams();
  const publicUrl = useRoot()?.publicUrl ?? "";
  const { event, status, side, attendance } = registration;
  const isOn = status === "confirmed" && event.status !== "cancelled";
  return (
    <article aria-labelledby="ticket-event" className="grid gap-6">
      {!isOn && <Standing registration={registration} />}
      {isOn && join}
      {isOn && attendance === "attended" && (
        <p className="flex items-center gap-2 text-good">
          <CircleCheck aria-hidden="true" className="size-5" />
          {words.attended}
        </p>
      )}
      {isOn && qr && registration.ticket && side !== "virtual" && (
        <Code qr={qr} typed={registration.ticket.typedCode} name={registration.name} />
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
      {isOn && !registration.isUnnamed && (
        <BeSeen registration={registration} result={result} isOpen={search.has("listing")} />
      )}
      {isOn && <SwapSide registration={registration} result={result} isOpen={search.has("swap")} />}
      {isOn && <HandOn registration={registration} result={result} />}
      {event.status !== "cancelled" && status !== "offered" && <GiveBack status={status} result={result} />}
    </article>
  );
}

/** White in every look and as wide as a phone: a door's camera reads it in the dark. */
function Code({ qr, typed, name }: { qr: QrPicture; typed: string; name: string }) {
  const words = useWords("tickets.ticket");
  return (
    <figure className="mx-auto grid w-full max-w-[24rem] justify-items-center gap-1 rounded-panel border border-line bg-[#fff] p-3 pb-5 text-center text-[#000]">
      <QrCode picture={qr} label={words.qr} className="w-full" />
      <figcaption className="grid gap-1">
        <span className="font-serif text-xl font-[560] break-words">{name}</span>
        <span className="text-sm opacity-70">{words.typed}</span>
        <span className="font-mono text-lg font-medium tracking-[0.12em]">{typed}</span>
      </figcaption>
    </figure>
  );
}

function Facts({ registration }: { registration: RegistrationDetail }) {
  const words = useWords("tickets.ticket");
  const fill = useFill();
  const { event, name, side, ticketType, party, ticket } = registration;
  return (
    <dl className="grid gap-4">
      <Fact name={words.when}>
        <TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} />
      </Fact>
      {event.format !== "virtual" && side !== "virtual" && (
        <Fact name={words.where}>
          <span className="font-medium">{event.placeName}</span>
          {event.placeAddress && <span className="block">{event.placeAddress}</span>}
          {event.placeNotes && <span className="block text-ink-soft">{event.placeNotes}</span>}
        </Fact>
      )}
      {side === "virtual" && <Fact name={words.where}>{words.online}</Fact>}
      {!(ticket && side !== "virtual") && <Fact name={words.name}>{name}</Fact>}
      {ticketType && <Fact name={words.ticket}>{ticketType.name}</Fact>}
      {event.format === "hybrid" && <Fact name={words.side}>{fill(words.sideName, { side })}</Fact>}
      <Fact name={words.with}>{event.organizerName}</Fact>
      {party.length > 0 && (
        <Fact name={words.party}>
          {party.map(({ name: other }) => other).join(", ")}
          <span className="block text-sm text-ink-soft">{words.partyNote}</span>
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

/** The head of the page: what it is a ticket for. */
export function TicketHead({ registration }: { registration: RegistrationDetail }) {
  const words = useWords("tickets.ticket");
  const fill = useFill();
  const { event, status } = registration;
  return (
    <header className="mb-6 grid gap-1">
      <p className="text-sm text-ink-soft">{fill(words.title, { status })}</p>
      <h1 id="ticket-event" lang={event.language} className="text-2xl!">
        {event.title}
      </h1>
      <p>
        <Link to={`/events/${event.slug}`} className="link text-sm">
          {words.event}
        </Link>
      </p>
    </header>
  );
}
