import type { EventView } from "#contract/events.ts";
import { Agenda } from "#web/features/events/components/agenda.tsx";
import { Speakers } from "#web/features/events/components/speakers.tsx";

/** What comes when, and who speaks; fetched for those events alone that say so. */
export const Programme = ({ event }: { event: EventView }) => (
  <>
    <Agenda event={event} />
    <Speakers event={event} />
  </>
);
