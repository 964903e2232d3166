import { expect, it } from "vitest";

import { rooms } from "#contract/rooms.ts";
import type { Route } from "#contract/route.ts";
import { loader } from "#web/features/rooms/live-page.tsx";

const terms = { registrationId: null, conduct: null, minimumAge: 18 };
const refusal = (code: string) => Object.assign(new Error(code), { code, details: {} });

/** Looks at a room whose door says something else each time that it is asked. */
function look(doors: readonly object[], refused: string) {
  const asked: Route[] = [];
  const dispatch = async (route: Route) => {
    asked.push(route);
    if (route.path !== rooms.get.path) throw refusal(refused);
    return doors[asked.filter(({ path }) => path === route.path).length - 1];
  };
  const page = { dispatch, say: () => "", sentences: () => "{}" };
  return { asked, seen: loader({ params: { gatheringId: "one" }, context: { get: () => page } } as never) };
}

it("asks for terms that came up while it looked", async () => {
  const { seen } = look(
    [
      { me: {}, terms: null },
      { me: {}, terms },
    ],
    "access.terms_needed",
  );

  expect(await seen).toMatchObject({ room: { terms }, people: { items: [] } });
});

it("looks again once, and for nothing else", async () => {
  const inside = { me: {}, terms: null };
  const again = look([inside, inside, inside], "access.terms_needed");
  const banned = look([inside, inside], "access.banned");

  await expect(again.seen).rejects.toMatchObject({ data: { code: "access.terms_needed" } });
  await expect(banned.seen).rejects.toMatchObject({ data: { code: "access.banned" } });
  expect([again.asked.length, banned.asked.length]).toEqual([4, 2]);
});
