import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";

/** The icons of public pages: each in a file of its own would weigh more in its wrapping than in itself. */
const signs = [
  ...["arrow-left", "arrow-right", "calendar-days", "calendar-plus", "check", "chevron-right", "circle-alert"],
  ...["circle-exclamation-point", "clock", "copy", "globe", "hourglass", "map-pin", "pencil", "plus", "ticket"],
  ...["triangle-alert", "triangle-exclamation-point", "users", "video", "x"],
];

/** What every public page needs. In one piece it packs better and comes in one request; the rest goes with the pages that use it. */
const house = [
  "/web/platform/(?!send|live|autosave|land)",
  "/domain/look/",
  String.raw`/web/shell/(frame|failure|language-switch|look-switch|person-menu|viewer)\.`,
  String.raw`/web/ui/(button|form-state|hemicycle|hidden|icon|landmarks|logo|page|surface|time|toast|tone)\.`,
  "/web/features/events/components/(event-cover|at-time)",
  String.raw`/web/features/registrations/components/price\.`,
  "/domain/registrations/states",
  `/lucide-react/dist/esm/icons/(${signs.join("|")})\\.`,
];
/** What can be booked. */
const offer = ["/web/features/scheduling/components/(address|facts|hosts)\\."];
/** A month and its times. */
const month = [
  "/web/features/scheduling/components/(booking-view|month|month-grid|revalidates|times|zone-choice)\\.",
  "/web/ui/zone-list",
];
const shared = [
  { name: "react", test: /node_modules\/(react|react-dom|react-router|scheduler)\/|\/web\/platform\/land\./ },
  { name: "house", test: new RegExp(house.join("|")) },
  { name: "offer", test: new RegExp(offer.join("|")) },
  { name: "month", test: new RegExp(month.join("|")) },
];

/**
 * Makes icons of lucide's drawings by `web/ui/icon.ts`: a drawing as one text is shorter than a list of its elements, and
 * one piece to whoever draws it.
 */
const icons = (): Plugin => ({
  name: "icons",
  apply: "build",
  transform: {
    filter: { id: /\/lucide-react\/dist\/esm\/icons\// },
    handler(code) {
      const shapes = [...code.matchAll(/\[\s*"(\w+)",\s*\{([^}]*)\}\s*\]/g)].map(([, tag, said = ""]) => {
        const attributes = [...said.matchAll(/(\w+): ("[^"]*")/g)].filter(([, name]) => name !== "key");
        return `<${tag}${attributes.map(([, name, value]) => ` ${name}=${value}`).join("")}/>`;
      });
      if (shapes.length === 0) return undefined; // another name for one of them
      const maker = JSON.stringify(join(import.meta.dirname, "web/ui/icon.ts"));
      return `import { icon } from ${maker};\nexport default /* @__PURE__ */ icon(${JSON.stringify(shapes.join(""))});`;
    },
  },
});

/** The router can be watched at its work; nobody here does, and every page would carry what it takes. */
const unwatched = (): Plugin => ({
  name: "unwatched",
  apply: "build",
  applyToEnvironment: ({ name }) => name === "client",
  transform: {
    filter: { id: /\/react-router\/dist\/production\/lib\/router\/instrumentation\.js$/ },
    handler: (code) =>
      /export \{(.*)\}/
        .exec(code)?.[1]
        ?.split(",")
        .map((name) => `export const ${name.trim()} = () => undefined;`)
        .join("\n"),
  },
});

/** The router loads the page again that one is on where the module of another is gone; who clicked wants the other. */
const landing = (): Plugin => ({
  name: "landing",
  apply: "build",
  applyToEnvironment: ({ name }) => name === "client",
  transform: {
    filter: { id: /\/react-router\/dist\/production\/lib\/dom\/ssr\/routeModules\.js$/ },
    handler(code) {
      const mended = code.replace("window.location.reload()", "land()");
      if (mended === code) throw new Error("The router no longer reloads by itself: is this still needed?");
      return `import { land } from ${JSON.stringify(join(import.meta.dirname, "web/platform/land.ts"))};\n${mended}`;
    },
  },
});

const packGzip = promisify(gzip);
const packBrotli = promisify(brotliCompress);

/** Lays packed copies beside what browsers load, so that no server packs them again for each reader. */
const packed = (): Plugin => ({
  name: "packed",
  apply: "build",
  applyToEnvironment: ({ name }) => name === "client",
  async writeBundle({ dir = "" }, bundle) {
    await Promise.all(
      Object.values(bundle).map(async (file) => {
        if (!/\.(js|css)$/.test(file.fileName)) return;
        const bytes = Buffer.from(file.type === "chunk" ? file.code : file.source);
        const path = join(dir, file.fileName);
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        await Promise.all([
          packGzip(bytes, { level: 9 }).then((pack) => writeFile(`${path}.gz`, pack)),
          packBrotli(bytes, quality).then((pack) => writeFile(`${path}.br`, pack)),
        ]);
      }),
    );
  },
});

export default defineConfig(({ command }) => ({
  publicDir: "web/public",
  plugins: [tailwindcss(), reactRouter(), icons(), unwatched(), landing(), packed()],
  // React chooses its slow development build by a variable of the process; bundled and decided here, it is always the quick one.
  ...(command === "build" && {
    ssr: { noExternal: true },
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
  }),
  build: {
    // Older targets would have light-dark() rewritten into variables fixed at the root, and a dark room inside a light house would stay light.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
  },
  environments: {
    // What is loaded later asks for its own parts: most are there by then, and every page would carry the list of them.
    client: { build: { modulePreload: false, rolldownOptions: { output: { codeSplitting: { groups: shared } } } } },
  },
}));
