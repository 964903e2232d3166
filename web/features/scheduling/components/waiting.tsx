import type { ReactNode } from "react";

import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import { SeatsForm } from "#web/features/scheduling/components/seats-form.tsx";
import { standingOf } from "#web/features/scheduling/components/waiting-head.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { useRoot } from "#web/shell/viewer.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Countdown } from "#web/ui/countdown.tsx";
import { Fold } from "#web/ui/fold.tsx";
import { Form } from "#web/ui/form.tsx";
import { CopyField } from "#web/ui/share.tsx";
import { Time } from "#web/ui/time.tsx";

/** Taking the seats that are kept, or leaving; all of it works without any script. */
export function WaitingActs({
  booking,
  result,
  children,
}: {
  booking: OwnBooking;
  result: unknown;
  /** What else there is to do. */
  children: ReactNode;
}) {
  const words = useWords("scheduling.wait");
  const manage = useWords("scheduling.manage");
  const { attendee, eventType } = booking;
  const standing = standingOf(booking);
  if (standing !== "waitlisted" && standing !== "offered") {
    return (
      <ButtonLink to={`/${eventType.organizerSlug}/${eventType.eventTypeSlug}`} className="justify-self-start">
        {manage.again}
      </ButtonLink>
    );
  }
  return (
    <div className="grid gap-2">
      {standing === "offered" && <Offer booking={booking} result={result} />}
      {children}
      {booking.maxAttendees > 1 && (
        <Fold title={words.seats}>
          <SeatsForm
            booking={booking}
            result={result}
            text={standing === "offered" ? words.seatsOfferedText : words.seatsText}
          />
        </Fold>
      )}
      <Fold title={words.leave}>
        <Form result={result} sends={{ intent: "cancel" }} className="grid gap-4">
          <p>{words.leaveText}</p>
          <SubmitButton variant="danger" className="justify-self-start">
            {words.leaveNow}
          </SubmitButton>
        </Form>
      </Fold>
      <Fold title={manage.link}>
        <CopyField label={manage.link} value={booking.manageUrl} />
        <p className="mt-3 text-ink-soft">{attendee.email}</p>
      </Fold>
    </div>
  );
}

function Offer({ booking: { attendee, waitlist }, result }: { booking: OwnBooking; result: unknown }) {
  const words = useWords("scheduling.wait");
  const fill = useFill();
  const now = useRoot()?.now ?? "";
  if (!waitlist?.offerEndsAt) return null;
  return (
    <Form result={result} sends={{ intent: "accept" }} className="mb-4 grid justify-items-start gap-4">
      <p>
        {words.until} <Time at={waitlist.offerEndsAt} zone={attendee.timeZone} className="font-medium" /> (
        <Countdown to={waitlist.offerEndsAt} now={now} />)
      </p>
      <SubmitButton size="lg">{fill(words.accept, { n: attendee.seats })}</SubmitButton>
    </Form>
  );
}
