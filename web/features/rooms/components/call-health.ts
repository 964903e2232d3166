import type { LocalTrack, LocalTrackPublication, Room } from "livekit-client";

import type { Choices, Kit } from "#web/features/rooms/components/call-kit.ts";

type Wanted = Pick<Choices, "camera" | "microphone">;

/**
 * Looks at a call again and again, and tells whether it is well: what we want to send goes out, and what others send
 * comes in. A line can be up while it carries nothing; the engine's library does not notice.
 */
export function healthOf(room: Room, kit: Kit): (wanted: Wanted) => Promise<boolean> {
  const sentBefore = new WeakMap<RTCRtpSender, number>();
  const { Source } = kit.Track;

  const goesOut = async (publication: LocalTrackPublication | undefined): Promise<boolean> => {
    const track = publication?.track;
    if (!publication || !track) return false;
    // A device that was pulled out, or is used by another, is the person's own matter.
    if (publication.isMuted || track.isUpstreamPaused || track.mediaStreamTrack.muted) return true;
    return track.mediaStreamTrack.readyState === "live" && (track.kind === kit.Track.Kind.Audio || isMoving(track));
  };

  const isMoving = async ({ sender }: LocalTrack): Promise<boolean> => {
    if (!sender) return false;
    // Pictures that nobody looks at are not sent.
    if (!sender.getParameters().encodings.some(({ active }) => active !== false)) return true;
    const sent = await picturesSent(sender);
    const before = sentBefore.get(sender);
    sentBefore.set(sender, sent);
    return before === undefined || sent > before;
  };

  return async ({ camera, microphone }) => {
    const me = room.localParticipant;
    const ours = [
      ...(camera ? [me.getTrackPublication(Source.Camera)] : []),
      ...(microphone ? [me.getTrackPublication(Source.Microphone)] : []),
    ];
    const outgoing = await Promise.all(ours.map(goesOut));
    return outgoing.every(Boolean) && comesIn(room);
  };
}

async function picturesSent(sender: RTCRtpSender): Promise<number> {
  const report = await sender.getStats().catch(() => new Map());
  let sent = 0;
  for (const entry of report.values()) if (entry.type === "outbound-rtp") sent += entry.framesSent ?? 0;
  return sent;
}

/** One of them alone may be somebody else's trouble; where none of them comes, it is ours. */
function comesIn({ remoteParticipants }: Room): boolean {
  const theirs = [...remoteParticipants.values()]
    .flatMap(({ trackPublications }) => [...trackPublications.values()])
    .filter(({ isMuted }) => !isMuted);
  return theirs.length === 0 || theirs.some(({ isSubscribed }) => isSubscribed);
}
