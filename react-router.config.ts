import type { Config } from "@react-router/dev/config";

export default {
  appDirectory: "web",
  buildDirectory: ".build",
  ssr: true,
  // The list of pages is small: asking for it piece by piece would cost a request at each hovered link.
  routeDiscovery: { mode: "initial" },
} satisfies Config;
