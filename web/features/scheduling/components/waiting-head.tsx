import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Notice } from "#web/ui/surface.tsx";

/** How it stands with a wish for seats. */
type Standing = "waitlisted" | "offered" | "lapsed" | "left" | "over";

export function standingOf({ attendee, waitlist }: OwnBooking): Standing {
  const { status } = attendee;
  if (status === "lapsed" || (status === "offered" && !waitlist?.isOpen)) return "lapsed";
  if (status !== "waitlisted" && status !== "offered") return "left";
  return waitlist?.isOpen ? status : "over";
}

/** What somebody who waits reads first: their number, or that it is their turn. */
export function WaitingHead({ booking, after }: { booking: OwnBooking; after: string | undefined }) {
  const words = useWords("scheduling.wait");
  const manage = useWords("scheduling.manage");
  const fill = useFill();
  const { attendee, waitlist, eventType } = booking;
  const standing = standingOf(booking);
  const values = { n: attendee.seats, position: waitlist?.position ?? 1, email: attendee.email };
  return (
    <header className="grid gap-4">
      <div className="grid gap-2">
        <p dir="auto" className="text-sm text-ink-soft">
          {eventType.name}
        </p>
        <h1>{fill(words[standing], values)}</h1>
        <p className="text-base text-ink-soft">
          {after === "waits" && `${fill(words.sent, values)} `}
          {fill(words[`${standing}Text`], values)}
        </p>
      </div>
      {after === "done" && <Notice mood="good">{manage.done}</Notice>}
      {after === "renewed" && <Notice mood="good">{manage.renewed}</Notice>}
    </header>
  );
}
