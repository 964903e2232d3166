import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

import type { Route } from "#contract/route.ts";
import { nameOf as nameOfRoute } from "#contract/route.ts";
import { type Document, type Operation, readDocument } from "#ops/attack/document.ts";
import { exampleOf, nameOf } from "#ops/attack/examples.ts";
import { pixel } from "#ops/attack/pixel.ts";
import { openRewindable, type Rewindable } from "#ops/attack/rewind.ts";
import { aCast, aWorld, type Caller, callers, type World } from "#ops/attack/world.ts";
import { answeredRoutes } from "#server/platform/dispatch.ts";
import { startTestApp, type TestApp } from "#server/platform/testing.ts";
import { fromElsewhere } from "#server/platform/testing-guests.ts";

const file = join(import.meta.dirname, "../../docs/access.md");

/** What is open to everybody who is signed in, and to guests in another way. */
const opensToAll = new Map([
  ["POST /events/:id/register", "strangers have to say who comes"],
  ["PUT /organizers/:id/follow", "letters need an account"],
  ["DELETE /organizers/:id/follow", "letters need an account"],
]);

/** Where people with no part in an event rightly get through although strangers do not: everybody has one of their own. */
const isOnesOwn = ({ path }: Route) => !path.includes(":");

let t: TestApp;
let line: Rewindable;
let document: Document;
let world: World;
beforeAll(async () => {
  // A house that nobody answers for: it is asked, and cannot say who somebody is.
  const nowhere = { id: "oidc", name: "Nowhere", issuer: "http://127.0.0.1:9" } as const;
  const signInProviders = [{ ...nowhere, clientId: "plenary", clientSecret: "between houses" }];
  t = await startTestApp({ trustedProxy: ["127.0.0.1"], signInProviders }, async (databaseUrl) => {
    line = await openRewindable(databaseUrl);
    return line.pool;
  });
  world = await aWorld(t, await aCast(t));
  await line.mark();
  document = readDocument();
});
afterAll(() => t.close());

type Row = Record<Caller, string>;

/** What everybody gets for the same request, each in the same world. */
async function rowOf(operation: Operation): Promise<Row> {
  const row: Partial<Row> = {};
  for (const caller of callers) {
    const { path, body } = exampleOf(operation, document, world);
    const reply = await t.request({
      method: operation.method as "GET",
      url: `/api/v1${path}`,
      headers: {
        ...world.headersOf[caller],
        ...fromElsewhere(),
        ...(body === pixel ? { "content-type": "image/png" } : {}),
      },
      ...(body ? { payload: body } : {}),
    });
    row[caller] = reply.statusCode < 400 ? String(reply.statusCode) : said(reply.json());
    await line.rewind();
  }
  // Limits are by the minute and by the account.
  t.travel(61_000);
  return row as Row;
}

const plain = new Set(["auth.required", "auth.forbidden", "access.registration_needed"]);

const said = ({ status, code }: { status: number; code: string }) =>
  status === 404 || plain.has(code) ? String(status) : `${status} ${code}`;

const lineOf = (name: string, who: string, row: Row) =>
  `| ${[name, who, ...callers.map((one) => row[one])].join(" | ")} |`;

it("is as docs/access.md has it, for every route and everybody", async () => {
  const routes = answeredRoutes().filter(({ path }) => !path.startsWith("/dev/"));
  const rows = new Map<string, Row>();
  for (const operation of document.operations) rows.set(nameOf(operation), await rowOf(operation));
  const holes = routes.flatMap((route) => holesIn(route, rows.get(nameOfRoute(route)) as Row));
  const lines = routes
    .map((route) => lineOf(nameOfRoute(route), route.who, rows.get(nameOfRoute(route)) as Row))
    .sort();
  if (process.env.ACCESS_WRITE) writeFileSync(file, page(lines));

  const kept = readFileSync(file, "utf8").split("\n");
  const differing = lines.filter((line) => !kept.includes(line)).map((line) => complaint(line, kept));
  const gone = kept.filter((line) => / \/.* \| /.test(line) && !lines.some((one) => nameIn(one) === nameIn(line)));

  expect([...holes, ...differing, ...gone.map((line) => `${nameIn(line)} is gone: run \`npm run access\`.`)]).toEqual(
    [],
  );
}, 300_000);

/** What no table may bless. */
function holesIn(route: Route, row: Row): string[] {
  const passes = (caller: Caller) => /^2/.test(row[caller]);
  const name = nameOfRoute(route);
  const holes: string[] = [];
  if (route.who === "admin") {
    for (const one of callers) if (one !== "admin" && passes(one)) holes.push(`${name} lets a ${one} in.`);
  }
  if (route.who !== "anyone" && route.who !== "provider" && passes("stranger"))
    holes.push(`${name} lets strangers in.`);
  if (!passes("stranger") && !isOnesOwn(route) && !opensToAll.has(name)) {
    const outsiders = ["other attendee", "other organizer"] as const;
    for (const one of outsiders) if (passes(one)) holes.push(`${name} lets an ${one} in, who has no part in this.`);
  }
  // Who is refused for the state of things was not refused for who they are.
  const isIn = (caller: Caller) => /^2|\./.test(row[caller]) && !/request\.invalid/.test(row[caller]);
  if (!callers.some(isIn)) {
    holes.push(
      `${name} lets nobody in (${row.owner}): give it a body in ops/attack/examples.ts that somebody may send.`,
    );
  }
  return holes;
}

const nameIn = (line: string) => line.split(" | ")[0]?.replace("| ", "");

function complaint(line: string, kept: readonly string[]): string {
  const before = kept.find((one) => nameIn(one) === nameIn(line));
  if (!before)
    return `${nameIn(line)} is in no line of docs/access.md: run \`npm run access\`, read whom it lets in, commit.`;
  return `${nameIn(line)} is not as docs/access.md has it:\n  was ${before}\n  is  ${line}`;
}

const page = (lines: readonly string[]) => `# Who may do what

Made by \`npm run access\`, which sends the plainest fitting request to every route as everybody: to what belongs to the
owner's event, its first registration (the attendee's), or the owner's own. A change in this table is a change of rights:
read it before it is committed. \`401\` sign in first, \`403\` not you, \`404\` not even its existence is told.

| Route | who may knock | ${callers.join(" | ")} |
| --- | --- | ${callers.map(() => "---").join(" | ")} |
${lines.join("\n")}
`;
