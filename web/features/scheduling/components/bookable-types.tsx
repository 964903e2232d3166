import { ChevronRight } from "lucide-react";
import { Link } from "react-router";

import type { PublicEventType } from "#contract/scheduling-public.ts";
import { useLengthsText, usePlaceText } from "#web/features/scheduling/components/facts.tsx";
import { HostsLine, useHostsText } from "#web/features/scheduling/components/hosts.tsx";
import { toneStyle } from "#web/ui/tone.ts";

/** What can be booked with somebody, each a way to its free times. */
export function BookableTypes({
  slug,
  types,
  title,
}: {
  slug: string;
  types: readonly PublicEventType[];
  title: string;
}) {
  const lengthsText = useLengthsText();
  const placeText = usePlaceText();
  const hostsText = useHostsText();
  if (types.length === 0) return null;
  return (
    <section aria-labelledby="bookable" className="frame mt-12 sm:mt-16">
      <h2 id="bookable" className="mb-6">
        {title}
      </h2>
      <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {types.map((type) => (
          <li
            key={type.id}
            style={toneStyle(type.hue)}
            className="group relative flex items-center justify-between gap-4 rounded-panel border border-line bg-surface p-5 transition-colors hover:border-edge"
          >
            <div className="grid min-w-0 gap-1">
              <h3 className="text-lg!">
                <Link
                  dir="auto"
                  to={`/${slug}/${type.eventTypeSlug}`}
                  className="group-hover:text-accent after:absolute after:inset-0"
                >
                  {type.name}
                </Link>
              </h3>
              <p className="text-sm text-ink-soft">
                {lengthsText(type)} · {placeText(type)}
              </p>
              <HostsLine hosts={type.hosts} names={hostsText(type.hosts)} />
            </div>
            <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-ink-soft rtl:-scale-x-100" />
          </li>
        ))}
      </ul>
    </section>
  );
}
