import type { LocalParticipant, LocalTrackPublication, RemoteTrack, Room } from "livekit-client";

import type { MediaPass } from "#contract/rooms.ts";
import { healthOf } from "#web/features/rooms/components/call-health.ts";
import {
  type Choices,
  isOfTheLine,
  type Kit,
  loadKit,
  optionsOf,
  refusedBy,
} from "#web/features/rooms/components/call-kit.ts";
import { asksForPictures } from "#web/features/rooms/components/call-pictures.ts";
import { before, type CallView, lookAt, nothing } from "#web/features/rooms/components/call-view.ts";
import { examined, healthy, next, type Turn, waitBefore } from "#web/features/rooms/state.ts";

const lookMs = 2000;
/** An engine that is gone may not answer even to a goodbye. */
const goodbyeMs = 2000;

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
  #watch: ReturnType<typeof setInterval> | undefined;
  #scheduled = false;
  /** A shared screen outlives its line: only a click could ask for it again. */
  #screen: Pick<LocalTrackPublication, "source" | "track">[] = [];
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
    clearInterval(this.#watch);
    this.#watch = this.#watchOver();
    await this.#connect();
  }

  async leave(): Promise<void> {
    this.#turn({ type: "leave" });
    clearInterval(this.#watch);
    await this.#drop();
  }

  /** From the last screen back to the first. */
  again(): void {
    this.#turn({ type: "again" });
  }

  /** Ends everything without a word: the page goes away. */
  close(): void {
    clearInterval(this.#watch);
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
      // What the line did not carry is carried by the next one; what the device refuses is refused again.
      if (isOfTheLine(error)) return;
      if (device !== "screen") this.#choices = { ...this.#choices, [device]: false };
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
      const turn = refusedBy(error) ?? ({ type: "lost" } as const);
      await this.#drop(turn.type === "lost" ? "screen" : "nothing");
      this.#turn(turn);
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
    const me = this.#room?.localParticipant;
    for (const { track, source } of this.#screen.splice(0)) {
      const picture = track?.mediaStreamTrack;
      if (picture?.readyState === "live") await me?.publishTrack(picture, { source }).catch(() => picture.stop());
    }
  }

  async #drop(keeps: "screen" | "nothing" = "nothing"): Promise<void> {
    clearTimeout(this.#wait);
    const room = this.#room;
    this.#room = undefined;
    if (keeps === "screen") this.#keepScreen(room);
    else for (const { track } of this.#screen.splice(0)) track?.stop();
    for (const sound of this.#sounds.values()) sound.remove();
    this.#sounds.clear();
    const gone = room?.disconnect(keeps === "nothing").catch(() => {});
    await Promise.race([gone, new Promise((done) => setTimeout(done, goodbyeMs))]);
    this.#show();
  }

  #keepScreen(room: Room | undefined): void {
    for (const one of room?.localParticipant.trackPublications.values() ?? []) {
      if (one.source === this.#kit?.Track.Source.ScreenShare || one.source === this.#kit?.Track.Source.ScreenShareAudio)
        this.#screen.push({ source: one.source, track: one.track });
      else one.track?.stop();
    }
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

  /**
   * Looks after the call as long as it lasts: where it carries nothing, or does not find back, it is built anew; where a
   * single picture does not come, that one is asked for anew.
   */
  #watchOver(): ReturnType<typeof setInterval> {
    let health = healthy(performance.now());
    let looks: ReturnType<typeof looksAfter> | undefined;
    return setInterval(async () => {
      const [room, kit] = [this.#room, this.#kit];
      if (!room || !kit || !this.#isCarried(room, kit)) return;
      if (looks?.room !== room) looks = looksAfter(room, kit);
      const isWell = this.#view.phase.at === "in" && (await looks.isWell(this.#choices));
      if (this.#room !== room) return;
      const { isDue, ...after } = examined(health, isWell, performance.now());
      health = after;
      if (isDue) await this.#lost(false);
      else if (isWell) await looks.askForPictures(performance.now());
    }, lookMs);
  }

  /** Whether the engine's library has this call in hand, on the line or on its own way back to it. */
  #isCarried = ({ state }: Room, { ConnectionState }: Kit): boolean =>
    state !== ConnectionState.Connecting && state !== ConnectionState.Disconnected;

  /** The engine let go of us. Why, and whether we may come back, the house says when it is asked for a new pass. */
  async #lost(isElsewhere: boolean): Promise<void> {
    await this.#drop(isElsewhere ? "nothing" : "screen");
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
    const [room, kit] = [this.#room, this.#kit];
    this.#set(room && kit ? lookAt(room, kit) : nothing);
    // A microphone that a host has taken stays off when it is given back.
    if (!this.#view.maySpeak) this.#choices = { ...this.#choices, microphone: false };
  }
}

const looksAfter = (room: Room, kit: Kit) => ({
  room,
  isWell: healthOf(room, kit),
  askForPictures: asksForPictures(room, kit),
});
