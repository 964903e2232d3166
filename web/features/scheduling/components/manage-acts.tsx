import { CalendarSync } from "lucide-react";
import type { ReactNode } from "react";

import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import { useInstantText } from "#web/features/scheduling/components/instant.ts";
import { ScopeChoice } from "#web/features/scheduling/components/scope-choice.tsx";
import { SeatsForm } from "#web/features/scheduling/components/seats-form.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { TextArea } from "#web/ui/field.tsx";
import { Fold } from "#web/ui/fold.tsx";
import { Form } from "#web/ui/form.tsx";
import { CopyField } from "#web/ui/share.tsx";

/** Moving, giving back, other seats, a new link: each opens in place and works without any script. */
export function ManageActs({
  booking,
  result,
  children,
}: {
  booking: OwnBooking;
  result: unknown;
  /** What else there is to do. */
  children: ReactNode;
}) {
  const words = useWords("scheduling.manage");
  const fill = useFill();
  const instant = useInstantText();
  const { eventType, mayCancel, mayMove, attendee, isGroup } = booking;
  const isGuest = booking.broughtBy !== null;
  const isOn = booking.status === "confirmed" || booking.status === "pending";
  const name = eventType.organizerName;
  if (!isOn || (isGuest && attendee.status === "cancelled")) {
    return (
      <ButtonLink to={`/${eventType.organizerSlug}/${eventType.eventTypeSlug}`} className="justify-self-start">
        {words.again}
      </ButtonLink>
    );
  }
  return (
    <div className="grid gap-2">
      {mayMove && (
        <ButtonLink
          to={`/booking/${booking.accessToken}/move`}
          icon={<CalendarSync aria-hidden="true" />}
          className="justify-self-start"
        >
          {words.moveTo}
        </ButtonLink>
      )}
      {!isGuest && (
        <p className="mb-4 text-sm text-ink-soft" suppressHydrationWarning>
          {mayCancel || mayMove
            ? fill(words.changesUntil, { when: instant(booking.changesUntil, attendee.timeZone) })
            : fill(words.tooLate, { name })}
        </p>
      )}
      {children}
      {isGroup && mayCancel && (
        <Fold title={words.seats}>
          <SeatsForm booking={booking} result={result} />
        </Fold>
      )}
      {mayCancel && (
        <Fold title={isGuest ? words.notComing : words.cancel}>
          <Form result={result} sends={{ intent: "cancel" }} className="grid gap-4">
            <p>{fill(isGuest ? words.notComingText : words.cancelText, { name })}</p>
            {booking.recurrenceId && <ScopeChoice />}
            <TextArea name="reason" label={words.reason} maxLength={2000} rows={2} optional />
            <SubmitButton variant="danger" className="justify-self-start">
              {isGuest ? words.notComingNow : words.cancelNow}
            </SubmitButton>
          </Form>
        </Fold>
      )}
      <Fold title={words.newLink}>
        <Form result={result} sends={{ intent: "regenerate" }} className="grid gap-4">
          <CopyField label={words.link} value={booking.manageUrl} />
          <p className="text-ink-soft">{words.newLinkText}</p>
          <SubmitButton variant="secondary" className="justify-self-start">
            {words.newLink}
          </SubmitButton>
        </Form>
      </Fold>
    </div>
  );
}
