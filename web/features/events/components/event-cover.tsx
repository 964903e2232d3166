import type { EventCard } from "#contract/events.ts";
import { Cover } from "#web/ui/hemicycle.tsx";

interface Props {
  event: Pick<EventCard, "id" | "hue" | "coverUrl">;
  /** How wide it will stand, for the browser to choose the right file. */
  sizes: string;
  /** Loaded at once: it is the first thing to see. */
  isFirst?: boolean;
}

/** The picture of an event: the one that was uploaded, else the one drawn from its id in its own hue. Fills its box. */
export function EventCover({ event, sizes, isFirst }: Props) {
  const { coverUrl } = event;
  if (coverUrl === null) return <Cover seed={event.id} hue={event.hue} />;
  return (
    <img
      src={coverUrl}
      srcSet={`${coverUrl}?width=640 640w, ${coverUrl} 1600w`}
      sizes={sizes}
      alt=""
      loading={isFirst ? "eager" : "lazy"}
      fetchPriority={isFirst ? "high" : "auto"}
      className="block size-full bg-sunken object-cover"
    />
  );
}
