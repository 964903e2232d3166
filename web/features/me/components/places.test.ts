import { expect, it } from "vitest";

import type { Registration } from "#contract/registrations.ts";
import { placesOf, sorted } from "#web/features/me/components/places.ts";

const now = new Date("2030-06-01T12:00:00Z");
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
const nextOf = (...minutes: number[]) =>
  sorted(
    placesOf(
      minutes.map((begins) => ({ status: "confirmed", event: { startTime: at(begins) } }) as Registration),
      [],
    ),
    now,
  );

it.each([
  [[60, 90], 60],
  [[-720, 60], -720],
  [[-720, -5, 60], -5],
  [[-720, 10, 60], 10],
])("shows of what begins in %j minutes the one in %i first", (minutes, first) => {
  const { next, upcoming } = nextOf(...minutes);

  expect(next?.startTime).toBe(at(first));
  expect(upcoming.map(({ startTime }) => startTime)).toEqual(minutes.filter((one) => one !== first).map(at));
});
