import { Link } from "react-router";

import type { SeriesMember } from "#contract/scheduling-series.ts";
import { StatusBadge } from "#web/features/scheduling/components/status-badge.tsx";
import { useWords } from "#web/platform/words.ts";
import { Time } from "#web/ui/time.tsx";

interface Props {
  items: readonly (SeriesMember & { to: string; isThis: boolean })[];
  zone: string;
}

/** What was booked together, each with its own page. */
export function SeriesList({ items, zone }: Props) {
  const words = useWords("scheduling.series");
  return (
    <ol className="grid max-h-96 overflow-y-auto">
      {items.map(({ sequence, startTime, status, isException, to, isThis }) => (
        <li key={sequence} className="flex flex-wrap items-center gap-x-4 border-b border-line py-1.5 last:border-b-0">
          <span
            className={`min-w-0 flex-1 ${status === "cancelled" || status === "rejected" ? "line-through decoration-1" : ""}`}
          >
            {isThis ? (
              <span className="inline-flex min-h-9 items-center font-medium" aria-current="true">
                <Time at={startTime} zone={zone} />
              </span>
            ) : (
              <Link to={to} className="inline-flex min-h-9 items-center hover:text-accent">
                <Time at={startTime} zone={zone} />
              </Link>
            )}
          </span>
          {isThis && <span className="text-sm text-ink-soft">{words.thisOne}</span>}
          {isException && <span className="text-sm text-ink-soft">{words.exception}</span>}
          {status !== "confirmed" && <StatusBadge status={status} />}
        </li>
      ))}
    </ol>
  );
}
