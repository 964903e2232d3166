import { startHouse } from "#ops/run-house.ts";

/** Starts the built product once for all journeys, on a clean folder, and tells them where it is. */
export default async function setup(): Promise<() => Promise<void>> {
  const house = await startHouse({ env: { PLENARY_DEMO: "on" } });
  await house.untilRoomsAreReady();
  process.env.PLENARY_E2E_URL = house.url;
  return house.stop;
}
