import {
  AccessToken,
  type ParticipantInfo,
  ParticipantInfo_State,
  RoomServiceClient,
  ServerError,
  TokenVerifier,
  TrackSource,
  WebhookReceiver,
} from "livekit-server-sdk";

import type { Media } from "#server/gateways/media.ts";

/** One connection of one device of one person in a room. */
export interface Participant {
  sid: string;
  identity: string;
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** How long ago it came. Spans, since the engine's clock is not the one by which we decide. */
  joinedMsAgo: number;
}

/** What somebody may do in a room. Whatever is not named here, nobody may. */
export interface Permissions {
  canSpeak: boolean;
  /** Unless told, they may. */
  canShare?: boolean;
}

export interface Pass extends Permissions {
  room: string;
  identity: string;
  name: string;
  /** Told to everybody in the room; its bearer cannot change them. */
  attributes: Record<string, string>;
  seconds: number;
}

/** What the engine tells us of its own accord. */
export interface Sign {
  kind: "joined" | "left" | "room_finished" | "other";
  room: string;
  msAgo: number;
  participant?: Participant;
}

/** Thrown when the engine is away: who asks decides whether that matters. */
export class EngineAway extends Error {}

const seconds = 5;

/** The engine's own API, spoken for us alone; browsers never come here. */
export class LiveKit {
  readonly #media: Media;

  constructor(media: Media) {
    this.#media = media;
  }

  /** A pass for one person, one device and one room. It names no right to command the room. */
  async pass({ room, identity, name, attributes, canSpeak, seconds: ttl }: Pass): Promise<string> {
    const { apiKey, apiSecret } = this.#connection();
    const token = new AccessToken(apiKey, apiSecret, { identity, name, attributes, ttl });
    token.addGrant({
      room,
      roomJoin: true,
      roomCreate: false,
      roomAdmin: false,
      canSubscribe: true,
      canPublish: true,
      canPublishSources: sourcesOf({ canSpeak }),
      canPublishData: false,
      canUpdateOwnMetadata: false,
    });
    return token.toJwt();
  }

  /** Whom a pass is for; nothing where it is not ours, or too old. */
  async readPass(token: string): Promise<{ room: string; identity: string } | undefined> {
    const { apiKey, apiSecret } = this.#connection();
    try {
      const { sub, video } = await new TokenVerifier(apiKey, apiSecret).verify(token);
      return sub && video?.room && video.roomJoin ? { room: video.room, identity: sub } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Makes sure that the room is there; made before, it stays as it is. */
  async ensureRoom(room: string, maxParticipants: number): Promise<void> {
    await this.#ask((client) => client.createRoom({ name: room, maxParticipants }));
  }

  /** Ends a room: everybody in it is sent away. */
  async closeRoom(room: string): Promise<void> {
    await this.#ask((client) => client.deleteRoom(room));
  }

  /** Who is connected now; nobody where the engine does not know the room. */
  async participants(room: string): Promise<Participant[]> {
    const found = await this.#ask((client) => client.listParticipants(room));
    return (found ?? []).filter(({ state }) => state !== ParticipantInfo_State.DISCONNECTED).map(participantOf);
  }

  async remove(room: string, identity: string): Promise<void> {
    await this.#ask((client) => client.removeParticipant(room, identity));
  }

  /** What they may do from now on. Every right is said again, since the engine forgets those that are not named. */
  async permit(room: string, identity: string, permissions: Permissions): Promise<void> {
    const permission = {
      canSubscribe: true,
      canPublish: true,
      canPublishData: false,
      canPublishSources: sourcesOf(permissions),
      canUpdateMetadata: false,
      hidden: false,
      canSubscribeMetrics: false,
    };
    await this.#ask((client) => client.updateParticipant(room, identity, { permission }));
  }

  /** What the engine says, when its signature over these very bytes is right. */
  async readSign(bytes: Uint8Array, authorization: string | undefined): Promise<Sign | undefined> {
    const { apiKey, apiSecret } = this.#connection();
    try {
      const said = await new WebhookReceiver(apiKey, apiSecret).receive(
        new TextDecoder().decode(bytes),
        authorization ?? "",
      );
      return {
        kind: kinds[said.event] ?? "other",
        room: said.room?.name ?? "",
        msAgo: msSince(Number(said.createdAt) * 1000),
        participant: said.participant && participantOf(said.participant),
      };
    } catch {
      return undefined;
    }
  }

  #connection() {
    const connection = this.#media.connection();
    if (!connection) throw new EngineAway("The media engine is not there.");
    return connection;
  }

  /** Nothing where the engine does not know what is spoken of; every other trouble is that it is away. */
  async #ask<T>(question: (client: RoomServiceClient) => Promise<T>): Promise<T | undefined> {
    const { url, apiKey, apiSecret } = this.#connection();
    const client = new RoomServiceClient(url, apiKey, apiSecret, { requestTimeout: seconds });
    try {
      return await question(client);
    } catch (error) {
      if (error instanceof ServerError && error.status === 404) return undefined;
      throw new EngineAway("The media engine does not answer.", { cause: error });
    }
  }
}

const kinds: Record<string, Sign["kind"]> = {
  participant_joined: "joined",
  participant_left: "left",
  participant_connection_aborted: "left",
  room_finished: "room_finished",
};

// What may not be published any more is taken down by the engine at once.
// A mute that sticks takes the microphone out of what may be published; muting a track could be undone by its owner.
const sourcesOf = ({ canSpeak, canShare = true }: Permissions): TrackSource[] => [
  TrackSource.CAMERA,
  ...(canShare ? [TrackSource.SCREEN_SHARE] : []),
  ...(canSpeak ? [TrackSource.MICROPHONE] : []),
  ...(canSpeak && canShare ? [TrackSource.SCREEN_SHARE_AUDIO] : []),
];

function participantOf({ sid, identity, name, attributes, joinedAt, joinedAtMs }: ParticipantInfo): Participant {
  const joined = joinedAtMs ? Number(joinedAtMs) : Number(joinedAt) * 1000;
  return { sid, identity, name, attributes, joinedMsAgo: msSince(joined) };
}

const msSince = (epochMs: number) => Math.max(0, Date.now() - epochMs);
