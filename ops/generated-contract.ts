import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { z } from "zod";

import type { Channel } from "#contract/channel.ts";
import type { Route } from "#contract/route.ts";

const folder = join(import.meta.dirname, "../contract");

/** All that is exported from `contract/`: tables of routes, channels and shapes, by their exported names. */
export interface Contract {
  routes: Route[];
  tables: Map<string, Map<string, Route>>;
  channels: Map<string, Channel>;
  shapes: Map<string, z.ZodType>;
}

export async function collectContract(): Promise<Contract> {
  const contract: Contract = { routes: [], tables: new Map(), channels: new Map(), shapes: new Map() };
  const names = readdirSync(folder).filter((name) => /^[\w-]+\.ts$/.test(name) && !name.endsWith(".gen.ts"));
  for (const name of names.sort()) {
    const exported: Record<string, unknown> = await import(pathToFileURL(join(folder, name)).href);
    for (const [key, value] of Object.entries(exported)) sortIn(contract, key, value);
  }
  return contract;
}

function sortIn(contract: Contract, key: string, value: unknown): void {
  if (isChannel(value)) contract.channels.set(key, value);
  else if (value instanceof z.ZodType) {
    if (contract.shapes.has(key)) throw new Error(`Two files of contract/ export a shape as ${key}.`);
    contract.shapes.set(key, value);
  } else if (typeof value === "object" && value !== null) {
    const routes = Object.entries(value).filter((entry): entry is [string, Route] => isRoute(entry[1]));
    if (routes.length === 0) return;
    if (contract.tables.has(key)) throw new Error(`Two files of contract/ export routes as ${key}.`);
    contract.tables.set(key, new Map(routes));
    contract.routes.push(...routes.map(([, route]) => route));
  }
}

const has = (value: unknown, ...keys: string[]) =>
  typeof value === "object" && value !== null && keys.every((key) => key in value);
const isRoute = (value: unknown): value is Route => has(value, "method", "path", "reply", "who");
const isChannel = (value: unknown): value is Channel => has(value, "name", "told", "said");

/** What the browser needs of the contract, without the validators. */
export function pathsFile({ tables, channels }: Contract): string {
  const text = [...tables].map(([table, routes]) => {
    const lines = [...routes].map(
      ([name, { method, path }]) => `    ${name}: { method: "${method}", path: "${path}" },`,
    );
    return [`  ${table}: {`, ...lines, "  },"].join("\n");
  });
  const names = [...channels].map(([key, { name }]) => `  ${key}: { name: "${name}" },`);
  return `// Made from contract/ by \`npm run generate\`.

export const paths = {
${text.join("\n")}
} as const;

export const channels = {
${names.join("\n")}
} as const;
`;
}
