import { describe, expect, it } from "vitest";

import { readHouse, trespasses } from "#ops/check-rooms.ts";
import { laws, type Source } from "#ops/laws.ts";

const file = (path: string, text = ""): Source => ({ path, text });
const lines = (count: number) => "// …\n".repeat(count);

/** One breach of each law, and what its report must name. */
const plants: [law: string, files: Source[], names: string][] = [
  [
    "a room knows only what architecture.md lets it know",
    [file("domain/capacity/decide.ts", 'import { db } from "#server/platform/db.ts";')],
    "#server/platform/db.ts",
  ],
  [
    "a room knows only what architecture.md lets it know",
    [file("web/features/events/event-page.tsx", 'import { createDb } from "#server/platform/db.ts";')],
    "#server/platform/db.ts",
  ],
  [
    "a room knows only what architecture.md lets it know",
    [file("server/modules/events/service.ts", 'import { Button } from "#web/ui/button.tsx";')],
    "#web/ui/button.tsx",
  ],
  [
    "imports are written from the house door",
    [file("server/platform/ctx.ts", 'import { x } from "../roles/web.ts";')],
    "../roles/web.ts",
  ],
  [
    "domain/ thinks with plain values only",
    [file("domain/time/wall.ts", 'import { readFileSync } from "node:fs";')],
    "node:fs",
  ],
  ["contract/ is made of zod", [file("contract/events.ts", 'import { parse } from "marked";')], "marked"],
  [
    "a third-party package has one home",
    [file("server/modules/events/service.ts", 'import { sql } from "kysely";')],
    "kysely",
  ],
  [
    "a third-party package has one home",
    [file("web/features/events/components/player.tsx", 'const { Room } = await import("livekit-client");')],
    "livekit-client",
  ],
  [
    "a third-party package has one home",
    [file("server/modules/events/routes.ts", 'import Fastify from "fastify";')],
    "fastify",
  ],
  [
    "browser parts take contracts as types; their values are for loaders and actions",
    [file("web/features/events/components/card.tsx", 'import { EventCard } from "#contract/events.ts";')],
    "#contract/events.ts",
  ],
  [
    "browser parts take contracts as types; their values are for loaders and actions",
    [file("web/features/events/live.ts", 'import { z } from "zod";')],
    "zod",
  ],
  [
    "browser parts take contracts as types; their values are for loaders and actions",
    [file("web/shell/bell.tsx", 'import { bell } from "#contract/notifications.ts";')],
    "#contract/notifications.ts",
  ],
  [
    "web/ui knows none of our nouns",
    [file("web/ui/button.tsx", 'import { EventCard } from "#web/features/events/components/card.tsx";')],
    "#web/features/events",
  ],
  [
    "only live.ts listens to sockets",
    [file("web/features/events/components/count.tsx", 'import { useChannel } from "#web/platform/live.ts";')],
    "#web/platform/live.ts",
  ],
  [
    "of another module only service and facts",
    [file("server/modules/events/service.ts", 'import * as repo from "#server/modules/registrations/repo.ts";')],
    "#server/modules/registrations/repo.ts",
  ],
  [
    "what opens a door or writes a letter asks the service, never the repo",
    [file("server/modules/events/routes.ts", 'import * as repo from "#server/modules/events/repo/event.ts";')],
    "#server/modules/events/repo/event.ts",
  ],
  [
    "modules stand on floors, and nobody calls upwards",
    [
      file(
        "server/modules/capacity/service.ts",
        'import { register } from "#server/modules/registrations/service.ts";',
      ),
    ],
    "#server/modules/registrations/service.ts",
  ],
  [
    "modules stand on floors, and nobody calls upwards",
    [file("server/modules/gatherings/service.ts", 'import { find } from "#server/modules/events/service.ts";')],
    "#server/modules/events/service.ts",
  ],
  [
    "files never form a circle",
    [
      file("web/ui/a.tsx", 'import type { B } from "#web/ui/b.tsx";'),
      file("web/ui/b.tsx", 'import { A } from "#web/ui/a.tsx";'),
      file("web/ui/c.tsx", 'import { A } from "#web/ui/a.tsx";'),
    ],
    "web/ui/a.tsx → web/ui/b.tsx → web/ui/a.tsx",
  ],
  [
    "modules never form a circle",
    [
      file("server/modules/rooms/service.ts", 'import { a } from "#server/modules/engagement/service.ts";'),
      file("server/modules/engagement/service.ts", 'import { b } from "#server/modules/feedback/service.ts";'),
      file("server/modules/feedback/service.ts", 'import { c } from "#server/modules/rooms/service.ts";'),
    ],
    "rooms → engagement → feedback → rooms",
  ],
  [
    "a table is written by one module only",
    [
      file("server/modules/events/repo.ts", 'db.insertInto("events")'),
      file("server/modules/rooms/repo.ts", "sql`update events set status = 'live'`"),
    ],
    "events is written by events and rooms",
  ],
  ["a module has these files and no others", [file("server/modules/events/manager.ts")], "events/manager.ts"],
  ["a feature has these files and no others", [file("web/features/events/event-card.tsx")], "events/event-card.tsx"],
  ["no drawer for odds and ends", [file("web/platform/utils.ts")], "utils.ts"],
  ["files are kebab-case", [file("web/ui/DatePicker.tsx")], "DatePicker.tsx"],
  ["a migration is numbered and begins with its noun", [file("db/migrations/add-seats.sql")], "add-seats.sql"],
  ["source files have at most 400 lines, tests 600", [file("server/platform/ctx.ts", lines(401))], "401 lines"],
  ["source files have at most 400 lines, tests 600", [file("server/platform/ctx.test.ts", lines(601))], "601 lines"],
  ["no clock and no dice in domain/", [file("domain/time/wall.ts", "const at = Date.now();")], "Date.now("],
  ["no clock and no dice in domain/", [file("domain/time/wall.ts", "const at = new Date();")], "new Date()"],
  ["no clock and no dice in domain/", [file("domain/capacity/decide.ts", "Math.random() < 0.5")], "Math.random("],
  ["no clock and no dice in domain/", [file("domain/time/wall.ts", "setInterval(tick, 1)")], "setInterval("],
  ["no clock and no dice in domain/", [file("domain/time/wall.ts", "performance.now()")], "performance."],
  ["business time comes from ctx.now()", [file("server/modules/events/repo.ts", "sql`starts_at > now()`")], "now()"],
  [
    "business time comes from ctx.now()",
    [file("server/modules/events/service.ts", "const at = new Date();")],
    "new Date()",
  ],
  [
    "the platform's time comes from its clock",
    [file("server/platform/letters.ts", "const at = new Date(Date.now() + 60_000);")],
    "Date.now(",
  ],
  [
    "of a module only its repo writes SQL",
    [file("server/modules/events/service/writing.ts", 'ctx.db.selectFrom("events")')],
    ".selectFrom(",
  ],
  [
    "ids in the browser are made by web/platform/id.ts",
    [file("web/features/organize/components/rows.tsx", "const id = crypto.randomUUID();")],
    "crypto.randomUUID",
  ],
  ["lists page by key, never by offset", [file("server/modules/events/repo.ts", "query.offset(20)")], ".offset("],
  [
    "settings are read once, in settings.ts",
    [file("server/platform/http.ts", "const port = process.env.PORT;")],
    "process.env",
  ],
  [
    "no sentence in a component",
    [file("web/features/events/components/card.tsx", "<Button>Take a seat</Button>")],
    "Take a seat",
  ],
  [
    "no sentence in a component",
    [file("web/features/events/components/card.tsx", '<img alt="A full house" />')],
    "A full house",
  ],
  ...[
    "alt={'A full house'}",
    `label={\`\${n} seats\`}`,
    '<p>{"take a seat"}</p>',
    'isFull ? "Sold out today" : ""',
  ].map((text): (typeof plants)[number] => [
    "no sentence in a component",
    [file("web/features/events/components/card.tsx", text)],
    text.match(/full|seats|take|Sold/)?.[0] ?? "",
  ]),
  [
    "what is wrong with a field is said by a key: no sentence in a service or a schema",
    [file("web/features/scheduling/act.ts", '{ path: ["to"], error: "Must be later." }')],
    "Must be later.",
  ],
  [
    "what is wrong with a field is said by a key: no sentence in a service or a schema",
    [file("server/modules/events/service.ts", '{ at: "body.slug", code: "reserved", says: "This is reserved." }')],
    "This is reserved.",
  ],
  [
    "what is wrong with a field is said by a key: no sentence in a service or a schema",
    [file("contract/events.ts", '.refine(isZone, { error: "Must be a zone." })')],
    "Must be a zone.",
  ],
  ["we do not mock our own code", [file("server/modules/events/events.test.ts", 'vi.mock("./repo.ts")')], "vi.mock("],
  [
    "we do not mock our own code",
    [file("server/modules/events/events.test.ts", 'vi.spyOn(repo, "find")')],
    "vi.spyOn(",
  ],
  [
    "we do not mock our own code",
    [file("server/modules/events/events.test.ts", "asked.mockResolvedValue([])")],
    ".mockResolvedValue(",
  ],
  ["nothing is skipped silently", [file("domain/time/wall.test.ts", 'it.skipIf(isSlow)("adds")')], "it.skip"],
  ["nothing is skipped silently", [file("domain/time/wall.test.ts", 'it.runIf(false)("adds")')], ".runIf("],
  ["nothing is skipped silently", [file("e2e/story.spec.ts", 'test.skip("the story")')], "test.skip"],
  ["no hole in the types", [file("server/platform/http.ts", "const body = request.body as any;")], "as any"],
  ["`as never` only in a platform seam", [file("server/modules/events/service.ts", "save(row as never)")], "as never"],
  ["no loose ends", [file("server/modules/events/service.ts", "// TODO: tell people")], "TODO"],
];

describe("the laws of the house", () => {
  it.each(plants)("catches a breach of: %s (%#)", (law, files, named) => {
    const found = trespasses(files).filter((line) => line.includes(`(${law})`));

    expect(found).toHaveLength(1);
    expect(found[0]).toContain(named);
  });

  it("have each been broken once", () => {
    const broken = new Set(plants.map(([law]) => law));

    expect(laws.map(({ says }) => says).filter((says) => !broken.has(says))).toEqual([]);
  });

  it("are kept by the house as it stands", () => {
    expect(trespasses(readHouse())).toEqual([]);
  });

  it("leave alone what is allowed", () => {
    const honest = [
      file("server/modules/rooms/jobs.ts", 'import { cancelled } from "#server/modules/events/facts.ts";'),
      file("server/modules/events/service.ts", 'import { take } from "#server/modules/registrations/service.ts";'),
      file("server/modules/events/repo.ts", "const at = ctx.now();"),
      file(
        "web/features/events/components/card.tsx",
        '<p>{words.seats}</p>\nimport type { Card } from "#contract/events.ts";',
      ),
      file("web/features/events/event-page.tsx", 'import { events } from "#contract/events.ts";'),
      file("web/shell/console-frame.tsx", 'import { organize } from "#contract/organize.ts";'),
      file("web/ui/card.tsx", `<p title={\`\${name}: \${n}\`} className={\`p-2 \${look}\`}>{\`\${day},\`}</p>`),
    ];

    expect(trespasses(honest)).toEqual([]);
  });
});
