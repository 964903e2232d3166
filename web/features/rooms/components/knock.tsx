import { useEffect, useEffectEvent, useState } from "react";

import { paths } from "#contract/paths.gen.ts";
import type { RoomView, rooms } from "#contract/rooms.ts";
import { isAway, useLookAgain } from "#web/features/rooms/components/look-again.ts";
import { send } from "#web/platform/send.ts";
import { useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { toast } from "#web/ui/toast.tsx";

const knockAgainMs = 20_000;

interface Waiting {
  isWaiting: boolean;
  setWaiting: (isWaiting: boolean) => void;
}

/** Knocks at the door of the waiting room for as long as somebody waits on this page, and goes in once it opens. */
export function useLetIn(room: RoomView, onJoin: (() => void) | undefined): Waiting {
  const { gatheringId, because, mayJoin } = room;
  const words = useWords("rooms.stage");
  const [isWaiting, setWaiting] = useStaysWaiting(room);
  const lookAgain = useLookAgain(gatheringId);
  const knocks = isWaiting && because === "access.lobby_waiting";
  const knock = useEffectEvent(() => {
    const input = { params: { gatheringId }, body: {} };
    send<typeof rooms.knock>(paths.rooms.knock, input).then(
      ({ mayJoin: isOpen }) => void (isOpen && lookAgain()),
      (refused) => {
        // It is said again when the line is back.
        if (isAway(refused)) return;
        toast(words.notDone);
        void lookAgain();
      },
    );
  });
  useEffect(() => {
    if (!knocks) return;
    const leave = () =>
      void send<typeof rooms.leaveLobby>(
        paths.rooms.leaveLobby,
        { params: { gatheringId } },
        { keepalive: true },
      ).catch(() => undefined);
    knock();
    const timer = setInterval(() => knock(), knockAgainMs);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [knocks, gatheringId]);
  const goIn = useEffectEvent(() => {
    setWaiting(false);
    onJoin?.();
  });
  const isLetIn = isWaiting && mayJoin && onJoin !== undefined;
  useEffect(() => {
    if (isLetIn) goIn();
  }, [isLetIn]);
  return { isWaiting, setWaiting };
}

/** Who reloads the page waits on; another tab of theirs does not begin to wait by itself, nor go in. */
function useStaysWaiting({ gatheringId, isWaiting: knocked }: RoomView) {
  const [isWaiting, set] = useState(false);
  const key = `lobby/${gatheringId}`;
  useEffect(() => {
    if (knocked && sessionStorage.getItem(key)) set(true);
  }, [knocked, key]);
  const setWaiting = (waits: boolean) => {
    if (waits) sessionStorage.setItem(key, "1");
    else sessionStorage.removeItem(key);
    set(waits);
  };
  return [isWaiting, setWaiting] as const;
}

/** Before a room whose hosts let people in: one asks, and waits where one can still see to camera and hair. */
export function Knock({ isWaiting, setWaiting }: Waiting) {
  const words = useWords("rooms.green");
  return (
    <>
      {isWaiting ? (
        <>
          <div role="status" className="grid gap-1">
            <p className="flex items-center gap-3 text-base font-medium">
              <span className="animate-turn size-4 shrink-0 rounded-full border-2 border-accent border-t-transparent" />
              {words.waiting}
            </p>
            <p className="max-w-[48ch] text-sm text-ink-soft">{words.waitingText}</p>
          </div>
          <Button onClick={() => setWaiting(false)}>{words.stopWaiting}</Button>
        </>
      ) : (
        <>
          <Button variant="live" size="lg" wide onClick={() => setWaiting(true)} className="sm:w-auto! sm:px-10!">
            {words.knock}
          </Button>
          <p className="max-w-[48ch] text-xs text-ink-soft">{words.knockText}</p>
        </>
      )}
    </>
  );
}
