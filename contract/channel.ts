import type { z } from "zod";

/** What travels on every channel; a hole in `seq` tells the listener to ask for what is missing. */
export interface Operation<Op extends string = string, Body = unknown> {
  channel: string;
  seq: number;
  op: Op;
  at: string;
  body: Body;
}

/** One live channel: who is told what, and what may be said on it, described once for the socket server and the browser. */
export interface Channel<
  P extends z.ZodType = z.ZodType,
  Told extends Record<string, z.ZodType> = Record<string, z.ZodType>,
  Said extends Record<string, z.ZodType> = Record<string, z.ZodType>,
> {
  /** With its parameters: `gathering/:gatheringId/chat`. */
  name: string;
  params: P;
  /** Operations that the server sends. */
  told: Told;
  /** Requests that a client may make; each is answered or refused with a problem. */
  said: Said;
  keepsHistory: boolean;
}

export const channel = <P extends z.ZodType, T extends Record<string, z.ZodType>, S extends Record<string, z.ZodType>>(
  spec: Channel<P, T, S>,
): Channel<P, T, S> => spec;

/** The name of one channel of a kind: its parameters filled in. */
export const channelName = (name: string, params: Record<string, string>): string =>
  name.replace(/:(\w+)/g, (_match, key: string) => params[key] ?? "");

/** Where sockets knock. Not `/live`, which is where people look at rooms. */
export const socketPath = "/channels";

/*
 * On the wire (Socket.IO over WebSocket), each request is acknowledged with `{ ok: true, … }` or `{ ok: false, problem }`:
 *   join    { channel, since? }    → { seq, operations }   all after `since`; without `since` only the present `seq`
 *   message { channel, op, body }  → { reply }
 *   leave   { channel }
 *   operations                     ← Operation[]           several in one frame
 *   left    { channel, problem }   ← the right to listen was taken away
 * where `channel` is a filled-in name such as `gathering/0190…/chat`.
 */
