import type { EventView } from "#contract/events.ts";

import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Avatar } from "#web/ui/surface.tsx";
import { toneStyle } from "#web/ui/tone.ts";

/** Who brings people together here, in the host's own hue. */
export function HostCard({ organizer }: { organizer: EventView["organizer"] }) {
  const words = useWords("events.page");
  const fill = useFill();
  return (
    <div
      style={toneStyle(organizer.hue)}
      className="flex flex-wrap items-center gap-4 rounded-panel border border-line bg-surface p-5"
    >
      <Avatar name={organizer.name} src={organizer.logoUrl} size={56} />
      <div className="min-w-0 flex-1 basis-40">
        <p className="text-xs text-ink-soft">{words.by}</p>
        <p dir="auto" className="font-serif text-lg">
          {organizer.name}
        </p>
      </div>
      <ButtonLink to={`/${organizer.slug}`}>{fill(words.hostProfile, { name: organizer.name })}</ButtonLink>
    </div>
  );
}
