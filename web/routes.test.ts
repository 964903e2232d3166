import type { RouteConfigEntry } from "@react-router/dev/routes";
import { expect, it } from "vitest";

import { mayBeOrganizerSlug } from "#domain/organizers/slugs.ts";
import routes from "#web/routes.ts";

const firstWords = (entries: readonly RouteConfigEntry[]): string[] =>
  entries.flatMap(({ path, children }) => [
    ...(path === undefined ? [] : [path.split("/")[0] ?? ""]),
    // Below a path of its own, words no longer begin an address.
    ...(path === undefined && children ? firstWords(children) : []),
  ]);

it("leaves no page where an organizer could stand", async () => {
  const words = firstWords(await routes).filter((word) => !word.startsWith(":") && word !== "*");

  expect(words.length).toBeGreaterThan(5);
  expect(words.filter(mayBeOrganizerSlug)).toEqual([]);
});
