import { type RouterContextProvider, redirect } from "react-router";
import { z } from "zod";

import { directory } from "#contract/directory.ts";
import { type Registration, registrations, Side } from "#contract/registrations.ts";
import { type RoomView, rooms } from "#contract/rooms.ts";
import { seats } from "#contract/seats.ts";
import { saysToTerms } from "#contract/terms.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";

const Act = z.object({
  intent: z.enum(["accept", "cancel", "swap", "name", "renew", "listing", "acceptTerms"]),
  side: Side.default("virtual"),
  /** One that was taken along with this one. */
  seat: z.uuid().optional(),
  isListed: z.boolean().default(false),
  displayName: z.string().optional(),
  ...saysToTerms,
  name: z.string().default(""),
  email: z.string().default(""),
});

/** What a ticket's buttons do. For actions only. */
export function act(context: Readonly<RouterContextProvider>, form: FormData, id: string) {
  return formResult(
    form,
    Act,
    async ({ intent, side, seat = id, name, email, isListed, displayName, acceptsConduct, confirmsAge }) => {
      if (intent === "swap") return call(context, registrations.swapSide, { params: { id }, body: { side } });
      if (intent === "listing")
        return call(context, directory.listing, { params: { id }, body: { isListed, displayName } });
      if (intent === "acceptTerms")
        return call(context, registrations.acceptTerms, { params: { id }, body: { acceptsConduct, confirmsAge } });
      if (intent === "renew") return call(context, seats.renew, { params: { id: seat } });
      if (intent !== "name") return call(context, registrations[intent], { params: { id } });
      await call(context, seats.holder, { params: { id: seat }, body: { name, email } });
      // Their own seat is somebody else's now: this page is no longer theirs to see.
      if (seat === id) throw redirect("/claim/handed");
      return null;
    },
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
