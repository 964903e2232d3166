import { useCallback, useEffect, useRef, useState } from "react";

import { paths } from "#contract/paths.gen.ts";
import type { CheckIn, Door, tickets } from "#contract/tickets.ts";
import { signal } from "#web/features/door/components/signal.ts";
import { useDoorCounts } from "#web/features/door/live.ts";
import { isNews, type Sighting, type Verdict, verdictOf, withCheckIn } from "#web/features/door/state.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { send } from "#web/platform/send.ts";

const greenForMs = 6000;

interface Who {
  code?: string;
  registrationId?: string;
}

/** Everything a door does: letting in, taking back, and what it shows of it. */
export function useDoor(door: Door, options: { gate: string; hasSound: boolean; first: Verdict | null }) {
  const { gate, hasSound } = options;
  const [verdict, setVerdict] = useState<Verdict | null>(options.first);
  const [recent, setRecent] = useState<CheckIn[]>(door.recent);
  const [isAsking, setAsking] = useState(false);
  const [counts, setCounts] = useDoorCounts(door.gatheringId, door.counts);
  const asking = useRef(false);
  const lastSeen = useRef<Sighting | null>(null);

  const show = useCallback(
    (next: Verdict) => {
      setVerdict(next);
      if (hasSound) signal(next.kind);
    },
    [hasSound],
  );

  const letIn = useCallback(
    async (who: Who) => {
      if (asking.current) return;
      asking.current = true;
      setAsking(true);
      const body = { ...who, occurrenceId: door.gatheringId, ...(gate ? { gate } : {}) };
      try {
        const checkIn = await send<typeof tickets.checkIn>(paths.tickets.checkIn, {
          params: { id: door.eventId },
          body,
        });
        setCounts(checkIn.counts);
        setRecent((list) => withCheckIn(list, checkIn));
        show({ kind: "in", checkIn });
      } catch (thrown) {
        const refusal = refusalOf(thrown);
        if (!refusal) throw thrown;
        show(verdictOf(refusal));
      } finally {
        asking.current = false;
        setAsking(false);
      }
    },
    [door.eventId, door.gatheringId, gate, show, setCounts],
  );

  const undo = useCallback(
    async ({ id, name }: CheckIn) => {
      try {
        const undone = await send<typeof tickets.undo>(paths.tickets.undo, { params: { id } });
        setCounts(undone.counts);
        setRecent((list) => list.filter((one) => one.id !== id));
        show({ kind: "undone", name });
      } catch (thrown) {
        const refusal = refusalOf(thrown);
        if (!refusal) throw thrown;
        show(verdictOf(refusal));
      }
    },
    [show, setCounts],
  );

  const see = useCallback(
    (code: string) => {
      // What is held up while another is asked about is looked at again a moment later.
      if (asking.current) return;
      const seen = { code, at: Date.now() };
      const isNew = isNews(lastSeen.current, seen);
      lastSeen.current = seen;
      if (isNew) void letIn({ code });
    },
    [letIn],
  );

  const clear = useCallback(() => setVerdict(null), []);
  useEffect(() => {
    if (verdict?.kind !== "in" && verdict?.kind !== "undone") return;
    const timer = setTimeout(clear, greenForMs);
    return () => clearTimeout(timer);
  }, [verdict, clear]);

  return { verdict, recent, counts, isAsking, letIn, undo, see, clear };
}

export type DoorHands = ReturnType<typeof useDoor>;
