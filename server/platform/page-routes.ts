import type { ServerBuild } from "react-router";

type Routes = ServerBuild["routes"];

const parts = new WeakMap<ServerBuild, Map<string, ServerBuild>>();

/**
 * The part of a build that an address can lead into: pages below its first word, and those that begin with any word.
 *
 * The router tries one route after another for each page, and there are many.
 */
export function partFor(build: ServerBuild, url: string): ServerBuild {
  const known = parts.get(build) ?? partsOf(build);
  parts.set(build, known);
  const word = firstWord(url);
  if (word === undefined) return build;
  return known.get(word) ?? (known.get("") as ServerBuild);
}

/** Undefined where the router itself asks, and where nobody can say. */
function firstWord(url: string): string | undefined {
  const [, word = ""] = /^\/+([^/?#]*)/.exec(url) ?? [];
  if (/^_|%|\\/.test(word)) return undefined;
  return word.replace(/\.data$/, "").toLowerCase();
}

function partsOf(build: ServerBuild): Map<string, ServerBuild> {
  const beginnings = new Map(Object.keys(build.routes).map((id) => [id, beginningOf(id, build.routes)]));
  const words = new Set(["", ...[...beginnings.values()].filter(isFixed)]);
  return new Map(
    [...words].map((word) => {
      const isMeant = (id: string) => {
        const begins = beginnings.get(id) ?? "";
        return !isFixed(begins) || begins === word;
      };
      const routes = Object.fromEntries(Object.entries(build.routes).filter(([id]) => isMeant(id)));
      return [word, { ...build, routes }];
    }),
  );
}

/** Whether a beginning stands for itself alone, and not for any word or for none. */
const isFixed = (begins: string) => /^[a-z0-9.-]+$/.test(begins);

function beginningOf(id: string, routes: Routes): string {
  const path: string[] = [];
  for (let at = routes[id]; at; at = at.parentId === undefined ? undefined : routes[at.parentId])
    path.unshift(at.path ?? "");
  return path.join("/").split("/").find(Boolean)?.toLowerCase() ?? "";
}
