import type { EventCard } from "#contract/events.ts";
import { Cover } from "#web/ui/hemicycle.tsx";

interface Props {
  event: Pick<EventCard, "id" | "hue" | "coverUrl">;
  /** On an event's own page it is what is seen first, so it is not put off. */
  eager?: boolean;
  className?: string;
}

/** The picture of an event: its own, or the one drawn from its id and hue. It fills a box of 16 to 9. */
export function EventCover({ event, eager, className = "" }: Props) {
  return (
    <span className={`block aspect-video overflow-hidden rounded-panel bg-sunken ${className}`}>
      {event.coverUrl ? (
        <img
          src={event.coverUrl}
          alt=""
          width={960}
          height={540}
          loading={eager ? "eager" : "lazy"}
          fetchPriority={eager ? "high" : undefined}
          className="size-full object-cover"
        />
      ) : (
        <Cover seed={event.id} hue={event.hue} />
      )}
    </span>
  );
}
