import { useCallback, useEffect, useState } from "react";

import { paths } from "#contract/paths.gen.ts";
import type { publicScheduling } from "#contract/scheduling-public.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { send } from "#web/platform/send.ts";

interface Wanted {
  /** What the hold is called, from the beginning: who books before it is answered says so too, and is not in their own way. */
  holdId: string;
  organizerSlug: string;
  eventTypeSlug: string;
  startTime: string;
  duration: number;
  attendeeCount: number;
}

type Hold = { state: "none" | "taken" | "over" } | { state: "held"; expiresAt: string };

/** One after the other: a time that we are only just giving back would look as if somebody else had it. */
let before: Promise<unknown> = Promise.resolve();

/** Keeps a time for this visitor while its form is open, where a script runs; given back when they leave. */
export function useHold({ holdId, organizerSlug, eventTypeSlug, startTime, duration, attendeeCount }: Wanted) {
  const [hold, setHold] = useState<Hold>({ state: "none" });
  useEffect(() => {
    let hasLeft = false;
    let isHeld = false;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      const params = { id: holdId };
      const gone = send<typeof publicScheduling.release>(paths.publicScheduling.release, { params }, leaving);
      before = Promise.all([before, gone.catch(never)]);
    };
    const keep = async () => {
      await before;
      if (hasLeft) return;
      const params = { organizerSlug, eventTypeSlug };
      const body = { startTime, duration, attendeeCount, holdId };
      const kept = await send<typeof publicScheduling.hold>(paths.publicScheduling.hold, { params, body });
      isHeld = true;
      if (hasLeft) return release();
      setHold({ state: "held", expiresAt: kept.expiresAt });
    };
    // Without a hold it is booked all the same, if it is still free then.
    before = keep().catch((thrown) =>
      setHold({ state: refusalOf(thrown)?.code === "scheduling.slot_taken" ? "taken" : "none" }),
    );
    window.addEventListener("pagehide", release);
    return () => {
      hasLeft = true;
      release();
      window.removeEventListener("pagehide", release);
    };
  }, [holdId, organizerSlug, eventTypeSlug, startTime, duration, attendeeCount]);
  const end = useCallback(() => setHold({ state: "over" }), []);
  return { hold, end };
}

const leaving = { keepalive: true };
const never = () => undefined;
