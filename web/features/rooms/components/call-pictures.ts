import type { RemoteTrackPublication, Room } from "livekit-client";

import type { Kit } from "#web/features/rooms/components/call-kit.ts";
import { examined, type Health, healthy } from "#web/features/rooms/state.ts";

interface Known {
  health: Health;
  /** How many pictures had come when it was looked at last. */
  came: number;
}

/**
 * Looks at others' cameras again and again, and asks anew for one that stands still before our eyes: the line is well,
 * yet the engine sends nothing, as if nobody were looking. The library of the engine does not notice.
 */
export function asksForPictures(room: Room, kit: Kit): (nowMs: number) => Promise<void> {
  const known = new Map<string, Known>();

  const look = async (publication: RemoteTrackPublication, nowMs: number): Promise<void> => {
    const { trackSid } = publication;
    if (!publication.isDesired) return publication.setSubscribed(true);
    if (!isAwaited(publication, kit)) return void known.delete(trackSid);
    const { health, came } = known.get(trackSid) ?? { health: healthy(nowMs), came: -1 };
    const comes = await picturesOf(publication);
    const { isDue, ...after } = examined(health, comes > came, nowMs);
    known.set(trackSid, { health: after, came: comes });
    // The next look takes it again: both at once would be nothing to the engine.
    if (isDue) publication.setSubscribed(false);
  };

  return async (nowMs) => {
    const cameras = [...room.remoteParticipants.values()].flatMap((one) => {
      const camera = one.getTrackPublication(kit.Track.Source.Camera);
      return camera ? [camera] : [];
    });
    await Promise.all(cameras.map((camera) => look(camera, nowMs)));
  };
}

/** Whether pictures should be coming: the camera is on, its place is in sight, and the engine does not call the line too thin. */
function isAwaited({ isMuted, isEnabled, track }: RemoteTrackPublication, { Track }: Kit): boolean {
  if (document.hidden || isMuted || !isEnabled) return false;
  return !track || (track.attachedElements.length > 0 && track.streamState !== Track.StreamState.Paused);
}

async function picturesOf({ track }: RemoteTrackPublication): Promise<number> {
  const report = await track?.receiver?.getStats().catch(() => undefined);
  let came = 0;
  for (const entry of report?.values() ?? []) if (entry.type === "inbound-rtp") came += entry.framesReceived ?? 0;
  return came;
}
