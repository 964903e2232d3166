/** From the most particular to the most general, since each browser claims to be all before it. */
const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\//, "Edge"],
  [/\b(OPR|Opera)\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/(Firefox|FxiOS)\//, "Firefox"],
  [/(Chrome|CriOS|Chromium)\//, "Chrome"],
  [/Safari\//, "Safari"],
  [/^curl\//, "curl"],
];
const systems: readonly [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/CrOS/, "ChromeOS"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/Linux/, "Linux"],
];

/** What a browser calls itself, as people would call it; empty where we do not know it. */
export function nameOfAgent(agent: string): { browser: string; system: string; isPhone: boolean } {
  const find = (names: typeof browsers) => names.find(([sign]) => sign.test(agent))?.[1] ?? "";
  return { browser: find(browsers), system: find(systems), isPhone: /iPhone|Android.*Mobile/.test(agent) };
}
