import { join } from "node:path";

import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

/** What every public page needs. In one piece it packs better and comes in one request; the rest goes with the pages that use it. */
const house = [
  "/web/platform/(?!send|live)",
  "/domain/look/",
  String.raw`/web/shell/(frame|failure|look-switch|person-menu|viewer)\.`,
  String.raw`/web/ui/(button|form-state|hemicycle|icon|landmarks|logo|surface|time|toast)\.`,
];
const shared = [
  { name: "react", test: /node_modules\/(react|react-dom|react-router|scheduler)\// },
  { name: "house", test: new RegExp(house.join("|")) },
];

export default defineConfig(({ command }) => ({
  publicDir: "web/public",
  plugins: [tailwindcss(), reactRouter()],
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
