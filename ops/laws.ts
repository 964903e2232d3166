import {
  circlesAmong,
  circlesOfFiles,
  doorsOf,
  type Import,
  importsOf,
  isTest,
  moduleOf,
  type Source,
} from "#ops/sources.ts";

export type { Source } from "#ops/sources.ts";

export interface Trespass {
  path: string;
  what: string;
}

export interface Law {
  says: string;
  finds: (files: readonly Source[]) => Trespass[];
}

type Where = (path: string) => boolean;

const inside =
  (...starts: string[]): Where =>
  (path) =>
    starts.some((start) => path.startsWith(start));
const product: Where = (path) => inside("domain/", "contract/", "server/", "web/")(path) && !isTest(path);

/** These name what they forbid. */
const guards = inside("ops/laws.ts", "ops/check-rooms.test.ts");

const isRepo: Where = (path) => /^server\/modules\/[^/]+\/repo[./]/.test(path);

/** A law on the words of single files. */
const words = (says: string, where: Where, ...patterns: RegExp[]): Law => ({
  says,
  finds: (files) =>
    files
      .filter(({ path }) => where(path) && !guards(path))
      .flatMap(({ path, text }) =>
        patterns.flatMap((pattern) =>
          [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map(([found]) => ({
            path,
            what: found.trim().replace(/\s+/g, " ").slice(0, 60),
          })),
        ),
      ),
});

/** A law on what single files import. */
const imports = (says: string, where: Where, isRefused: (what: Import, path: string) => boolean): Law => ({
  says,
  finds: (files) =>
    files
      .filter(({ path }) => where(path) && !guards(path))
      .flatMap((file) =>
        importsOf(file)
          .filter((what) => isRefused(what, file.path))
          .map((what) => ({ path: file.path, what: `imports ${what.from}` })),
      ),
});

/** A law on the names of files. */
const names = (says: string, where: Where, isRefused: Where): Law => ({
  says,
  finds: (files) =>
    files
      .filter(({ path }) => where(path) && isRefused(path))
      .map(({ path }) => ({ path, what: "has a name that this room does not know" })),
});

const mayKnow: Record<string, readonly string[]> = {
  domain: ["#domain/"],
  contract: ["#contract/", "#domain/"],
  server: ["#server/", "#contract/", "#domain/", "#db/schema.gen.ts", "#locales/"],
  web: ["#web/", "#contract/", "#domain/", "#locales/"],
  e2e: ["#e2e/", "#contract/", "#domain/", "#ops/"],
  db: ["#db/", "#server/", "#contract/", "#domain/"],
};
// The start of the house makes the demo data of a first start.
const demoMakers = ["server/main.ts", "ops/"];

/** What a third-party package may be imported by; nobody else knows that it exists. */
const homes: readonly [packages: RegExp, where: Where][] = [
  [
    /^(kysely|pg)$/,
    (path) => inside("server/platform/", "server/roles/", "db/", "ops/", "bench/", "e2e/")(path) || isRepo(path),
  ],
  [/^(fastify|@fastify\/)/, inside("server/platform/", "server/roles/", "bench/")],
  [
    /^(@node-rs\/argon2|openid-client|@simplewebauthn\/server|otpauth|jose|@noble\/|@scure\/)/,
    inside("server/modules/identity/", "bench/"),
  ],
  [/^@simplewebauthn\/browser/, inside("web/features/identity/")],
  [/^(socket\.io|@socket\.io\/)/, inside("server/platform/", "web/platform/", "bench/", "e2e/")],
  [/^@opentelemetry\//, inside("server/platform/")],
  [/^graphile-worker/, inside("server/platform/", "bench/")],
  [
    /^(nodemailer|web-push|livekit-server-sdk|stripe|aws4fetch|tsdav|http-proxy)/,
    inside("server/gateways/", "bench/", "e2e/"),
  ],
  [/^livekit-client/, inside("web/features/rooms/", "bench/", "e2e/")],
  [/^(read-excel-file|write-excel-file)/, inside("server/modules/registrations/")],
  [/^fflate/, inside("server/modules/registrations/", "server/modules/privacy/")],
  [/^re2js/, inside("server/modules/questions/")],
  [/^@dnd-kit\//, inside("web/features/questions/")],
  [/^date-holidays/, inside("server/modules/scheduling/")],
  [/^(i18next|intl-messageformat|mjml)/, inside("server/platform/", "ops/")],
];

const moduleFiles = /^(routes|service|policy|repo|facts|jobs|realtime)(\.ts|\/[\w-]+\.ts)$|^emails\/[\w-]+\.ts$/;
/** Mechanisms of a module's own that deserve a file. */
const mechanisms = new Set([
  "capacity/batch.ts",
  "capacity/turnstile.ts",
  "events/preview.ts",
  "events/feeds.ts",
  "files/pictures.ts",
  "gatherings/calendar.ts",
  "identity/second-factor.ts",
  "identity/sessions.ts",
  "identity/nostr.ts",
  "identity/steps.ts",
  "identity/sign-in.ts",
  "identity/passwords.ts",
  "identity/providers.ts",
  "identity/tokens.ts",
  "questions/patterns.ts",
  "registrations/tables.ts",
  "rooms/proxy.ts",
  "scheduling/calendar.ts",
  "scheduling/holidays.ts",
]);
/** `act.ts` holds what the loaders and actions of several pages do. */
const featureFiles = /^([\w-]+-page\.tsx|live\.ts|state\.ts|act\.ts|components\/[\w/-]+\.tsx?)$/;

/** May be called by all and call none of the storeys. */
const groundFloor = ["audit", "installation", "capacity", "questions", "safety", "access", "plans", "files"];
const allowedBelow: Record<string, readonly string[]> = { plans: ["capacity"], files: ["access"] };
/** Each may use what stands before it. */
const storeys = ["identity", "organizers", "gatherings", "teams", "registrations", "events", "scheduling", "orders"];
const beside = ["rooms", "engagement", "feedback"];
const listeners = ["notifications", "workflows", "insights", "integrations"];

function mayCall(from: string, to: string): boolean {
  if (listeners.includes(to) || to === "privacy") return false;
  if (groundFloor.includes(from)) return to === "audit" || (allowedBelow[from] ?? []).includes(to);
  if (groundFloor.includes(to)) return true;
  if (beside.includes(from)) return to === "gatherings" || to === "identity";
  if (storeys.includes(from)) return storeys.indexOf(to) !== -1 && storeys.indexOf(to) < storeys.indexOf(from);
  return true;
}

/** Of the web part what no loader or action of its own keeps apart: pages, frames and addresses may hold contracts. */
const inTheBrowser =
  /^web\/(features\/.*(\/components\/|\/(live|state)\.tsx?$)|ui\/|shell\/(?!([\w-]+-(frame|page)\.tsx|(language|look|manifest)\.ts)$))/;

const written =
  /(?:insertInto|updateTable|deleteFrom)\(\s*"([a-z_]+)|(?:insert\s+into|delete\s+from)\s+([a-z_]+)|update\s+([a-z_]+)\s+(?:as\s+\w+\s+)?set\b/gi;

function writersOf(files: readonly Source[]): Map<string, Map<string, string>> {
  const writers = new Map<string, Map<string, string>>();
  for (const { path, text } of files) {
    const owner = moduleOf(path) ?? (path.startsWith("server/platform/") ? "platform" : undefined);
    if (!owner || isTest(path)) continue;
    for (const [, built, raw, updated] of text.matchAll(written)) {
      const table = built ?? raw ?? updated ?? "";
      writers.set(table, (writers.get(table) ?? new Map<string, string>()).set(owner, path));
    }
  }
  return writers;
}

const environmentReaders =
  /^server\/(main|platform\/(settings|postgres|web-build|postgres-home)|gateways\/(engine|engine-program))\.ts$/;

/** What tells the time, or speaks of the machine's own: how long it runs, what the engine's clock says. */
const clocks =
  /^server\/(platform\/(clock|health)|gateways\/(livekit|engine-double)|platform\/hung-worker\.fixture)\.ts$/;

export const laws: readonly Law[] = [
  imports(
    "a room knows only what architecture.md lets it know",
    (path) => path.split("/")[0] !== undefined && (path.split("/")[0] ?? "") in mayKnow,
    ({ from }, path) => {
      if (!from.startsWith("#")) return false;
      if (from.startsWith("#db/demo") && demoMakers.some((start) => path.startsWith(start))) return false;
      if (isTest(path) && from.startsWith("#ops/")) return false;
      return !(mayKnow[path.split("/")[0] ?? ""] ?? []).some((start) => from.startsWith(start));
    },
  ),
  imports(
    "imports are written from the house door",
    (path) => path.endsWith(".ts") || path.endsWith(".tsx"),
    ({ from }) => from.startsWith(".") && !from.startsWith("./+types/"),
  ),
  imports(
    "domain/ thinks with plain values only",
    (path) => path.startsWith("domain/") && !isTest(path),
    ({ from }) => !from.startsWith("#") && from !== "temporal-polyfill",
  ),
  imports(
    "contract/ is made of zod",
    (path) => path.startsWith("contract/") && !isTest(path),
    ({ from, isType }) => !from.startsWith("#") && from !== "zod" && !isType,
  ),
  imports(
    "a third-party package has one home",
    (path) => !isTest(path),
    ({ from }, path) => homes.some(([packages, isHome]) => packages.test(from) && !isHome(path)),
  ),
  imports(
    "browser parts take contracts as types; their values are for loaders and actions",
    (path) => inTheBrowser.test(path) && !isTest(path),
    ({ from, isType }) =>
      !isType &&
      (from === "zod" || (from.startsWith("#contract/") && !/\/(paths\.gen|problems|page|channel)\.ts$/.test(from))),
  ),
  imports(
    "web/ui knows none of our nouns",
    inside("web/ui/"),
    ({ from }) => from.startsWith("#web/features/") || from.startsWith("#web/shell/"),
  ),
  imports(
    "only live.ts listens to sockets",
    (path) => path.startsWith("web/features/") && !path.endsWith("/live.ts") && !isTest(path),
    ({ from }) => from === "#web/platform/live.ts",
  ),
  imports(
    "of another module only service and facts",
    (path) => moduleOf(path) !== undefined && !isTest(path),
    ({ from }, path) => {
      const other = moduleOf(from.slice(1));
      return other !== undefined && other !== moduleOf(path) && !doorsOf(from.slice(1));
    },
  ),
  imports(
    "what opens a door or writes a letter asks the service, never the repo",
    (path) => /^server\/modules\/[^/]+\/(routes|realtime|facts|emails)[./]/.test(path),
    ({ from, isType }) => isRepo(from.slice(1)) && !isType,
  ),
  imports(
    "modules stand on floors, and nobody calls upwards",
    (path) => moduleOf(path) !== undefined && !isTest(path),
    ({ from }, path) => {
      const [here, other] = [moduleOf(path) ?? "", moduleOf(from.slice(1))];
      // A fact is listened to from anywhere; it is the listener that knows the teller.
      if (other === undefined || other === here || from.endsWith("/facts.ts")) return false;
      return !mayCall(here, other);
    },
  ),
  {
    says: "modules never form a circle",
    finds: (files) => circlesAmong(files).map((circle) => ({ path: "server/modules", what: circle.join(" → ") })),
  },
  {
    says: "files never form a circle",
    finds: (files) => circlesOfFiles(files).map((circle) => ({ path: circle[0] ?? "", what: circle.join(" → ") })),
  },
  {
    says: "a table is written by one module only",
    finds: (files) =>
      [...writersOf(files)]
        .filter(([, owners]) => owners.size > 1)
        .map(([table, owners]) => ({
          path: [...owners.values()][1] ?? "",
          what: `${table} is written by ${[...owners.keys()].join(" and ")}`,
        })),
  },
  names(
    "a module has these files and no others",
    (path) => moduleOf(path) !== undefined && !isTest(path),
    (path) => {
      const name = path.replace(/^server\/modules\//, "");
      return !mechanisms.has(name) && !moduleFiles.test(name.replace(/^[^/]+\//, ""));
    },
  ),
  names(
    "a feature has these files and no others",
    (path) => /^web\/features\/[^/]+\//.test(path) && !isTest(path),
    (path) => !featureFiles.test(path.replace(/^web\/features\/[^/]+\//, "")),
  ),
  names(
    "no drawer for odds and ends",
    () => true,
    (path) => /(^|\/)(utils?|helpers?|types|constants|index)\.tsx?$/.test(path),
  ),
  names(
    "files are kebab-case",
    (path) => !/\/\+?[\w.-]*\.gen\.ts$/.test(path) && !path.startsWith("db/migrations/"),
    (path) => /[A-Z_]/.test(path.split("/").at(-1) ?? ""),
  ),
  names(
    "a migration is numbered and begins with its noun",
    inside("db/migrations/"),
    (path) => !/^db\/migrations\/\d{4}_[a-z0-9_]+\.sql$/.test(path),
  ),
  {
    says: "source files have at most 400 lines, tests 600",
    finds: (files) =>
      files
        .filter(({ path }) => !path.includes(".gen.") && !path.endsWith(".sql"))
        .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
        .filter(({ path, lines }) => lines > (isTest(path) ? 600 : 400))
        .map(({ path, lines }) => ({ path, what: `has ${lines} lines` })),
  },
  words(
    "no clock and no dice in domain/",
    (path) => path.startsWith("domain/") && !isTest(path),
    /\bDate\.now\(/,
    /\bnew Date\(\)/,
    /\bTemporal\.Now\b/,
    /\bMath\.random\(/,
    /\bcrypto\b/,
    /\bprocess\./,
    /\bperformance\./,
    /\bfetch\(/,
    /\bset(?:Timeout|Interval|Immediate)\(/,
  ),
  words(
    "business time comes from ctx.now()",
    (path) => path.startsWith("server/modules/") && !isTest(path),
    /\bDate\.now\(/,
    /\bnew Date\(\)/,
    /(?<![.\w])now\(\)/,
    /\bcurrent_timestamp\b/i,
    /\bat time zone\b/i,
  ),
  words(
    "the platform's time comes from its clock",
    (path) =>
      inside("server/platform/", "server/gateways/", "server/roles/")(path) && !isTest(path) && !clocks.test(path),
    /\bDate\.now\(/,
    /\bnew Date\(\)/,
  ),
  words(
    "of a module only its repo writes SQL",
    (path) => moduleOf(path) !== undefined && !isRepo(path) && !isTest(path),
    /\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(/,
  ),
  words(
    "ids in the browser are made by web/platform/id.ts",
    (path) => path.startsWith("web/") && !isTest(path) && path !== "web/platform/id.ts",
    /\bcrypto\.randomUUID\b/,
  ),
  words("lists page by key, never by offset", inside("server/modules/"), /\.offset\(/, /\boffset \$/i),
  words(
    "settings are read once, in settings.ts",
    (path) =>
      (path.startsWith("server/") || path.startsWith("web/")) && !isTest(path) && !environmentReaders.test(path),
    /\bprocess\.env\b/,
  ),
  words(
    "no sentence in a component",
    (path) => path.startsWith("web/") && path.endsWith(".tsx") && !isTest(path),
    />[^<>{}=;]*[A-Za-z]{2,}[^<>{}=;]*<\//,
    /\b(?:aria-label|title|placeholder|alt|label|hint)=(?:\{\s*)?["'`](?!https?:)(?:\$\{[^}]*\}|[^"'`$A-Za-z]|[A-Za-z](?![A-Za-z]))*[A-Za-z]{2,}[^"'`]*/,
    />\s*\{\s*["'`](?:\$\{[^}]*\}|[^"'`$A-Za-z]|[A-Za-z](?![A-Za-z]))*[A-Za-z]{2,}[^"'`]*/,
    /^(?! *(?:\/?\*|\/\/)).*(["`])[A-Z][a-z]+ [a-z][\w ',–-]*[.!?…]?\1/m,
  ),
  words(
    "what is wrong with a field is said by a key: no sentence in a service or a schema",
    (path) => /^(server\/modules|contract|web)\//.test(path) && path !== "contract/problems.ts" && !isTest(path),
    /\b(?:says|error|message): ["`][^"`]*\s[^"`]*["`]/,
  ),
  words(
    "we do not mock our own code",
    isTest,
    /\bvi\.(?:mock|doMock|hoisted|importMock|stubGlobal)\(/,
    // What a package is asked may be counted.
    /\bvi\.spyOn\((?!pg\.)/,
    /\.mock(?:Implementation|Return|Resolved|Rejected)\w*\(/,
  ),
  words(
    "nothing is skipped silently",
    isTest,
    /(?<!\/)\b(?:it|test|describe)\.(?:skip|only|todo|fixme|fails)/,
    /\.runIf\((?!isRoot\))/,
  ),
  words(
    "no hole in the types",
    (path) => /\.tsx?$/.test(path),
    /\bas any\b/,
    /@ts-(?:ignore|expect-error|nocheck)/,
    // Sanitized text has to be set somewhere, what scrolls has to take the focus, and some lists never change.
    /biome-ignore(?! lint\/(?:security\/noDangerouslySetInnerHtml|a11y\/noNoninteractiveTabindex|suspicious\/noArrayIndexKey): \w)/,
    /eslint-disable/,
  ),
  words(
    "`as never` only in a platform seam",
    (path) => product(path) && !path.startsWith("server/platform/") && !path.startsWith("web/platform/"),
    /\bas never\b/,
  ),
  words("no loose ends", () => true, /\b(?:TODO|FIXME|XXX)\b/),
];
