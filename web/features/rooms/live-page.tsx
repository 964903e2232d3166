import { useCallback, useEffect, useState, useSyncExternalStore } from "react";

import { engagement } from "#contract/engagement.ts";
import { paths } from "#contract/paths.gen.ts";
import { rooms } from "#contract/rooms.ts";
import { Call } from "#web/features/rooms/components/call.ts";
import { GreenRoom } from "#web/features/rooms/components/green-room.tsx";
import { useLookAgain } from "#web/features/rooms/components/look-again.ts";
import { Over } from "#web/features/rooms/components/over.tsx";
import { Stage } from "#web/features/rooms/components/stage.tsx";
import { useRoomState } from "#web/features/rooms/live.ts";
import { call as ask, pageOf } from "#web/platform/api.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { send } from "#web/platform/send.ts";
import { words } from "#web/platform/words.ts";
import { Main } from "#web/ui/landmarks.tsx";

import type { Route } from "./+types/live-page";

export async function loader({ params, context }: Route.LoaderArgs) {
  const { room, people, messages } = await seen(context, params);
  return {
    room,
    people,
    messages,
    title: pageOf(context).say("rooms.page.title", { title: room.title }),
    words: words(context, [
      ...(room.terms ? (["registrations.terms"] as const) : []),
      "rooms.page",
      "rooms.green",
      "rooms.refusal",
      "rooms.stage",
      "rooms.bar",
      "rooms.help",
      "rooms.devices",
      "rooms.chat",
      "rooms.people",
      "rooms.lobby",
      "rooms.over",
    ]),
  };
}

/** The room and what is going on in it; terms that change while we look are found at the second look. */
async function seen(context: Route.LoaderArgs["context"], params: Route.LoaderArgs["params"]) {
  try {
    return await look(context, params);
  } catch (thrown) {
    if (refusalOf(thrown)?.code !== "access.terms_needed") throw thrown;
    return look(context, params);
  }
}

async function look(context: Route.LoaderArgs["context"], params: Route.LoaderArgs["params"]) {
  const room = await ask(context, rooms.get, { params });
  // Whoever does not belong there, or has still to accept its terms, sees the door, not what was said behind it.
  const isIn = room.me !== null && room.terms === null;
  const none = { items: [], nextCursor: null, seq: 0 };
  return {
    room,
    people: isIn ? await ask(context, rooms.people, { params }) : none,
    messages: isIn && room.chat ? await ask(context, engagement.messages, { params, query: {} }) : none,
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: "robots", content: "noindex" },
];

/** The way from the green room over the stage to the last screen. One `Call` lives as long as the page does. */
export default function LivePage({ loaderData: { room, people, messages }, params }: Route.ComponentProps) {
  const { gatheringId } = params;
  const call = useCall(gatheringId);
  const view = useSyncExternalStore(call.subscribe, call.view, call.view);
  const lookAgain = useLookAgain(gatheringId);
  useRoomState(gatheringId, lookAgain, room.me?.personId);
  const { phase } = view;
  const isBack = phase.at === "over" || (phase.at === "green" && phase.code !== undefined);
  // The room's state is asked again when we come out of it, so that the screen after it tells the truth.
  useEffect(() => {
    if (isBack) void lookAgain();
  }, [isBack, lookAgain]);
  return (
    <Main className="h-dvh overflow-hidden">
      {phase.at === "over" && <Over room={room} why={phase.why} code={phase.code} call={call} />}
      {(phase.at === "green" || phase.at === "joining") && (
        <GreenRoom room={room} call={call} isJoining={phase.at === "joining"} />
      )}
      {(phase.at === "in" || phase.at === "rejoining") && (
        <Stage room={room} call={call} view={view} people={people} messages={messages} />
      )}
    </Main>
  );
}

/** One device for as long as the page is open: the same one comes back after a cut, a second tab is a second device. */
function useCall(gatheringId: string): Call {
  const pass = useCallback(
    (device: string) => send<typeof rooms.join>(paths.rooms.join, { params: { gatheringId }, body: { device } }),
    [gatheringId],
  );
  const [call] = useState(() => {
    const device = `web-${Math.random().toString(36).slice(2, 12)}`;
    return new Call({ camera: true, microphone: true }, () => pass(device));
  });
  useEffect(() => () => call.close(), [call]);
  return call;
}
