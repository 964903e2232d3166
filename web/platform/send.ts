import type { z } from "zod";

import type { Refusal } from "#contract/page.ts";
import type { Input, Route } from "#contract/route.ts";

/** A route as `contract/paths.gen.ts` knows it: enough to knock, without the validators. */
export type Address = Pick<Route, "method" | "path">;

type InputOf<T> = T extends Route<infer P, infer Q, infer B, z.ZodType> ? Input<P, Q, B> : never;
type ReplyOf<T> = T extends { reply: infer R extends z.ZodType } ? z.output<R> : never;

/**
 * Asks the public API from the browser: `send<typeof events.get>(paths.events.get, { params })`.
 *
 * Throws a `Refusal` when the house says no, and one with the code `internal` when the house cannot be reached.
 */
export async function send<T>(
  address: Address,
  input: InputOf<T>,
  /** For what must still arrive when the page is left. */
  { keepalive = false }: { keepalive?: boolean } = {},
): Promise<ReplyOf<T>> {
  const { params = {}, query = {}, body } = input as Record<string, Record<string, unknown> | undefined>;
  const path = address.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
  const answer = await fetch(`/api/v1${path}${search.size > 0 ? `?${search}` : ""}`, {
    method: address.method,
    keepalive,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => undefined);
  if (!answer) throw refusal({ code: "internal" });
  if (!answer.ok) throw refusal(await answer.json().catch(() => ({ code: "internal" })));
  return answer.status === 204 ? (undefined as ReplyOf<T>) : await answer.json();
}

function refusal({ code, title = "", type: _type, status: _status, ...details }: Record<string, unknown>): Refusal {
  return { code, message: title, details } as Refusal;
}
