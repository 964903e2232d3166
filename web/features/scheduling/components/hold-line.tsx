import { Hourglass } from "lucide-react";
import { Link } from "react-router";

import { useAddress } from "#web/features/scheduling/components/address.ts";
import { useHold } from "#web/features/scheduling/components/use-hold.ts";
import { useWords } from "#web/platform/words.ts";
import { Countdown } from "#web/ui/countdown.tsx";
import { Notice } from "#web/ui/surface.tsx";

/** Says for how long a time is kept, and sends along which hold it is. */
export function HoldLine({ now, ...wanted }: Parameters<typeof useHold>[0] & { now: string }) {
  const words = useWords("scheduling.book");
  const { changed } = useAddress();
  const { hold, end } = useHold(wanted);
  if (hold.state === "taken" || hold.state === "over") {
    return (
      <Notice mood="warn" title={hold.state === "taken" ? words.takenTitle : words.holdOver}>
        {hold.state === "taken" && (
          <Link to={changed({ time: null })} className="link">
            {words.otherTime}
          </Link>
        )}
      </Notice>
    );
  }
  return (
    <p className="flex min-h-6 items-center gap-2 text-sm text-ink-soft">
      <input type="hidden" name="holdId" value={wanted.holdId} />
      {hold.state === "held" && (
        <>
          <Hourglass aria-hidden="true" className="size-4" />
          <span>
            {words.held} <Countdown to={hold.expiresAt} now={now} onEnd={end} />
          </span>
        </>
      )}
    </p>
  );
}
