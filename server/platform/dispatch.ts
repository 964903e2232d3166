import type { z } from "zod";

import { type Caller, type Input, nameOf, type Route } from "#contract/route.ts";
import type { Actor, Ctx } from "#server/platform/ctx.ts";
import { IdempotencyKey, once } from "#server/platform/idempotency.ts";
import { countTry } from "#server/platform/limits.ts";
import { Problem } from "#server/platform/problem.ts";
import { read } from "#server/platform/read.ts";

type Handle<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = (
  ctx: Ctx,
  input: { params: z.output<P>; query: z.output<Q>; body: z.output<B> },
) => Promise<z.input<R>>;

const handlers = new Map<string, { route: Route; handle: Handle<z.ZodType, z.ZodType, z.ZodType, z.ZodType> }>();

/** Names the use case behind a route. */
export function answer<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  handle: Handle<P, Q, B, R>,
): void {
  handlers.set(nameOf(route), { route: route as never, handle: handle as never });
}

/** Every route that somebody answers. */
export const answeredRoutes = (): Route[] => [...handlers.values()].map(({ route }) => route);

/**
 * Runs a route for a caller: the one way in, for HTTP and for our own pages.
 *
 * Pages call it in process with the context of the page's request, so that a person is looked up and limited once,
 * and a page can do nothing that the API cannot.
 */
export async function dispatch<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  ctx: Ctx,
  route: Route<P, Q, B, R>,
  input: Input<P, Q, B>,
): Promise<z.output<R>> {
  // The page bundle's copy of the route is not believed: shapes and doors are those registered here.
  const known = handlers.get(nameOf(route));
  if (!known) throw new Error(`Nobody answers ${nameOf(route)}`);
  return (await run(ctx, known, input as Given)) as z.output<R>;
}

interface Given {
  params?: unknown;
  query?: unknown;
  body?: unknown;
}

async function run(
  ctx: Ctx,
  { route, handle }: { route: Route; handle: Handle<z.ZodType, z.ZodType, z.ZodType, z.ZodType> },
  given: Given,
): Promise<unknown> {
  if (!mayKnock(ctx.actor, ctx.holds.length > 0, route)) {
    // Nobody else learns that there is such a place.
    if (route.who === "admin") throw new Problem("route.not_found");
    throw new Problem(ctx.actor.kind === "anonymous" ? "auth.required" : "auth.forbidden");
  }
  if (route.limit) await countTry(ctx, nameOf(route), route.limit);
  const input = {
    params: parse("params", route.params, given.params),
    query: parse("query", route.query, given.query),
    body: route.raw ? given.body : parse("body", route.body, given.body),
  };
  if (route.idempotent) parse("header.Idempotency-Key", IdempotencyKey.optional(), ctx.from.idempotencyKey);
  const answered = (by: Ctx) => handle(by, input as never);
  const reply = route.idempotent ? await once(ctx, nameOf(route), input, answered) : await answered(ctx);
  // Strips what the reply's schema does not name, so that nothing leaks by accident.
  return route.reply.parse(reply);
}

const parse = (part: string, schema: z.ZodType | undefined, value: unknown): unknown =>
  schema && read(schema, value, part);

function mayKnock(actor: Actor, holdsLink: boolean, { who, scope }: { who: Caller; scope?: string }): boolean {
  if (actor.kind === "system" || who === "anyone" || who === "provider") return true;
  if (actor.kind === "key") return scope !== undefined && actor.scopes.includes(scope);
  if (who === "holder") return holdsLink || actor.kind === "user";
  if (who === "admin") return actor.kind === "user" && actor.isAdmin;
  return actor.kind === "user";
}
