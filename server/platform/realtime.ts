import type { Server as HttpServer, IncomingMessage } from "node:http";
import { Server, type Socket } from "socket.io";
import { z } from "zod";

import { socketPath } from "#contract/channel.ts";
import { type Live, operationsAfter, seqOf, seqsOf } from "#server/platform/channels.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import type { Log } from "#server/platform/log.ts";
import { Problem } from "#server/platform/problem.ts";
import { read } from "#server/platform/read.ts";
import { listenForWakings } from "#server/platform/waking.ts";

const Join = z.object({ channel: z.string().max(200), since: z.int().min(0).optional() });
const Message = z.object({ channel: z.string().max(200), op: z.string().max(60), body: z.unknown() });
const Leave = z.object({ channel: z.string().max(200) });

/** So many operations go in one answer or frame; who is further behind asks again. */
const mostAtOnce = 500;
const mostChannels = 30;
const requestsPerSecond = 20;

interface Options {
  httpServer: HttpServer;
  databaseUrl: string;
  base: Ctx;
  channels: readonly Live[];
  /** Who sits behind a socket, asked anew for each request, so that a session that ended is no use at once. */
  ctxOf: (request: IncomingMessage) => Promise<Ctx>;
  isOurs: (origin: string, host: string) => boolean;
  log: Log;
}

/**
 * The live side: sockets join channels, and hear each operation once and in order.
 *
 * The database is the truth. When a channel is said to have something new, the rows after the last one sent are read
 * and passed on; a socket that missed something asks by `join` with `since`.
 */
export async function startRealtime(options: Options): Promise<{ io: Server; stop: () => Promise<void> }> {
  const { log } = options;
  const io = new Server(options.httpServer, {
    path: socketPath,
    transports: ["websocket"],
    destroyUpgrade: false,
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    allowRequest: (request, done) => {
      const { origin, host = "" } = request.headers;
      done(null, !origin || options.isOurs(origin, host));
    },
  });
  servers.add(io);
  const relay = createRelay(io, options);
  io.on("connection", (socket) => receive(socket, options, relay));
  const stopListening = await listenForWakings({
    databaseUrl: options.databaseUrl,
    redis: options.base.gateways.redis,
    log,
    wake: relay.wake,
    lookAtAll: relay.lookAtAll,
    askAgain: (about) => void askAgainNow(io, options, relay, about),
  });
  return {
    io,
    stop: async () => {
      servers.delete(io);
      await stopListening();
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

const servers = new Set<Server>();

/** How many sockets this process serves. */
export const countSockets = (): number => [...servers].reduce((all, io) => all + io.engine.clientsCount, 0);

interface Relay {
  join: (name: string, socket: Socket) => Promise<number>;
  leave: (name: string, socket: Socket) => void;
  wake: (name: string) => void;
  /** Wakes those channels that have something new. */
  lookAtAll: () => Promise<void>;
}

/** Remembers per channel the last operation passed on, and reads what came after it; one reader per channel at a time. */
function createRelay(io: Server, { base, log }: Options): Relay {
  const heard = new Map<string, { seq: number; reading: boolean; again: boolean }>();
  const read = async (name: string) => {
    const state = heard.get(name);
    if (!state) return;
    if (state.reading) {
      state.again = true;
      return;
    }
    state.reading = true;
    try {
      do {
        state.again = false;
        const operations = await operationsAfter(base.db, name, state.seq, mostAtOnce);
        const last = operations.at(-1);
        if (last) {
          state.seq = last.seq;
          io.to(name).emit("operations", operations);
          state.again ||= operations.length === mostAtOnce;
        }
      } while (state.again);
    } catch (error) {
      log.warn({ err: error }, "a channel could not be read; it will be at its next operation");
    } finally {
      state.reading = false;
    }
  };
  return {
    join: async (name, socket) => {
      // In this order nothing falls between: what is said before the number is read is asked for, what is said after is sent.
      await socket.join(name);
      const seq = await seqOf(base.db, name);
      if (!heard.has(name)) heard.set(name, { seq, reading: false, again: false });
      void read(name);
      return seq;
    },
    leave: (name, socket) => {
      void socket.leave(name);
      if (!io.sockets.adapter.rooms.has(name)) heard.delete(name);
    },
    wake: (name) => void read(name),
    lookAtAll: async () => {
      for (const { name, seq } of await seqsOf(base.db, [...heard.keys()])) {
        if (seq > (heard.get(name)?.seq ?? seq)) void read(name);
      }
    },
  };
}

function receive(socket: Socket, options: Options, relay: Relay): void {
  const pace = createPace();
  // Who writes two things in one breath has them said in that order.
  const inTurn = createQueue();
  const answer = (event: string, run: (input: unknown) => Promise<object>) =>
    socket.on(event, async (input: unknown, ack?: (reply: object) => void) => {
      const reply = typeof ack === "function" ? ack : () => {};
      try {
        pace();
        reply({ ok: true, ...(await run(input)) });
      } catch (error) {
        if (!(error instanceof Problem)) options.log.error({ err: error, event }, "a socket's request failed");
        reply({ ok: false, problem: await refusalTo(socket, error, options) });
      }
    });

  answer("join", async (input) => {
    const { channel, since } = read(Join, input);
    if (socket.rooms.size > mostChannels) throw new Problem("rate.limited", { retryAfterSeconds: 1 });
    await permit(await callerAt(socket, options), options.channels, channel);
    const seq = await relay.join(channel, socket);
    try {
      // A right that was taken away after the first question was not yet ours to lose.
      await permit(await callerAt(socket, options), options.channels, channel);
    } catch (error) {
      relay.leave(channel, socket);
      throw error;
    }
    if (since === undefined) return { seq, operations: [] };
    return { seq, operations: await operationsAfter(options.base.db, channel, since, mostAtOnce) };
  });
  answer("message", (input) =>
    inTurn(async () => {
      const { channel, op, body } = read(Message, input);
      const ctx = await callerAt(socket, options);
      const { live, params } = await permit(ctx, options.channels, channel);
      const isKnown = Object.hasOwn(live.spec.said, op);
      const schema = isKnown && live.spec.said[op];
      const handle = isKnown && live.answers[op];
      if (!schema || !handle) throw new Problem("request.invalid", { fields: [] });
      return { reply: await handle(ctx, params as never, read(schema, body) as never) };
    }),
  );
  answer("leave", async (input) => {
    relay.leave(read(Leave, input).channel, socket);
    return {};
  });
  socket.on("disconnecting", () => {
    for (const name of socket.rooms) if (name !== socket.id) relay.leave(name, socket);
  });
}

/** Who sits behind a socket now. Their language is kept for refusals that come before anybody is asked for. */
async function callerAt(socket: Socket, { ctxOf }: Options): Promise<Ctx> {
  const ctx = await ctxOf(socket.request);
  socket.data.locale = ctx.locale;
  return ctx;
}

/** A refusal in the language of who sits there, who is asked for once if nobody was before: it may be one of many. */
async function refusalTo(socket: Socket, error: unknown, options: Options) {
  socket.data.locale ??= callerAt(socket, options).then(
    ({ locale }) => locale,
    () => "en",
  );
  return (error instanceof Problem ? error : new Problem("internal")).in(await socket.data.locale).toJSON();
}

/** Does one thing after another, whatever became of the one before. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}

/** Refuses a socket that asks faster than any screen of ours would. */
function createPace(): () => void {
  let left = requestsPerSecond * 3;
  let at = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(requestsPerSecond * 3, left + ((now - at) / 1000) * requestsPerSecond);
    at = now;
    if (left < 1) throw new Problem("rate.limited", { retryAfterSeconds: 1 });
    left -= 1;
  };
}

/** Finds the channel's manners by its filled-in name and asks whether this caller may listen. */
async function permit(ctx: Ctx, channels: readonly Live[], name: string) {
  for (const live of channels) {
    const params = paramsOf(live.spec.name, name);
    const read = params && live.spec.params.safeParse(params);
    // An id in capitals would name a channel that nobody speaks on.
    if (!read?.success || name !== name.toLowerCase()) continue;
    if (await live.mayJoin(ctx, read.data as never)) return { live, params: read.data };
    const isNobody = ctx.actor.kind === "anonymous" && ctx.holds.length === 0;
    throw new Problem(isNobody ? "auth.required" : "auth.forbidden");
  }
  throw new Problem("channel.not_found");
}

function paramsOf(template: string, name: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const given = name.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

/** Rights changed: each socket that could be meant is asked again at each channel it hears, and leaves those it lost. */
async function askAgainNow(
  io: Server,
  options: Options,
  relay: Relay,
  about: { personId?: string; gatheringId?: string },
): Promise<void> {
  for (const socket of io.sockets.sockets.values()) {
    const names = [...socket.rooms].filter(
      (name) => name !== socket.id && (!about.gatheringId || name.includes(about.gatheringId)),
    );
    if (names.length === 0) continue;
    try {
      const ctx = await callerAt(socket, options);
      if (isSomebodyElse(ctx, about.personId)) continue;
      for (const name of names) {
        await permit(ctx, options.channels, name).catch((error) => sendAway(socket, relay, name, error, options));
      }
    } catch (error) {
      // What cannot be asked is not heard any more: the browser joins again and is asked then.
      for (const name of names) void sendAway(socket, relay, name, error, options);
    }
  }
}

/** Certainly not the one who is meant: an account without links is one person only. */
const isSomebodyElse = ({ actor, holds }: Ctx, personId: string | undefined): boolean =>
  personId !== undefined && actor.kind === "user" && holds.length === 0 && actor.personId !== personId;

async function sendAway(
  socket: Socket,
  relay: Relay,
  channel: string,
  error: unknown,
  options: Options,
): Promise<void> {
  if (!(error instanceof Problem)) options.log.error({ err: error }, "a socket's right could not be asked again");
  relay.leave(channel, socket);
  socket.emit("left", { channel, problem: await refusalTo(socket, error, options) });
}
