import type { LocalParticipant, Participant, Room, Track, TrackPublication } from "livekit-client";

import type { Kit } from "#web/features/rooms/components/call-kit.ts";
import type { Phase } from "#web/features/rooms/state.ts";

export type Quality = "good" | "poor" | "lost" | "unknown";

/** One picture on the stage: a person's camera, or the screen they share. */
export interface Tile {
  id: string;
  personId: string;
  name: string;
  as: string;
  kind: "camera" | "screen";
  isLocal: boolean;
  isSpeaking: boolean;
  /** Nothing is to be heard from them now. */
  isSilent: boolean;
  quality: Quality;
  /** Absent while the camera is off. */
  video?: Track;
}

export interface CallView {
  phase: Phase;
  tiles: readonly Tile[];
  /** Who spoke last, of those who are not us. */
  speaker: string | null;
  camera: boolean;
  microphone: boolean;
  screen: boolean;
  /** A host has taken the microphone. */
  maySpeak: boolean;
  /** The browser wants a click before it plays sound. */
  needsClick: boolean;
  /** A device that could not be had, by what the browser says of it. */
  trouble: { device: "camera" | "microphone" | "screen"; name: string } | null;
}

export const before: CallView = {
  phase: { at: "green" },
  tiles: [],
  speaker: null,
  camera: false,
  microphone: false,
  screen: false,
  maySpeak: true,
  needsClick: false,
  trouble: null,
};

/** What is shown where there is no room. */
export const nothing: Partial<CallView> = {
  tiles: [],
  camera: false,
  microphone: false,
  screen: false,
  needsClick: false,
};

/** What a room looks like at this moment. */
export function lookAt(room: Room, kit: Kit): Partial<CallView> {
  const me = room.localParticipant;
  const others = [...room.remoteParticipants.values()];
  const speaking = room.activeSpeakers.find((participant) => participant !== me);
  return {
    tiles: [me, ...others].flatMap((participant) => tilesOf(participant, kit)),
    ...(speaking && { speaker: speaking.identity }),
    camera: me.isCameraEnabled,
    microphone: me.isMicrophoneEnabled,
    screen: me.isScreenShareEnabled,
    maySpeak: maySpeak(me, kit),
    needsClick: !room.canPlaybackAudio,
  };
}

function tilesOf(participant: Participant, kit: Kit): Tile[] {
  const { Source } = kit.Track;
  const [personId = ""] = participant.identity.split("#");
  const common = {
    personId,
    name: participant.name ?? "",
    as: participant.attributes.as ?? "attendee",
    isLocal: participant.isLocal,
    isSpeaking: participant.isSpeaking,
    isSilent: !participant.isMicrophoneEnabled,
    quality: qualityOf(participant, kit),
  };
  const camera = participant.getTrackPublication(Source.Camera);
  const screen = participant.getTrackPublication(Source.ScreenShare);
  const tiles: Tile[] = [{ ...common, id: participant.identity, kind: "camera", video: pictureOf(camera) }];
  const shared = pictureOf(screen);
  if (shared) tiles.push({ ...common, id: `${participant.identity}/screen`, kind: "screen", video: shared });
  return tiles;
}

const pictureOf = (publication: TrackPublication | undefined): Track | undefined =>
  publication && !publication.isMuted ? publication.track : undefined;

function qualityOf({ connectionQuality }: Participant, { ConnectionQuality }: Kit): Quality {
  if (connectionQuality === ConnectionQuality.Excellent || connectionQuality === ConnectionQuality.Good) return "good";
  if (connectionQuality === ConnectionQuality.Poor) return "poor";
  return connectionQuality === ConnectionQuality.Lost ? "lost" : "unknown";
}

function maySpeak(me: LocalParticipant, kit: Kit): boolean {
  const allowed = me.permissions?.canPublishSources ?? [];
  return allowed.length === 0 || allowed.includes(kit.Track.sourceToProto(kit.Track.Source.Microphone));
}
