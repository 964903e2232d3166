import { DoorClosed, Video } from "lucide-react";
import { useEffect } from "react";
import { useRevalidator } from "react-router";

import type { RoomView } from "#contract/rooms.ts";
import { useRoomState } from "#web/features/rooms/live.ts";
import { useWords } from "#web/platform/words.ts";
import { Button, ButtonLink } from "#web/ui/button.tsx";
import { Countdown } from "#web/ui/countdown.tsx";
import { Badge } from "#web/ui/surface.tsx";

/**
 * The way into a live room from wherever it is met: counts down, opens by itself, and says when it is over.
 *
 * The loader asks `rooms.get` and hands over the words of `events.joinButton`. Strangers only see that something is on.
 */
export function EventJoinButton({ room }: { room: RoomView }) {
  const words = useWords("events.joinButton");
  useAskWhenItOpens(room);
  // What is still to be accepted is asked on the way in, and the waiting room lies on it.
  const leadsIn = room.mayJoin || room.because === "access.terms_needed" || room.state === "waiting_room";
  return (
    <>
      {room.me && isNear(room) && <Listen gatheringId={room.gatheringId} />}
      {leadsIn ? <Join room={room} /> : room.me ? <Wait room={room} /> : null}
      {!leadsIn && room.state === "live" && (
        <p>
          <Badge mood="live">{words.live}</Badge>
        </p>
      )}
    </>
  );
}

function Join({ room }: { room: RoomView }) {
  const words = useWords("events.joinButton");
  return (
    <ButtonLink
      to={`/live/${room.gatheringId}`}
      target="_blank"
      variant="live"
      size="lg"
      wide
      icon={<Video aria-hidden="true" />}
    >
      {room.state === "waiting_room" ? words.joinWaitingRoom : words.joinNow}
      <span className="sr-only">({words.newTab})</span>
    </ButtonLink>
  );
}

/** For who belongs there, while the door is shut. */
function Wait({ room }: { room: RoomView }) {
  const words = useWords("events.joinButton");
  if (room.state === "ended") {
    return (
      <Button disabled size="lg" wide icon={<DoorClosed aria-hidden="true" />}>
        {words.eventEnded}
      </Button>
    );
  }
  if (room.state === "off") return <p className="text-sm text-ink-soft">{words.off}</p>;
  if (!room.opensAt) return null;
  const [before, after] = words.opensIn.split("{when}");
  return (
    <Button disabled size="lg" wide icon={<Video aria-hidden="true" />} className="fleeting whitespace-normal!">
      <span>
        {before}
        <Countdown to={room.opensAt} now={room.now} />
        {after}
      </span>
    </Button>
  );
}

/** A host may open early, or end: who waits before the door sees it at once. */
function Listen({ gatheringId }: { gatheringId: string }) {
  const { revalidate } = useRevalidator();
  useRoomState(gatheringId, revalidate);
  return null;
}

const soonMs = 2500;
const dayMs = 86_400_000;

/** Weeks before and weeks after, nobody waits at the door: a page that is read then carries no socket. */
function isNear({ opensAt, closesAt, now }: RoomView): boolean {
  const at = Date.parse(now);
  return !(opensAt && Date.parse(opensAt) - at > dayMs) && !(closesAt && at - Date.parse(closesAt) > dayMs);
}

/** The room opens by a clock of its own, a moment after its time: we ask then, and again until it is open. */
function useAskWhenItOpens({ state, opensAt, now }: RoomView): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (state !== "not_started" || !opensAt) return;
    const left = Math.max(0, new Date(opensAt).getTime() - new Date(now).getTime()) + soonMs;
    if (left > dayMs) return;
    const timer = setTimeout(revalidate, left);
    return () => clearTimeout(timer);
  }, [state, opensAt, now, revalidate]);
}
