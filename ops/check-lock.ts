import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

export const readLock = (): Lock =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8")) as Lock;

/**
 * Names the packages for other platforms that the lockfile left out.
 *
 * npm writes such a lockfile without a word when a tool's newest release lacks a sister; npm 11 then refuses to install it.
 */
export function missingFromLock({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesFor(path, name).some((place) => place in packages))
      .map((name) => `${path || "package.json"} wants ${name}, which package-lock.json does not hold`),
  );
}

/** Where Node would look for a package, from the asking one outwards. */
function placesFor(path: string, name: string): string[] {
  const owners = path.split("/node_modules/");
  const outwards = owners.map((_, at) => owners.slice(0, owners.length - at).join("/node_modules/"));
  return [...outwards.filter(Boolean).map((owner) => `${owner}/node_modules/${name}`), `node_modules/${name}`];
}
