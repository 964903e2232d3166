import type {
  LocalParticipant,
  Participant,
  RemoteTrack,
  Room,
  RoomOptions,
  Track,
  TrackPublication,
} from "livekit-client";

import type { MediaPass } from "#contract/rooms.ts";
import { next, type Phase, type Turn, waitBefore } from "#web/features/rooms/state.ts";
import { refusalOf } from "#web/platform/refusal.ts";

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

export interface Choices {
  camera: boolean;
  microphone: boolean;
  cameraId?: string;
  microphoneId?: string;
  speakerId?: string;
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

type Kit = typeof import("livekit-client");

const before: CallView = {
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

/**
 * One person's presence in a room: connects, shows who is there, publishes what is wanted, and comes back by itself.
 *
 * Knows nothing of React; a component follows it by `subscribe` and `view`.
 */
export class Call {
  #view: CallView = before;
  readonly #listeners = new Set<() => void>();
  readonly #getPass: () => Promise<MediaPass>;
  #choices: Choices;
  #kit: Kit | undefined;
  #room: Room | undefined;
  #wait: ReturnType<typeof setTimeout> | undefined;
  #scheduled = false;
  /** Where sounds of others are played; they have no place on the stage. */
  readonly #sounds = new Map<RemoteTrack, HTMLMediaElement>();

  constructor(choices: Choices, getPass: () => Promise<MediaPass>) {
    this.#choices = choices;
    this.#getPass = getPass;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  view = (): CallView => this.#view;

  get choices(): Choices {
    return this.#choices;
  }

  /** Goes in. Resolves when the first try is over; from then on the view tells. */
  async enter(choices: Choices): Promise<void> {
    this.#choices = choices;
    this.#turn({ type: "enter" });
    await this.#connect();
  }

  async leave(): Promise<void> {
    this.#turn({ type: "leave" });
    await this.#drop();
  }

  /** From the last screen back to the first. */
  again(): void {
    this.#turn({ type: "again" });
  }

  /** Ends everything without a word: the page goes away. */
  close(): void {
    clearTimeout(this.#wait);
    this.#listeners.clear();
    void this.#drop();
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#choices = { ...this.#choices, microphone: on };
    await this.#use("microphone", async (me) => {
      await me.setMicrophoneEnabled(on, this.#device("microphoneId"));
    });
  }

  async setCamera(on: boolean): Promise<void> {
    this.#choices = { ...this.#choices, camera: on };
    await this.#use("camera", async (me) => {
      await me.setCameraEnabled(on, this.#device("cameraId"));
    });
  }

  async setScreen(on: boolean): Promise<void> {
    await this.#use("screen", async (me) => {
      await me.setScreenShareEnabled(on, { audio: true, contentHint: "detail", selfBrowserSurface: "exclude" });
    });
  }

  async choose(kind: "cameraId" | "microphoneId" | "speakerId", id: string): Promise<void> {
    this.#choices = { ...this.#choices, [kind]: id };
    const kinds = { cameraId: "videoinput", microphoneId: "audioinput", speakerId: "audiooutput" } as const;
    await this.#room?.switchActiveDevice(kinds[kind], id).catch(() => {});
  }

  /** The click that the browser wants before it plays sound. */
  async allowSound(): Promise<void> {
    await this.#room?.startAudio();
    this.#show();
  }

  /** For the journeys that cut wires: what the engine's library knows of this call. */
  get room(): Room | undefined {
    return this.#room;
  }

  #device(kind: "cameraId" | "microphoneId") {
    const deviceId = this.#choices[kind];
    return deviceId ? { deviceId } : undefined;
  }

  async #use(
    device: "camera" | "microphone" | "screen",
    change: (me: LocalParticipant) => Promise<void>,
  ): Promise<void> {
    const me = this.#room?.localParticipant;
    if (!me) return;
    try {
      await change(me);
      this.#set({ trouble: null });
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      // Whoever closes the chooser of screens has said no, and knows it.
      if (device !== "screen" || name !== "NotAllowedError") this.#set({ trouble: { device, name } });
    }
    this.#show();
  }

  async #connect(): Promise<void> {
    try {
      this.#kit ??= await loadKit();
      const pass = await this.#getPass();
      if (!this.#isWanted()) return;
      const room = new this.#kit.Room(optionsOf(this.#kit, this.#choices));
      this.#follow(room, this.#kit);
      this.#room = room;
      await room.connect(location.origin, pass.token);
      if (!this.#isWanted()) return await this.#drop();
      this.#turn({ type: "connected" });
      await this.#publish();
    } catch (error) {
      await this.#drop();
      this.#turn(refusedBy(error) ?? { type: "lost" });
      this.#tryAgainSoon();
    }
  }

  #isWanted = () => this.#view.phase.at === "joining" || this.#view.phase.at === "rejoining";

  #tryAgainSoon(): void {
    const { phase } = this.#view;
    if (phase.at !== "rejoining") return;
    clearTimeout(this.#wait);
    this.#wait = setTimeout(
      () => {
        this.#turn({ type: "tried" });
        if (this.#view.phase.at === "rejoining") void this.#connect();
      },
      waitBefore(phase.tries, Math.random()),
    );
  }

  async #publish(): Promise<void> {
    if (this.#choices.microphone && this.#view.maySpeak) await this.setMicrophone(true);
    if (this.#choices.camera) await this.setCamera(true);
  }

  async #drop(): Promise<void> {
    clearTimeout(this.#wait);
    const room = this.#room;
    this.#room = undefined;
    for (const sound of this.#sounds.values()) sound.remove();
    this.#sounds.clear();
    await room?.disconnect().catch(() => {});
    this.#show();
  }

  #follow(room: Room, kit: Kit): void {
    const { RoomEvent } = kit;
    const show = () => this.#room === room && this.#showSoon();
    for (const event of [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.TrackSubscribed,
      RoomEvent.TrackUnsubscribed,
      RoomEvent.TrackMuted,
      RoomEvent.TrackUnmuted,
      RoomEvent.LocalTrackPublished,
      RoomEvent.LocalTrackUnpublished,
      RoomEvent.ActiveSpeakersChanged,
      RoomEvent.ConnectionQualityChanged,
      RoomEvent.ParticipantPermissionsChanged,
      RoomEvent.ParticipantNameChanged,
      RoomEvent.AudioPlaybackStatusChanged,
    ] as const) {
      room.on(event, show);
    }
    room.on(RoomEvent.TrackSubscribed, (track) => this.#play(track, kit));
    room.on(RoomEvent.TrackUnsubscribed, (track) => {
      this.#sounds.get(track)?.remove();
      this.#sounds.delete(track);
    });
    room.on(RoomEvent.Reconnecting, () => this.#room === room && this.#turn({ type: "lost" }));
    room.on(RoomEvent.Reconnected, () => this.#room === room && this.#turn({ type: "connected" }));
    room.on(RoomEvent.Disconnected, (reason) => {
      if (this.#room === room) void this.#lost(reason === kit.DisconnectReason.DUPLICATE_IDENTITY);
    });
  }

  /** The engine let go of us. Why, and whether we may come back, the house says when it is asked for a new pass. */
  async #lost(isElsewhere: boolean): Promise<void> {
    await this.#drop();
    this.#turn({ type: isElsewhere ? "elsewhere" : "lost" });
    if (this.#view.phase.at === "rejoining") await this.#connect();
  }

  #play(track: RemoteTrack, kit: Kit): void {
    if (track.kind !== kit.Track.Kind.Audio) return;
    const sound = track.attach();
    sound.hidden = true;
    document.body.append(sound);
    this.#sounds.set(track, sound);
  }

  #turn(turn: Turn): void {
    this.#set({ phase: next(this.#view.phase, turn) });
  }

  #set(change: Partial<CallView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** A hundred people make many small changes at once; the screen hears of them together. */
  #showSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      this.#show();
    }, 50);
  }

  #show(): void {
    const room = this.#room;
    const kit = this.#kit;
    if (!room || !kit) {
      this.#set({ tiles: [], camera: false, microphone: false, screen: false, needsClick: false });
      return;
    }
    const me = room.localParticipant;
    const others = [...room.remoteParticipants.values()];
    const speaking = room.activeSpeakers.find((participant) => participant !== me);
    this.#set({
      tiles: [me, ...others].flatMap((participant) => tilesOf(participant, kit)),
      speaker: speaking?.identity ?? this.#view.speaker,
      camera: me.isCameraEnabled,
      microphone: me.isMicrophoneEnabled,
      screen: me.isScreenShareEnabled,
      maySpeak: maySpeak(me, kit),
      needsClick: !room.canPlaybackAudio,
    });
  }
}

/** The engine's library, loaded when somebody goes in; what it says of each step is nobody's news. */
async function loadKit(): Promise<Kit> {
  const kit = await import("livekit-client");
  kit.setLogLevel(kit.LogLevel.warn);
  return kit;
}

function optionsOf(kit: Kit, { cameraId, microphoneId, speakerId }: Choices): RoomOptions {
  return {
    adaptiveStream: true,
    dynacast: true,
    videoCaptureDefaults: { resolution: kit.VideoPresets.h720.resolution, ...(cameraId && { deviceId: cameraId }) },
    audioCaptureDefaults: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(microphoneId && { deviceId: microphoneId }),
    },
    ...(speakerId && { audioOutput: { deviceId: speakerId } }),
    publishDefaults: {
      simulcast: true,
      // The encoding of cameras is not asked for screens, which would fall to 15 pictures a second.
      screenShareEncoding: { maxBitrate: 3_000_000, maxFramerate: 30 },
    },
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

/** What the house said, by its code: when it was asked for a pass, or at the door of the engine. */
function refusedBy(error: unknown): Turn | undefined {
  const refusal = refusalOf(error);
  if (refusal) return { type: "refused", code: refusal.code };
  const isNo = typeof error === "object" && error !== null && "status" in error && error.status === 403;
  return isNo && error instanceof Error ? { type: "refused", code: codeIn(error.message) } : undefined;
}

const codeIn = (message: string): string => /[a-z_]+\.[a-z_]+/.exec(message)?.[0] ?? "access.banned";
