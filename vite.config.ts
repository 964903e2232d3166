import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: "web/public",
  plugins: [tailwindcss(), reactRouter()],
  build: {
    // Older targets would have light-dark() rewritten into variables fixed at the root, and a dark room inside a light house would stay light.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
  },
});
