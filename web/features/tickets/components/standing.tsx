import type { ReactNode } from "react";
import { useRevalidator } from "react-router";

import type { RegistrationDetail } from "#contract/registrations.ts";
import { atOccurrence } from "#web/features/events/components/at-time.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { useRoot } from "#web/shell/viewer.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Countdown } from "#web/ui/countdown.tsx";
import { Notice } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

const moods = {
  pending: "accent",
  waitlisted: "accent",
  offered: "warn",
  awaiting_payment: "warn",
  held: "warn",
  declined: "neutral",
  lapsed: "neutral",
  expired: "neutral",
  cancelled: "neutral",
  confirmed: "good",
} as const;

/** How it stands with a place that admits nobody now, and what can be done about it. */
export function Standing({ registration }: { registration: RegistrationDetail }) {
  const words = useWords("tickets.state");
  const fill = useFill();
  const title = useTitle(registration);
  const { event, status, note } = registration;
  const by = registration.cancelledBy ?? "attendee";
  const n = 1 + registration.party.length + registration.seats.length;
  if (event.status === "cancelled") {
    return (
      <Notice mood="bad" title={words.eventCancelled}>
        <p>{words.eventCancelledText}</p>
        <Words>{event.cancelReason}</Words>
      </Notice>
    );
  }
  if (status === "confirmed") return null;
  const isGone = status === "declined" || status === "lapsed" || status === "expired" || status === "cancelled";
  return (
    <Notice
      mood={moods[status]}
      title={title}
      action={
        isGone && (
          <ButtonLink to={atOccurrence(`/events/${event.slug}`, event.gatheringId)} size="sm">
            {words.again}
          </ButtonLink>
        )
      }
    >
      {status === "offered" ? (
        <OfferText registration={registration} />
      ) : (
        <p>{fill(words[`${status}Text`], { by, n })}</p>
      )}
      <Words>{note}</Words>
    </Notice>
  );
}

function useTitle({ status, position, cancelledBy }: RegistrationDetail): string {
  const words = useWords("tickets.state");
  const fill = useFill();
  if (status === "confirmed") return "";
  if (status === "waitlisted") return position === null ? words.waitlistedPlain : fill(words.waitlisted, { position });
  return fill(words[status], { by: cancelledBy ?? "attendee" });
}

function OfferText({ registration: { offerEndsAt, event } }: { registration: RegistrationDetail }) {
  const words = useWords("tickets.state");
  const now = useRoot()?.now ?? "";
  const { revalidate } = useRevalidator();
  if (!offerEndsAt) return null;
  return (
    <p>
      {words.offeredText} <Time at={offerEndsAt} zone={event.timeZone} className="font-medium" />{" "}
      <span className="fleeting">
        (<Countdown to={offerEndsAt} now={now} onEnd={revalidate} />)
      </span>
    </p>
  );
}

function Words({ children }: { children: ReactNode }) {
  const words = useWords("tickets.state");
  if (!children) return null;
  return (
    <div className="mt-2">
      <p className="text-xs text-ink-soft">{words.words}</p>
      <p dir="auto" className="whitespace-pre-line">
        {children}
      </p>
    </div>
  );
}
