import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, request as forward } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { io } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";

import { socketPath } from "#contract/channel.ts";
import { startRedis } from "#ops/redis.fixture.ts";
import { type RunningHouse, startHouse } from "#ops/run-house.ts";
import { startThrowaway } from "#ops/throwaway.ts";

let database: Awaited<ReturnType<typeof startThrowaway>>;
let redis: Awaited<ReturnType<typeof startRedis>>;
let houses: RunningHouse[];
let proxy: { url: string; port: number; close: () => void };

beforeAll(async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  database = await startThrowaway();
  redis = await startRedis();
  const env = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    PUBLIC_URL: `http://localhost:${port}`,
    TRUSTED_PROXY: "127.0.0.1",
    PLENARY_SECRET: "Vf3q9ZrT1xNw7bKc5uYd2mHs8pLj4gEa",
    PLENARY_TICKET_KEY: generateKeyPairSync("ed25519")
      .privateKey.export({ format: "der", type: "pkcs8" })
      .toString("base64"),
    // Neither of them owns a media engine.
    LIVEKIT_URL: "ws://127.0.0.1:9",
    LIVEKIT_API_KEY: "key",
    LIVEKIT_API_SECRET: "s".repeat(32),
  };
  const first = await startHouse({ env });
  houses = [first, await startHouse({ env })];
  proxy = { url: `http://127.0.0.1:${port}`, port, close: () => server.close() };
  spread(
    server,
    houses.map(({ url }) => Number(new URL(url).port)),
  );
}, 180_000);

afterAll(async () => {
  proxy?.close();
  for (const house of houses ?? []) await house.stop();
  await database?.stop();
  await redis?.end();
}, 60_000);

/** A proxy that gives each request to the next process, whoever asks. */
function spread(server: ReturnType<typeof createServer>, ports: readonly number[]): void {
  let turns = 0;
  const next = () => ports[turns++ % ports.length] ?? 0;
  server.on("request", (request, reply) => {
    const port = next();
    const headers = { ...request.headers, "x-forwarded-for": request.headers["x-caller"] ?? "10.0.0.1" };
    const onward = forward(
      { host: "127.0.0.1", port, path: request.url, method: request.method, headers },
      (answer) => {
        reply.writeHead(answer.statusCode ?? 502, { ...answer.headers, "x-process": String(port) });
        answer.pipe(reply);
      },
    );
    request.pipe(onward);
  });
  server.on("upgrade", (request, socket, head) => {
    const onward = connect(next(), "127.0.0.1", () => {
      const lines = request.rawHeaders.flatMap((part, n) =>
        n % 2 === 0 ? [`${part}: ${request.rawHeaders[n + 1]}`] : [],
      );
      onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    for (const one of [socket, onward]) one.on("error", () => one.destroy());
  });
}

async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const reply = await fetch(`${proxy.url}${path}`, {
    method,
    headers: { ...(body ? { "content-type": "application/json" } : {}), ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await reply.text();
  return {
    status: reply.status,
    by: reply.headers.get("x-process"),
    text,
    json: () => JSON.parse(text),
    cookie: reply.headers.getSetCookie()[0]?.split(";")[0] ?? "",
  };
}
const api = (method: string, path: string, body?: object, headers?: Record<string, string>) =>
  ask(method, `/api/v1${path}`, body, headers);

async function signUp(email: string): Promise<string> {
  const account = { name: "Ada", email, password: "correct horse battery" };
  await api("POST", "/auth/register", account);
  const token = async () => {
    const { items } = (await api("GET", `/dev/letters?to=${email}`)).json() as { items: { text: string }[] };
    return /verify\?token=([\w.-]+)/.exec(items[0]?.text ?? "")?.[1];
  };
  await expect.poll(token).toBeDefined();
  return (await api("POST", "/auth/verify", { token: await token() })).cookie;
}

/** Whether the processes reach Redis, as they say themselves. */
const redisStates = async () => {
  const replies = await Promise.all(houses.map(({ url }) => fetch(`${url}/ready`)));
  const ready = (await Promise.all(replies.map((reply) => reply.json()))) as { redis: { state: string } }[];
  return ready.map(({ redis }) => redis.state);
};

it.each([
  ["with Redis between them", "ready", "10.9.9.9"],
  ["with the database alone, since Redis fell", "off", "10.9.9.8"],
])(
  "are one product %s: sessions, pages, repeated requests, limits and live screens",
  async (_, state, caller) => {
    if (state === "off") await redis.end();
    await expect.poll(redisStates).toEqual([state, state]);
    const cookie = await signUp(`ada-${state}@example.org`);
    const me = await Promise.all([1, 2, 3, 4].map(() => api("GET", "/auth/me", undefined, { cookie })));
    expect(new Set(me.map(({ by }) => by)).size).toBe(2);
    expect(me.map(({ status }) => status)).toEqual([200, 200, 200, 200]);

    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const draft = { title: "Before the change", startTime: at(48), endTime: at(50) };
    const { id, slug, version } = (await api("POST", "/events", draft, { cookie })).json();
    const { occurrenceId } = (await api("POST", `/events/${id}/publish`, {}, { cookie })).json();
    const pages = async () => {
      const found = await Promise.all([1, 2].map(() => ask("GET", `/events/${slug}`)));
      return found.map(({ text }) => /<title>([^<]*)/.exec(text)?.[1]);
    };
    // Kept by each process from the second time on.
    for (let n = 0; n < 3; n++) await pages();
    expect(await pages()).toEqual([expect.stringContaining("Before"), expect.stringContaining("Before")]);
    expect((await api("PATCH", `/events/${id}`, { title: "After it", version }, { cookie })).status).toBe(200);
    expect(await pages()).toEqual([expect.stringContaining("After"), expect.stringContaining("After")]);

    const heard: number[][] = [[], []];
    const sockets = heard.map((list) => {
      const socket = io(proxy.url, { path: socketPath, transports: ["websocket"], extraHeaders: { cookie } });
      socket.on("operations", (operations: { seq: number }[]) => list.push(...operations.map(({ seq }) => seq)));
      return socket;
    });
    for (const socket of sockets) {
      const joined = await socket.emitWithAck("join", { channel: `gathering/${occurrenceId}/chat` });
      expect(joined).toMatchObject({ ok: true });
    }
    for (const text of ["one", "two", "three", "four"]) {
      expect((await api("POST", `/gatherings/${occurrenceId}/messages`, { text }, { cookie })).status).toBe(201);
    }
    await expect
      .poll(() => heard)
      .toEqual([
        [1, 2, 3, 4],
        [1, 2, 3, 4],
      ]);
    for (const socket of sockets) socket.disconnect();

    const once = { cookie, "idempotency-key": "the same" };
    const repeated = [1, 2].map(() => api("POST", `/events/${id}/register`, {}, once));
    const [first, second] = await Promise.all(repeated);
    const third = await api("POST", `/events/${id}/register`, {}, once);
    expect([first, second].filter((one) => one?.status === 201)).not.toEqual([]);
    expect(third.status).toBe(201);
    expect((await api("GET", `/events/${id}/participants`, undefined, { cookie })).json().items).toHaveLength(1);

    const guesses = Array.from({ length: 26 }, () =>
      api("POST", "/auth/verify", { token: "1.guess" }, { "x-caller": caller }),
    );
    const codes = (await Promise.all(guesses)).map(({ status }) => status);
    expect(codes.filter((code) => code === 429)).toHaveLength(6);
  },
  120_000,
);
