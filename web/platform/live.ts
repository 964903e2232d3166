import { useEffect, useRef, useState } from "react";
import type { Socket } from "socket.io-client";
import type { z } from "zod";

import { type Channel, channelName, type Operation, socketPath } from "#contract/channel.ts";
import type { Refusal } from "#contract/page.ts";

/** A channel as `contract/paths.gen.ts` knows it. */
type Named = Pick<Channel, "name">;

type ParamsOf<C> = C extends Channel<infer P> ? z.input<P> & Record<string, string> : Record<string, string>;
type ToldOf<C> = C extends Channel<z.ZodType, infer T> ? T : never;
type SaidOf<C> =
  C extends Channel<z.ZodType, Record<string, z.ZodType>, infer S extends Record<string, z.ZodType>> ? S : never;
type Hears<C> = { [Op in keyof ToldOf<C>]?: (body: z.output<ToldOf<C>[Op]>, operation: Operation) => void };

interface Listener {
  hear: (operation: Operation) => void;
  left: (refusal: Refusal) => void;
}

/** What is heard of one channel: the number of the last operation that was passed on, and of the last that is known of. */
interface Ear {
  seq: number | undefined;
  known: number;
  isAsking: boolean;
  listeners: Set<Listener>;
}

const ears = new Map<string, Ear>();
const watchers = new Set<(isUp: boolean) => void>();
let line: Promise<Socket> | undefined;

/** One socket for all channels of a page, loaded when the first of them is listened to. */
function connect(): Promise<Socket> {
  line ??= import("socket.io-client").then(({ io }) => {
    const socket = io({ path: socketPath, transports: ["websocket"] });
    socket.on("connect", () => {
      for (const name of ears.keys()) void catchUp(name);
      for (const watch of watchers) watch(true);
    });
    socket.on("disconnect", () => {
      for (const watch of watchers) watch(false);
    });
    socket.on("operations", (operations: Operation[]) => operations.forEach(take));
    socket.on("left", ({ channel, problem }: { channel: string; problem: Record<string, unknown> }) =>
      shutOut(channel, problem),
    );
    return socket;
  });
  return line;
}

/** Passes on what follows the last one directly; before anything else, a hole is asked for. */
function take(operation: Operation): void {
  const ear = ears.get(operation.channel);
  if (!ear) return;
  ear.known = Math.max(ear.known, operation.seq);
  if (ear.isAsking || ear.seq === undefined) return;
  if (operation.seq === ear.seq + 1) pass(ear, operation);
  else if (operation.seq > ear.seq) void catchUp(operation.channel);
}

function pass(ear: Ear, operation: Operation): void {
  ear.seq = operation.seq;
  for (const listener of ear.listeners) listener.hear(operation);
}

/** Joins a channel, at first or again, until nothing is missing; operations that come meanwhile are asked for too. */
async function catchUp(name: string): Promise<void> {
  const ear = ears.get(name);
  if (!ear || ear.isAsking) return;
  ear.isAsking = true;
  try {
    do {
      const { seq, operations } = await ask<{ seq: number; operations: Operation[] }>("join", {
        channel: name,
        since: ear.seq,
      });
      ear.known = Math.max(ear.known, seq);
      ear.seq ??= seq;
      for (const operation of operations) if (operation.seq > ear.seq) pass(ear, operation);
      // What is too old to be kept is missed by nobody but who slept through it.
      if (operations.length === 0) ear.seq = Math.max(ear.seq, seq);
    } while (ear.seq < ear.known);
  } catch (refused) {
    // Nobody was asked: the next connection asks again by itself.
    if (refused !== offline) shutOut(name, refused as Record<string, unknown>);
  } finally {
    ear.isAsking = false;
  }
  // What came after the last answer was written, and before the asking ended.
  if (ear.seq !== undefined && ear.seq < ear.known && ears.get(name) === ear) setTimeout(() => void catchUp(name), 50);
}

/** Refusals that say nothing about a right: the house was away for a moment, or is busy. */
const passing = new Set<unknown>(["internal", "rate.limited"]);
const askAgainMs = 2000;

function shutOut(name: string, { code, title, ...details }: Record<string, unknown>): void {
  if (passing.has(code)) {
    setTimeout(() => void catchUp(name), askAgainMs * (0.5 + Math.random()));
    return;
  }
  const refusal = { code, message: String(title ?? ""), details } as Refusal;
  for (const listener of ears.get(name)?.listeners ?? []) listener.left(refusal);
}

type Reply<T> = ({ ok: true } & T) | { ok: false; problem: Record<string, unknown> };

/** Throws the problem of a refusal; while the line is down it waits for the next connection, where `connect` asks again. */
async function ask<T extends object>(event: string, body: object): Promise<T> {
  const socket = await connect();
  const reply = await socket
    .timeout(10_000)
    .emitWithAck(event, body)
    .catch(() => ({ ok: false, problem: offline }));
  const { ok, ...rest } = reply as Reply<T>;
  if (ok) return rest as unknown as T;
  throw (rest as { problem: Record<string, unknown> }).problem;
}

const offline = { code: "internal", title: "" };

/**
 * Listens to a channel while a component stands: `useChannel<typeof door>(channels.door, { gatheringId }, { counted: … })`.
 *
 * Each operation comes once and in order, also after a cut. `since` is the number of the last one that the page knew when
 * it was made; without it only what comes from now on is heard.
 */
export function useChannel<C extends Channel>(
  spec: Named,
  params: ParamsOf<C>,
  on: Hears<C>,
  options: { since?: number; onLeft?: (refusal: Refusal) => void } = {},
): void {
  const name = channelName(spec.name, params);
  const latest = useRef({ on, options });
  useEffect(() => {
    latest.current = { on, options };
  });
  useEffect(() => {
    const listener: Listener = {
      hear: (operation) => {
        const heard = latest.current.on as Record<string, ((body: unknown, operation: Operation) => void) | undefined>;
        heard[operation.op]?.(operation.body, operation);
      },
      left: (refusal) => latest.current.options.onLeft?.(refusal),
    };
    listen(name, listener, latest.current.options.since);
    return () => unlisten(name, listener);
  }, [name]);
}

function listen(name: string, listener: Listener, since: number | undefined): void {
  const ear = ears.get(name) ?? { seq: since, known: since ?? 0, isAsking: false, listeners: new Set() };
  const isNew = !ears.has(name);
  ears.set(name, ear);
  ear.listeners.add(listener);
  if (!isNew) return;
  void connect().then((socket) => {
    if (socket.connected) void catchUp(name);
  });
}

function unlisten(name: string, listener: Listener): void {
  const ear = ears.get(name);
  ear?.listeners.delete(listener);
  if (!ear || ear.listeners.size > 0) return;
  ears.delete(name);
  void line?.then((socket) => socket.emit("leave", { channel: name }, () => undefined));
}

/** Says something on a channel; throws a `Refusal`-like problem when it is refused. */
export async function speak<C extends Channel, Op extends keyof SaidOf<C> & string>(
  spec: Named,
  params: ParamsOf<C>,
  op: Op,
  body: z.input<SaidOf<C>[Op]>,
): Promise<unknown> {
  const { reply } = await ask<{ reply: unknown }>("message", { channel: channelName(spec.name, params), op, body });
  return reply;
}

/** Whether the live line stands; true until it was seen to fall, so that nobody is frightened by the first second. */
export function useLineIsUp(): boolean {
  const [isUp, setUp] = useState(true);
  useEffect(() => {
    watchers.add(setUp);
    return () => void watchers.delete(setUp);
  }, []);
  return isUp;
}
