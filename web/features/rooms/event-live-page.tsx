import { redirect } from "react-router";

import { rooms } from "#contract/rooms.ts";
import { call } from "#web/platform/api.ts";

import type { Route } from "./+types/event-live-page";

/** The room by the event's own name: of the occurrence that is on, else the next. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { gatheringId } = await call(context, rooms.ofEvent, { params: { id: params.slug }, query: {} });
  throw redirect(`/live/${gatheringId}`);
}
