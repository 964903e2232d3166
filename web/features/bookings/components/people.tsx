import { UserPlus } from "lucide-react";
import { Link } from "react-router";

import type { Question } from "#contract/questions.ts";
import type { Booking, BookingAttendee } from "#contract/scheduling-bookings.ts";
import { Known } from "#web/features/bookings/components/known.tsx";
import { AnswerList } from "#web/features/questions/components/answer-list.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Confirm, Dialog, OpenDialog } from "#web/ui/dialog.tsx";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { Badge, Section } from "#web/ui/surface.tsx";

const isGone = ({ status }: BookingAttendee) => status === "cancelled" || status === "declined";

const seatsLeft = ({ maxAttendees, attendeeCount, seatsOffered }: Booking): number =>
  maxAttendees - attendeeCount - seatsOffered;

interface Props {
  booking: Booking;
  /** What is asked of those who come. */
  questions: readonly Question[];
  now: string;
  /** What the page's action answered. */
  result: unknown;
}

/** Who comes: each with what they said, and what their host can do about them. */
export function People({ booking, questions, now, result }: Props) {
  const words = useWords("bookings.people");
  const fill = useFill();
  const { attendees, maxAttendees, attendeeCount, status, endTime } = booking;
  const isGroup = maxAttendees > 1;
  const isFull = seatsLeft(booking) <= 0;
  return (
    <Section
      id="who"
      title={words.title}
      text={isGroup ? fill(words.seatsTaken, { taken: attendeeCount, all: maxAttendees }) : undefined}
      action={
        isGroup &&
        status === "confirmed" &&
        endTime > now &&
        !isFull && <Add booking={booking} questions={questions} result={result} />
      }
    >
      <ul className="grid border-t border-line">
        {attendees.map((one) => (
          <li key={one.id} className="grid gap-1 border-line py-4 not-last:border-b">
            <Person {...{ one, booking, now }} by={attendees.find(({ id }) => id === one.guestOf)?.name} />
          </li>
        ))}
      </ul>
      {booking.waiting > 0 && (
        <p className="mt-3 text-sm">
          <Link to={`/waitlist?event_type_id=${booking.eventType.id}`} className="link">
            {fill(words.waiting, { n: booking.waiting })}
          </Link>
        </p>
      )}
    </Section>
  );
}

interface PersonProps {
  one: BookingAttendee;
  /** Who brings them. */
  by: string | undefined;
  booking: Booking;
  now: string;
}

function Person({ one, by, booking, now }: PersonProps) {
  const words = useWords("bookings.people");
  const fill = useFill();
  const { name, email, phone, seats, notes, timeZone, cancellationReason } = one;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className={`font-medium ${isGone(one) ? "text-ink-soft line-through" : ""}`}>{name}</span>
        {seats > 1 && <span className="text-sm text-ink-soft">{fill(words.seats, { n: seats })}</span>}
        {by && <span className="text-sm text-ink-soft">{fill(words.broughtBy, { name: by })}</span>}
        <Standing one={one} />
        <PersonActs {...{ one, booking, now }} />
      </div>
      <p className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
        {email && (
          <a href={`mailto:${email}`} className="link">
            {email}
          </a>
        )}
        {phone && (
          <a href={`tel:${phone.replace(/[^+\d]/g, "")}`} className="link">
            {phone}
          </a>
        )}
        <span>{fill(words.zone, { zone: timeZone.replaceAll("_", " ") })}</span>
      </p>
      {notes && (
        <p className="mt-1 max-w-[65ch] whitespace-pre-line">
          <span className="text-ink-soft">{words.notes} </span>
          <span dir="auto">{notes}</span>
        </p>
      )}
      <AnswerList answers={one.answers} />
      {cancellationReason && (
        <p className="text-sm text-ink-soft">{fill(words.reason, { reason: cancellationReason })}</p>
      )}
    </>
  );
}

function Standing({ one }: { one: BookingAttendee }) {
  const words = useWords("bookings.people");
  const { status, attendance } = one;
  if (isGone(one)) return <Badge>{words[status as "cancelled" | "declined"]}</Badge>;
  if (status === "no_show") return <Badge mood="warn">{words.noShow}</Badge>;
  if (attendance === "attended") return <Badge mood="good">{words.attended}</Badge>;
  return null;
}

function PersonActs({ one, booking, now }: Omit<PersonProps, "by">) {
  const words = useWords("bookings.people");
  const fill = useFill();
  const { id, name, status } = one;
  if (isGone(one)) return null;
  const hasBegun = booking.startTime <= now && booking.status !== "cancelled";
  const mayRemove = booking.maxAttendees > 1 && booking.status === "confirmed" && booking.endTime > now;
  return (
    <span className="ms-auto flex gap-1">
      {hasBegun && (
        <Form preventScrollReset>
          <input type="hidden" name="attendee" value={id} />
          <SubmitButton size="sm" variant="quiet" name="intent" value={status === "no_show" ? "present" : "absent"}>
            {status === "no_show" ? words.present : words.absent}
            <span className="sr-only"> {name}</span>
          </SubmitButton>
        </Form>
      )}
      {mayRemove && (
        <>
          <OpenDialog dialog={`remove-${id}`} size="sm" variant="quiet">
            {words.remove}
            <span className="sr-only"> {name}</span>
          </OpenDialog>
          <Confirm
            id={`remove-${id}`}
            danger
            title={fill(words.removeTitle, { name })}
            text={words.removeText}
            confirm={fill(words.removeNow, { name })}
            sends={{ intent: "remove", attendee: id }}
            form={{ preventScrollReset: true }}
          >
            <TextArea name="reason" label={words.words} maxLength={2000} rows={3} optional />
          </Confirm>
        </>
      )}
    </span>
  );
}

function Add({ booking, questions, result }: Omit<Props, "now">) {
  const words = useWords("bookings.people");
  const fill = useFill();
  const left = seatsLeft(booking);
  return (
    <>
      <OpenDialog dialog="add-attendee" size="sm" icon={<UserPlus aria-hidden="true" />}>
        {words.add}
      </OpenDialog>
      <Dialog id="add-attendee" title={words.addTitle} text={fill(words.addText, { n: left })}>
        <Form result={result} sends={{ intent: "add" }} preventScrollReset className="grid gap-4">
          <Field name="name" label={words.name} maxLength={120} autoComplete="off" required />
          <Field name="email" type="email" label={words.email} autoComplete="off" required />
          <Field name="phone" type="tel" label={words.phone} maxLength={40} autoComplete="off" optional />
          <NumberField name="seats" min={1} max={left} defaultValue={1} label={words.seatsLabel} className="max-w-32" />
          <Known questions={questions} text={words.questions} />
          <SubmitButton className="justify-self-end">{words.addNow}</SubmitButton>
        </Form>
      </Dialog>
    </>
  );
}
