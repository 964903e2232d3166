import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import { useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { NumberField } from "#web/ui/number-field.tsx";

/** How many seats a party has, or waits for. */
export function SeatsForm({ booking, result, text }: { booking: OwnBooking; result: unknown; text?: string }) {
  const words = useWords("scheduling.manage");
  return (
    <Form result={result} sends={{ intent: "resize" }} className="grid gap-4">
      {text && <p className="text-ink-soft">{text}</p>}
      <div className="flex items-end gap-3">
        <NumberField
          name="attendeeCount"
          min={1}
          max={booking.maxAttendees}
          label={words.seats}
          defaultValue={booking.attendee.seats}
          className="w-32"
        />
        <SubmitButton variant="secondary">{words.seatsSave}</SubmitButton>
      </div>
    </Form>
  );
}
