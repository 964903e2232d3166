import type { Config } from "@react-router/dev/config";

export default {
  appDirectory: "web",
  buildDirectory: ".build",
  ssr: true,
  // A page carries the addresses of its own modules only; where its links lead is asked for when they are seen.
  routeDiscovery: { mode: "lazy" },
} satisfies Config;
