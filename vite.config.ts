import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";

/** The icons of public pages: each in a file of its own would weigh more in its wrapping than in itself. */
const signs = [
  ...["arrow-left", "arrow-right", "calendar-days", "calendar-plus", "check", "circle-alert", "circle-check"],
  ...[
    "circle-exclamation-point",
    "clock",
    "copy",
    "hourglass",
    "mail",
    "mail-question-mark",
    "map-pin",
    "pencil",
    "plus",
    "share-2",
    "ticket",
  ],
  ...["triangle-alert", "triangle-exclamation-point", "users", "video", "x"],
];

/** What every public page needs. In one piece it packs better and comes in one request; the rest goes with the pages that use it. */
const house = [
  "/web/platform/(?!send|live|autosave)",
  "/domain/look/",
  String.raw`/web/shell/(frame|failure|language-switch|look-switch|person-menu|viewer)\.`,
  String.raw`/web/ui/(button|form-state|hemicycle|icon|landmarks|logo|surface|time|toast|tone)\.`,
  "/web/features/events/components/event-cover",
  `/lucide-react/dist/esm/icons/(${signs.join("|")})\\.`,
];
/** A month and its times. */
const month = [
  "/web/features/scheduling/components/(address|booking-view|facts|month|month-grid|revalidates|times|zone-choice)\\.",
  "/web/ui/zone-list",
];
const shared = [
  { name: "react", test: /node_modules\/(react|react-dom|react-router|scheduler)\// },
  { name: "house", test: new RegExp(house.join("|")) },
  { name: "month", test: new RegExp(month.join("|")) },
];

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
  plugins: [tailwindcss(), reactRouter(), packed()],
  // React chooses its slow development build by a variable of the process; bundled and decided here, it is always the quick one.
  ...(command === "build" && {
    ssr: { noExternal: true },
    resolve: {
      alias: [{ find: /^\.\.\/createLucideIcon\.mjs$/, replacement: join(import.meta.dirname, "web/ui/icon.ts") }],
    },
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
  }),
  build: {
    // Older targets would have light-dark() rewritten into variables fixed at the root, and a dark room inside a light house would stay light.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
  },
  environments: {
    client: { build: { rolldownOptions: { output: { codeSplitting: { groups: shared } } } } },
  },
}));
