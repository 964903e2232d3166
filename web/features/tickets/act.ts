import type { RouterContextProvider } from "react-router";
import { z } from "zod";

import { type Registration, registrations, Side } from "#contract/registrations.ts";
import { type RoomView, rooms } from "#contract/rooms.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";

const Act = z.object({ intent: z.enum(["accept", "cancel", "swap"]), side: Side.default("virtual") });

/** What a ticket's buttons do. For actions only. */
export function act(context: Readonly<RouterContextProvider>, form: FormData, id: string) {
  return formResult(form, Act, ({ intent, side }) =>
    intent === "swap"
      ? call(context, registrations.swapSide, { params: { id }, body: { side } })
      : call(context, registrations[intent], { params: { id } }),
  );
}

/** The live room of somebody's place, when it has one. */
export async function roomOf(
  context: Readonly<RouterContextProvider>,
  { status, side, event }: Registration,
): Promise<RoomView | null> {
  if (status !== "confirmed" || side === "in_person" || event.format === "in_person") return null;
  if (event.status === "cancelled") return null;
  return call(context, rooms.get, { params: { gatheringId: event.gatheringId } });
}
