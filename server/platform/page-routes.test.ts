import { matchRoutes, type RouteObject, type ServerBuild } from "react-router";
import { expect, it } from "vitest";

import { partFor } from "#server/platform/page-routes.ts";

const routes = {
  root: { id: "root", path: "" },
  frame: { id: "frame", parentId: "root" },
  home: { id: "home", parentId: "frame", index: true },
  events: { id: "events", parentId: "frame", path: "events" },
  event: { id: "event", parentId: "frame", path: "events/:slug" },
  organize: { id: "organize", parentId: "root", path: "organize" },
  start: { id: "start", parentId: "organize", index: true },
  team: { id: "team", parentId: "organize", path: "team" },
  host: { id: "host", parentId: "frame", path: ":organizer" },
  type: { id: "type", parentId: "frame", path: ":organizer/:type" },
  missing: { id: "missing", parentId: "frame", path: "*" },
};
const build = { routes } as unknown as ServerBuild;

const tree = (all: object, parentId?: string): RouteObject[] =>
  (Object.values(all) as { id: string; parentId?: string; path?: string; index?: boolean }[])
    .filter((one) => one.parentId === parentId)
    .map(({ id, path, index }) => (index ? { id, index } : { id, path, children: tree(all, id) }));
const found = ({ routes: all }: ServerBuild, path: string) =>
  matchRoutes(tree(all), path)?.map(({ route }) => route.id);

it.each([
  ...["/", "/events", "/Events/tea", "/events/tea/", "/organize", "/organize/team", "/organize/nothing"],
  ...["/mara", "/mara/talk", "/mara/talk/more", "/team", "/%65vents/tea", "//events", "/e.vents"],
])("finds the same page for %s as among all", (path) => {
  expect(found(partFor(build, `${path}?x=/events`), path)).toEqual(found(build, path));
});

it("looks through what the first word leads to, and through all where the router asks for more", () => {
  expect(Object.keys(partFor(build, "/organize.data").routes)).not.toContain("event");
  expect(Object.keys(partFor(build, "/events.data?a").routes)).toContain("event");
  for (const url of ["/__manifest?paths=/events", "/_root.data", "/%65vents"]) expect(partFor(build, url)).toBe(build);
});
