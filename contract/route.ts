import type { z } from "zod";

import type { ProblemCode } from "#contract/problems.ts";

type None = z.ZodUndefined;

/** Who may knock at all. What exactly they may do is asked in the service. */
export type Caller = "anyone" | "holder" | "signedIn" | "admin" | "provider";

/** One operation, described once for the server, the web client and the OpenAPI file. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: `/${string}`;
  summary: string;
  status: 200 | 201 | 202 | 204;
  /** Another one that the use case may choose, by `ctx.reply.status`. */
  orStatus?: 202;
  who: Caller;
  /** What an API key must be allowed; without it, keys are refused. */
  scope?: `${string}:${"read" | "write"}`;
  /** Tries per caller and minute. */
  limit?: number;
  /** Honours `Idempotency-Key`. */
  idempotent?: true;
  /** The body arrives as bytes, with its headers: signatures are over bytes, and files are bytes. */
  raw?: true;
  /** The reply is a file of this type, not JSON. */
  media?: string;
  params?: P;
  query?: Q;
  body?: B;
  reply: R;
  problems: readonly ProblemCode[];
}

export const route = <
  R extends z.ZodType,
  P extends z.ZodType = None,
  Q extends z.ZodType = None,
  B extends z.ZodType = None,
>(
  spec: Route<P, Q, B, R>,
): Route<P, Q, B, R> => spec;

type Part<Name extends string, S extends z.ZodType> = S extends None ? unknown : { [K in Name]: z.input<S> };

/** What a caller must hand in: just the parts that the route has. */
export type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Part<"params", P> &
  Part<"query", Q> &
  Part<"body", B>;

/** What a route with `raw` is handed. */
export interface RawBody {
  bytes: Uint8Array;
  headers: Record<string, string | string[] | undefined>;
}

/** Bundles carry copies of the contract, so a route is known by this, never by its object. */
export const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

/** Every code with which a route can refuse, whoever asks and whatever they send. */
export function refusalsOf({ method, who, limit, idempotent, problems: own }: Route): Set<ProblemCode> {
  return new Set([
    "request.invalid",
    ...(limit ? (["rate.limited"] as const) : []),
    ...(idempotent ? (["request.key_reused", "request.in_progress"] as const) : []),
    ...(method === "GET" ? [] : (["request.too_large", "request.media_type"] as const)),
    ...(method === "GET" || who === "provider" ? [] : (["request.foreign_origin"] as const)),
    ...(who === "holder" || who === "signedIn" ? (["auth.required", "auth.forbidden"] as const) : []),
    ...(who === "admin" ? (["route.not_found"] as const) : []),
    // Where an event is named, one of its occurrences may be too.
    ...(own.includes("event.not_found") ? (["gathering.not_found"] as const) : []),
    ...own,
  ]);
}
