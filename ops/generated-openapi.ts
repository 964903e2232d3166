import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from "zod-openapi";

import { type ProblemCode, problems } from "#contract/problems.ts";
import { type Caller, type Route, refusalsOf } from "#contract/route.ts";
import type { Contract } from "#ops/generated-contract.ts";
import { describeTexts } from "#ops/generated-openapi-texts.ts";
import { IdempotencyKey } from "#server/platform/idempotency.ts";

const ProblemDocument = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.string(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details; `code` is stable, and some codes say more." });

/** The OpenAPI 3.1 document of the contract: routes in the order of their paths, shapes by their exported names. */
export function openApiDocument({ routes, shapes }: Contract): object {
  for (const [id, shape] of shapes) z.globalRegistry.add(shape, { ...shape.meta(), id });
  const paths: ZodOpenApiPathsObject = {};
  const sorted = [...routes].sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
  for (const route of sorted) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  const document: ZodOpenApiObject = {
    openapi: "3.1.1",
    info: {
      title: "Plenary",
      version: "1",
      description:
        "Gather people: events, registrations, live rooms. `Accept-Language`, or `lang` in the query of every route, chooses the language of what is said.",
    },
    servers: [{ url: "/api/v1" }],
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "plenary_session",
          description: "On https it is called `__Host-plenary_session`.",
        },
        token: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "`POST /auth/login?token=true`" },
        link: { type: "http", scheme: "Link", description: "The token of a link in a letter." },
      },
    },
    paths,
  };
  return createDocument(document, { override: describeTexts });
}

const doors: Record<Caller, { security?: { session?: []; token?: []; link?: [] }[] }> = {
  anyone: {},
  provider: {},
  holder: { security: [{ session: [] }, { token: [] }, { link: [] }] },
  signedIn: { security: [{ session: [] }, { token: [] }] },
  admin: { security: [{ session: [] }, { token: [] }] },
};

function operation(route: Route) {
  const tag = route.path.split("/")[1] ?? "";
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:-]+(\w)/g, (_match, first: string) => first.toUpperCase())}`,
    tags: [tag],
    summary: route.summary,
    ...doors[route.who],
    requestParams: {
      ...(route.params ? { path: route.params as z.ZodObject } : {}),
      ...(route.query ? { query: route.query as z.ZodObject } : {}),
      ...(route.idempotent ? { header: z.object({ "Idempotency-Key": IdempotencyKey.optional() }) } : {}),
    },
    ...requestBody(route),
    responses: {
      [String(route.status)]: reply(route),
      ...(route.orStatus ? { [String(route.orStatus)]: reply(route) } : {}),
      ...refusals(route),
    },
  };
}

function requestBody({ raw, body }: Route) {
  if (raw) {
    const bytes = { schema: { type: "string" as const, format: "binary" } };
    return { requestBody: { required: true, content: { "application/octet-stream": bytes } } };
  }
  if (!body) return {};
  const required = !body.safeParse(undefined).success;
  return { requestBody: { required, content: { "application/json": { schema: body } } } };
}

function reply(route: Route) {
  if (route.status === 204) return { description: "Done." };
  const content = route.media
    ? { [route.media]: { schema: { type: "string" as const } } }
    : { "application/json": { schema: route.reply } };
  return { description: route.summary, content };
}

function refusals(route: Route) {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of refusalsOf(route)) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const said = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(said.map(([status, codes]) => [String(status), refusal(codes)]));
}

const known = new Map<ProblemCode, ZodOpenApiResponseObject>();

/** What is refused by one code alone is the same wherever it is, and described once. */
function refusal(codes: ProblemCode[]): ZodOpenApiResponseObject {
  const [only, ...others] = codes;
  if (!only || others.length > 0) return described(codes);
  const said = known.get(only) ?? { id: only, ...described(codes) };
  known.set(only, said);
  return said;
}

function described(codes: ProblemCode[]) {
  const schema = z.intersection(ProblemDocument, z.looseObject({ code: z.enum(codes) }));
  return { description: codes.join(", "), content: { "application/problem+json": { schema } } };
}
