import { z } from "zod";
import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";

import { type ProblemCode, problems } from "#contract/problems.ts";
import type { Route } from "#contract/route.ts";

const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.string(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details; `code` is stable." });

/** The OpenAPI 3.1 document of these routes, in the order of their paths. */
export function openApiDocument(routes: readonly Route[]): object {
  const paths: ZodOpenApiPathsObject = {};
  const sorted = [...routes].sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
  for (const route of sorted) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return createDocument({
    openapi: "3.1.1",
    info: { title: "Plenary", version: "1", description: "Gather people: events, registrations, live rooms." },
    servers: [{ url: "/api/v1" }],
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "plenary_session" },
        link: { type: "http", scheme: "Link", description: "The token of a link in a letter." },
      },
    },
    paths,
  });
}

function operation(route: Route) {
  const tag = route.path.split("/")[1] ?? "";
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:-]+(\w)/g, (_match, first: string) => first.toUpperCase())}`,
    tags: [tag],
    summary: route.summary,
    ...(route.who === "anyone" || route.who === "provider" ? {} : { security: [{ session: [] }, { link: [] }] }),
    requestParams: {
      ...(route.params ? { path: route.params as z.ZodObject } : {}),
      ...(route.query ? { query: route.query as z.ZodObject } : {}),
      ...(route.idempotent ? { header: z.object({ "Idempotency-Key": z.string().max(200).optional() }) } : {}),
    },
    ...requestBody(route),
    responses: {
      [String(route.status)]: reply(route),
      ...(route.orStatus ? { [String(route.orStatus)]: reply(route) } : {}),
      ...refusals(route),
    },
  };
}

function requestBody(route: Route) {
  if (route.raw)
    return {
      requestBody: {
        required: true,
        content: { "application/octet-stream": { schema: { type: "string" as const, format: "binary" } } },
      },
    };
  return route.body ? { requestBody: { required: true, content: { "application/json": { schema: route.body } } } } : {};
}

function reply(route: Route) {
  if (route.status === 204) return { description: "Done." };
  const content = route.media
    ? { [route.media]: { schema: { type: "string" as const } } }
    : { "application/json": { schema: route.reply } };
  return { description: route.summary, content };
}

function refusals(route: Route) {
  const always: ProblemCode[] = ["request.invalid", ...(route.limit ? (["rate.limited"] as const) : [])];
  const guarded: ProblemCode[] =
    route.who === "anyone" || route.who === "provider" ? [] : ["auth.required", "auth.forbidden"];
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set([...always, ...guarded, ...route.problems])) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        { description: codes.join(", "), content: { "application/problem+json": { schema: ProblemDocument } } },
      ]),
  );
}
