import fc from "fast-check";

import type { Document, Operation } from "#ops/attack/document.ts";
import { pixel } from "#ops/attack/pixel.ts";
import { idsOf, type Known, valuesOf } from "#ops/attack/values.ts";
import { type Caller, callers, type World } from "#ops/attack/world.ts";

/** One request, as its bytes go out. */
export interface Shot {
  caller: Caller;
  operation: Operation;
  method: string;
  /** With its query, raw: nobody tidies it on its way. */
  path: string;
  headers: Record<string, string>;
  body?: Buffer;
  /** Whether it still goes to its route, so that the route's own description holds. */
  isOnTarget: boolean;
  /** Names a field that is not for callers to name. */
  isSmuggling?: boolean;
}

const base = "/api/v1";

/** Requests to every operation of the document by everybody: fitting ones, and ones with one thing wrong. */
export function shotsAt(document: Document, world: World): fc.Arbitrary<Shot> {
  const known: Known = { components: document.components, world };
  return fc.constantFrom(...document.operations).chain((operation) => shotAt(operation, known));
}

function shotAt(operation: Operation, known: Known): fc.Arbitrary<Shot> {
  return fc
    .record({
      caller: fc.constantFrom(...callers),
      path: pathOf(operation, known),
      query: queryOf(operation, known),
      key: fc.option(fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(..."ab1-") }), { nil: undefined }),
      body: bodyOf(operation, known),
      address: fc.ipV4(),
    })
    .map(({ caller, path, query, key, body, address }): Shot => {
      const idempotent = operation.parameters.some(({ name }) => name === "Idempotency-Key");
      const headers = {
        ...known.world.headersOf[caller],
        "x-forwarded-for": address,
        ...(idempotent && key ? { "idempotency-key": key } : {}),
        ...body?.headers,
      };
      const { method } = operation;
      return { caller, operation, method, path: path + query, headers, body: body?.bytes, isOnTarget: true };
    })
    .chain((shot) => fc.oneof({ weight: 2, arbitrary: fc.constant(shot) }, { weight: 3, arbitrary: spoiled(shot) }));
}

function pathOf({ path, parameters }: Operation, known: Known): fc.Arbitrary<string> {
  const parts = path.split("/").slice(1);
  return fc
    .tuple(
      ...parts.map((part, at): fc.Arbitrary<string> => {
        const name = /^\{(\w+)\}$/.exec(part)?.[1];
        if (name === undefined) return fc.constant(part);
        const { schema } = parameters.find((one) => one.in === "path" && one.name === name) ?? { schema: {} };
        const noun = parts[at - 1] ?? "";
        if (known.world.ids[noun]) return idsOf(name, known.world, noun);
        return valuesOf(schema, name, known).map((value) => encodeURIComponent(String(value).toWellFormed()));
      }),
    )
    .map((filled) => `${base}/${filled.join("/")}`);
}

function queryOf({ parameters }: Operation, known: Known): fc.Arbitrary<string> {
  const asked = parameters.filter((one) => one.in === "query");
  const values = Object.fromEntries(asked.map(({ name, schema }) => [name, valuesOf(schema, name, known)]));
  const requiredKeys = asked.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(values, { requiredKeys }).map((query) => {
    const pairs = Object.entries(query).map(([name, value]) => [name, String(value).toWellFormed()]);
    return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : "";
  });
}

interface Body {
  bytes: Buffer;
  headers: Record<string, string>;
}

function bodyOf({ requestBody }: Operation, known: Known): fc.Arbitrary<Body | undefined> {
  const content = requestBody?.content;
  if (!content) return fc.constant(undefined);
  const json = content["application/json"];
  const bodies = json
    ? valuesOf(json.schema, "body", known).map((value) => asJson(JSON.stringify(value)))
    : fc
        .oneof(
          fc.constant(pixel),
          fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
        )
        .map(asBytes);
  return requestBody.required ? bodies : fc.option(bodies, { nil: undefined });
}

const asJson = (text: string): Body => ({ bytes: Buffer.from(text), headers: { "content-type": "application/json" } });
const asBytes = (bytes: Buffer): Body => ({ bytes, headers: { "content-type": "application/octet-stream" } });

const nasty: readonly unknown[] = [
  null,
  true,
  "",
  " ",
  [],
  {},
  [[[[]]]],
  -1,
  0,
  1e308,
  1.5,
  Number.MAX_SAFE_INTEGER,
  "\0",
  "a\0b",
  "\ud800",
  "\udfff\ud800",
  "\u202e\u200b\ufeff",
  "x".repeat(70_000),
  "9".repeat(400),
  "' or 1=1 --",
  "<script>alert(1)</script>",
  "{{7*7}}<%= 7 %>",
  "../../../../etc/passwd",
  "%00%2e%2e%2f",
  "a@b.c\r\nBcc: x@y.z",
  "2030-02-30T25:61:61Z",
  "+999999-01-01T00:00:00Z",
  "Mars/Olympus",
  "https://169.254.169.254/latest",
  { $ne: null },
  { toString: "no", constructor: { prototype: { isAdmin: true } } },
  ["a", "a", "a"],
];

/** What nobody may say of themselves or of what is theirs. */
const coveted = [
  "role",
  "isAdmin",
  "status",
  "organizerId",
  "userId",
  "ownerId",
  "priceMinor",
  "tier",
  "id",
  "createdAt",
];

function spoiled(shot: Shot): fc.Arbitrary<Shot> {
  const ways = [inHeaders(shot), inQuery(shot), inPath(shot), inMethod(shot)];
  if (shot.body) ways.push(inText(shot), inType(shot));
  const value = parsed(shot.body);
  if (value !== undefined) ways.push(inValue(shot, value), inValue(shot, value), inFields(shot, value));
  else ways.push(withBody(shot));
  return fc.oneof(...ways);
}

function parsed(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}

const written = (shot: Shot, value: unknown): Shot => ({ ...shot, body: Buffer.from(JSON.stringify(value)) });

/** One place of the body holds what it should not. */
const inValue = (shot: Shot, value: unknown) =>
  fc.record({ at: fc.nat(), bad: fc.constantFrom(...nasty) }).map(({ at, bad }) => {
    const places = placesIn(value);
    return written(shot, put(value, places[at % places.length] ?? [], bad));
  });

const inFields = (shot: Shot, value: unknown) =>
  fc
    .record({ name: fc.constantFrom(...coveted, "__proto__", "constructor", ""), bad: fc.constantFrom(...nasty) })
    .map(({ name, bad }) => {
      const text = JSON.stringify(value);
      const { schema } = shot.operation.requestBody?.content?.["application/json"] ?? {};
      const isSmuggling = schema?.properties !== undefined && !(name in schema.properties);
      if (!text.startsWith("{")) return written(shot, { [name]: bad });
      const more = `${JSON.stringify(name)}:${JSON.stringify(bad)}`;
      const body = Buffer.from(text === "{}" ? `{${more}}` : `${text.slice(0, -1)},${more}}`);
      return { ...shot, body, isSmuggling };
    });

type Place = readonly (string | number)[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, one]) =>
    placesIn(one, [...at, Array.isArray(value) ? +key : key]),
  );
  return [at, ...inner];
}

function put(value: unknown, [key, ...rest]: Place, bad: unknown): unknown {
  if (key === undefined) return bad;
  if (Array.isArray(value)) return value.map((one, at) => (at === key ? put(one, rest, bad) : one));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: put(object[key], rest, bad) };
}

/** The text is no JSON any more, or far too much of it. */
const inText = (shot: Shot) =>
  fc
    .constantFrom<((text: string) => string | Buffer)[]>(
      (text) => text.slice(0, text.length / 2),
      (text) => `${text}${text}`,
      (text) => `\ufeff${text}`,
      () => "",
      () => "[".repeat(50_000),
      () => `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`,
      () => "1e999",
      () => "NaN",
      () => '{"a":1,"a":2}',
      () => Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
      () => Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
      () => "x".repeat(300_000),
    )
    .map((spoil) => ({ ...shot, body: Buffer.from(spoil(String(shot.body))) }));

const types = [
  "",
  "text/plain",
  "application/xml",
  "application/json; charset=utf-16",
  "application/json; charset=nonsense",
  "application/json, text/html",
  "application/problem+json",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "image/svg+xml",
  "*/*",
  "a".repeat(3000),
];
const inType = (shot: Shot) =>
  fc.constantFrom(...types).map((type) => ({ ...shot, headers: { ...shot.headers, "content-type": type } }));

const withBody = (shot: Shot) =>
  fc.constantFrom(...nasty, { role: "admin" }).map((value) => ({
    ...written(shot, value),
    headers: { ...shot.headers, "content-type": "application/json" },
  }));

const oddHeaders: Record<string, string>[] = [
  { "idempotency-key": "" },
  { "idempotency-key": "k".repeat(5000) },
  { "idempotency-key": "' or 1=1" },
  { "if-match": '"never"' },
  { "if-none-match": "*" },
  { "if-modified-since": "yesterday" },
  { range: "bytes=0-0,5-,-1" },
  { expect: "200-ok" },
  { "content-encoding": "gzip" },
  { "accept-encoding": "br;q=nonsense, *;q=0" },
  { accept: "application/xml" },
  { "accept-language": "x".repeat(4000) },
  { "accept-language": "en-u-ca-buddhist-nu-thai;q=9,*,;;;" },
  { authorization: "Link " },
  { authorization: "Link 1.registration.AAAAAAAAAAAAAAAAAAAAAA.1.AAAAAAAAAAAAAAAAAAAAAAAAAAA" },
  { authorization: "Bearer e30.e30.e30" },
  { authorization: "Basic Og==" },
  { cookie: "plenary_session=%00; plenary_links=~~~; __proto__=1" },
  { cookie: `plenary_links=${"a~".repeat(3000)}` },
  { "x-forwarded-for": "not an address, ::ffff:1.2.3.4, " },
  { "x-forwarded-host": "evil.example", "x-forwarded-proto": "gopher" },
  { host: "evil.example:99999" },
  { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  { "x-http-method-override": "DELETE" },
  { "user-agent": "\u00ff".repeat(2000) },
  { "transfer-encoding": "chunked" },
];
const inHeaders = (shot: Shot) =>
  fc.constantFrom(...oddHeaders).map((odd) => ({ ...shot, headers: { ...shot.headers, ...odd } }));

const oddQueries = [
  "limit=1&limit=2",
  "limit=-1",
  "limit=1e9",
  "limit=%00",
  "cursor=%00",
  "cursor=AAAA",
  `cursor=${Buffer.from('["x","y"]').toString("base64url")}`,
  `cursor=${Buffer.from("[".repeat(100)).toString("base64url")}`,
  `cursor=${"A".repeat(2000)}`,
  "q[]=1&q[a]=2",
  "__proto__[x]=1",
  "%ff=%fe",
  "q=%ED%A0%80",
  "occurrence_id=nonsense",
  "unknown=1",
  "=",
  "&&&",
  `q=${"x".repeat(6000)}`,
];
const inQuery = (shot: Shot) =>
  fc
    .constantFrom(...oddQueries)
    .map((odd) => ({ ...shot, path: `${shot.path}${shot.path.includes("?") ? "&" : "?"}${odd}` }));

const oddPaths: ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replace(/\/(?=[^/]*$)/, "//"),
  (path) => path.replace(/[^/?]+(?=$|\?)/, "%00"),
  (path) => path.replace(/[^/?]+(?=$|\?)/, "..%2f..%2fme"),
  (path) => path.replace(/[^/?]+(?=$|\?)/, "%c0%ae%c0%ae"),
  (path) => path.replace(/[^/?]+(?=$|\?)/, "%"),
  (path) => path.replace(/[^/?]+(?=$|\?)/, "%ED%A0%80"),
  (path) => path.replace(/[^/?]+(?=$|\?)/, "x".repeat(5000)),
  (path) => path.replace(/[^/?]+(?=$|\?)/, "%F0%9F%98%80".repeat(40)),
  (path) => `/..${path}`,
  (path) => `/.${path}`,
  (path) => path.toUpperCase(),
  (path) => `${path};a=b`,
  (path) => `${path}%20`,
  (path) => `${path}%3Fa%23b`,
];
const inPath = (shot: Shot) =>
  fc.constantFrom(...oddPaths).map((odd) => ({ ...shot, path: odd(shot.path), isOnTarget: false }));

const inMethod = (shot: Shot) =>
  fc
    .constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY")
    .map((method) => ({ ...shot, method, isOnTarget: method === shot.method }));
