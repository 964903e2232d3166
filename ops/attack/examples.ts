import { randomUUID } from "node:crypto";

import { type Document, type Operation, resolve, type Schema } from "#ops/attack/document.ts";
import { pixel } from "#ops/attack/pixel.ts";
import { nounOf } from "#ops/attack/values.ts";
import type { World } from "#ops/attack/world.ts";

/** What a route needs that its description cannot say. */
type Over = (world: World) => object;

/**
 * Bodies for routes whose plainest fitting one is refused to everybody. Add a line when the test says that nobody gets
 * through to a new route.
 */
const bodies: Record<string, Over> = {
  "POST /events/:id/check-ins": ({ ids }) => ({ registrationId: ids.registrations?.[0], list: "supper" }),
  "PUT /events/:id/ticket-types": ({ ids }) => ({
    items: ids["ticket-types"]?.map((id, at) => ({ id, name: `Ticket ${at}` })),
  }),
  "POST /events/:id/occurrences/cancel": ({ ids }) => ({ occurrenceIds: ids.occurrences }),
  "POST /events/:id/occurrences/remove": ({ ids }) => ({ occurrenceIds: ids.occurrences }),
  "POST /registrations/:id/swap-side": () => ({ side: "in_person" }),
  "POST /events/absences": () => ({ kind: "out_of_office", from: "2030-06-01", to: "2030-06-02" }),
  "POST /events/bookings/create": ({ ids }) => ({
    ...{ organizerSlug: ids.slots?.[0], eventTypeSlug: ids["{organizerSlug}"]?.[0], startTime: "2030-05-06T17:00:00Z" },
    ...{ inviteeName: "Nia New", inviteeEmail: someEmail() },
  }),
  "POST /events/waitlist": ({ ids }) => ({
    ...{ organizerSlug: ids.slots?.[0], eventTypeSlug: ids["{organizerSlug}"]?.[0] },
    ...{ startTime: ids["full-sessions"]?.[0], inviteeName: "Ivo", inviteeEmail: "ivo@example.org" },
  }),
  "POST /events/bookings": ({ ids }) => ({
    ...{ eventTypeId: ids["event-types"]?.[0], startTime: "2030-05-07T17:00:00Z", anyTime: true },
    ...{ inviteeName: "Nia New", inviteeEmail: someEmail() },
  }),
  "POST /events/booking/:accessToken/manage": () => ({ action: "cancel" }),
  "PATCH /events/bookings/:id": () => ({ status: "cancelled" }),
  "PUT /me/devices": () => ({
    endpoint: `https://push.example.org/${randomUUID()}`,
    keys: { p256dh: "B".repeat(87), auth: "A".repeat(22) },
  }),
  "PUT /events/holidays": () => ({ region: "DE" }),
  "POST /organizers/:id/team-invitations": () => ({ email: someEmail(), role: "member" }),
  "PATCH /organizers/:id/members/:userId": () => ({ role: "admin" }),
  "POST /organizers/:id/handover": ({ ids }) => ({ userId: ids.members?.[0] }),
  "POST /events/:id/team-invitations": () => ({ email: someEmail(), role: "door" }),
  "PATCH /events/:id/team/:userId": () => ({ role: "speaker" }),
  "POST /team-invitations/open": ({ links }) => ({ token: links[1] }),
  "POST /team-invitations/accept": ({ links }) => ({ token: links[1] }),
  "POST /team-invitations/decline": ({ links }) => ({ token: links[1] }),
  // Guesses are counted by address, and would hide the answer behind their limit.
  "POST /auth/register": () => ({ name: "Nia New", email: someEmail(), password: "come-together" }),
  "POST /auth/login": () => ({ email: someEmail(), password: "come-together" }),
  "POST /forget": () => ({ email: someEmail() }),
  "POST /auth/password/forgot": () => ({ email: someEmail() }),
};

const someEmail = () => `${randomUUID()}@example.org`;

/** The plainest request that fits an operation: what belongs to the owner's event, and only what must be said. */
export function exampleOf(
  operation: Operation,
  { components }: Document,
  world: World,
): { path: string; body?: object } {
  const name = nameOf(operation);
  const parts = operation.path.split("/").map((part, at, all) => {
    const parameter = /^\{(\w+)\}$/.exec(part)?.[1];
    if (parameter === undefined) return part;
    const noun = all[at - 1] ?? "";
    const { schema } = operation.parameters.find((one) => one.in === "path" && one.name === parameter) ?? {
      schema: {},
    };
    return world.ids[noun]?.[0] ?? String(plainest(schema, parameter, { components, world }));
  });
  const asked = operation.parameters.filter((one) => one.in === "query" && one.required);
  const query = asked.map((one) => [one.name, String(plainest(one.schema, one.name, { components, world }))]);
  const path = `${parts.join("/")}${query.length > 0 ? `?${new URLSearchParams(query)}` : ""}`;
  const content = operation.requestBody?.content;
  const schema = content?.["application/json"]?.schema;
  if (content && !schema) return { path, body: pixel };
  if (!schema) return { path };
  return { path, body: bodies[name]?.(world) ?? (plainest(schema, "body", { components, world }) as object) };
}

export const nameOf = ({ method, path }: Operation) => `${method} ${path.replace(/\{(\w+)\}/g, ":$1")}`;

interface Known {
  components: Document["components"];
  world: World;
}

function plainest(given: Schema, name: string, known: Known): unknown {
  const schema = resolve(given, known.components);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.properties || (schema.type === "object" && !schema.oneOf)) {
    const [choice] = schema.oneOf ?? [];
    const names = [...(schema.required ?? []), ...(choice?.required ?? [])];
    return Object.fromEntries(names.map((one) => [one, plainest(schema.properties?.[one] ?? {}, one, known)]));
  }
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return plainest(choice, name, known);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "array") {
    return Array.from({ length: schema.minItems ?? 0 }, () => plainest(schema.items ?? {}, name, known));
  }
  if (type === "string") return plainText(schema, name, known.world);
  if (type === "integer" || type === "number") return schema.minimum ?? 1;
  return type === "boolean";
}

function plainText({ format, pattern, minLength = 0 }: Schema, name: string, { ids, links, emails }: World): string {
  if (/token/i.test(name)) return links[0] ?? "";
  if (format === "email") return emails[0] ?? "";
  if (format === "uuid" || /^id$|Id$|_id$/.test(name)) return ids[nounOf(name)]?.[0] ?? ids.events?.[0] ?? "";
  if (format === "date") return "2030-05-01";
  if (format === "date-time" || /time|at$/i.test(name)) return "2030-05-01T17:00:00Z";
  if (format === "uri") return "https://example.org/";
  // What has a form of its own, a language or a device, is short and in lower case.
  const isFree = pattern === undefined || pattern.startsWith("^[^");
  return (isFree ? "Something plain" : "abcdef").padEnd(minLength, "x").slice(0, Math.max(minLength, isFree ? 15 : 6));
}
