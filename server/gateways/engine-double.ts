import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AccessToken } from "livekit-server-sdk";

import type { Media } from "#server/gateways/media.ts";

interface Guest {
  sid: string;
  identity: string;
  name: string;
  attributes: Record<string, string>;
  permission?: { canPublishSources?: string[] };
  /** What they were told they may, one after another. */
  permissions?: Guest["permission"][];
  joinedAtMs: string;
}

const apiKey = "double";
const apiSecret = "s".repeat(43);

/** Stands in for the media engine in tests: remembers rooms and guests, and answers as the engine does. Carries no media. */
export class EngineDouble implements Media {
  readonly rooms = new Map<string, Map<string, Guest>>();
  /** What was asked of it besides its API: proxied connects. */
  readonly knocks: string[] = [];
  isAway = false;
  #url = "";
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<this> {
    this.#server.on("upgrade", (request, socket) => {
      this.knocks.push(request.url?.split("?")[0] ?? "");
      socket.end("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\nhello");
    });
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  close = () => void this.#server.close();
  status = () => ({ state: this.isAway ? ("off" as const) : ("ready" as const) });
  connection = () => (this.isAway ? undefined : { url: this.#url, apiKey, apiSecret });

  /** Somebody comes in with a pass, or with an identity alone. */
  come(room: string, identity: string, over: Partial<Guest> = {}): Guest {
    const guest = {
      sid: `PA_${randomUUID()}`,
      identity,
      name: "Somebody",
      attributes: { as: "attendee" },
      joinedAtMs: String(Date.now()),
      ...over,
    };
    this.rooms.set(room, (this.rooms.get(room) ?? new Map()).set(identity, guest));
    return guest;
  }

  /** Forgets everything, as one that was killed does. */
  die(): void {
    this.rooms.clear();
  }

  /** What it would tell of its own accord, with the header that signs it. */
  async tell(event: string, room: string, participant: Guest, at = Date.now(), secret = apiSecret) {
    const createdAt = String(Math.floor(at / 1000));
    const body = JSON.stringify({ event, id: randomUUID(), createdAt, room: { name: room }, participant });
    const token = new AccessToken(apiKey, secret);
    token.sha256 = createHash("sha256").update(body).digest("base64");
    return { body, authorization: await token.toJwt() };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split("?")[0] ?? "";
    if (!path.startsWith("/twirp/livekit.RoomService/")) {
      this.knocks.push(path);
      response.end("success");
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as { name?: string; room?: string; identity?: string };
    const reply = this.#serve(path.split("/").at(-1) ?? "", asked);
    response.writeHead(reply ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(reply ?? { code: "not_found", msg: "not there" }));
  }

  #serve(
    method: string,
    asked: { name?: string; room?: string; identity?: string; permission?: Guest["permission"] },
  ): object | undefined {
    const room = this.rooms.get(asked.room ?? "");
    const guest = room?.get(asked.identity ?? "");
    switch (method) {
      case "CreateRoom":
        this.rooms.set(asked.name ?? "", this.rooms.get(asked.name ?? "") ?? new Map());
        return { name: asked.name };
      case "DeleteRoom":
        return this.rooms.delete(asked.room ?? "") ? {} : undefined;
      case "ListParticipants":
        return { participants: [...(room?.values() ?? [])].map((one) => ({ ...one, state: "ACTIVE" })) };
      case "RemoveParticipant":
        return room?.delete(asked.identity ?? "") ? {} : undefined;
      case "UpdateParticipant":
        if (guest) {
          guest.permission = asked.permission;
          guest.permissions = [...(guest.permissions ?? []), asked.permission];
        }
        return guest;
      default:
        return undefined;
    }
  }
}
