import { rooms } from "#contract/rooms.ts";
import { attendance, join, listRoomPeople, stream, viewRoom, viewRoomOf } from "#server/modules/rooms/service/doors.ts";
import { hearEngine } from "#server/modules/rooms/service/engine.ts";
import { knock, leaveLobby, listLobby } from "#server/modules/rooms/service/lobby.ts";
import {
  admit,
  admitAll,
  ban,
  deny,
  end,
  mute,
  remove,
  start,
  stopScreen,
} from "#server/modules/rooms/service/order.ts";
import { answer } from "#server/platform/dispatch.ts";

// Anybody may see the button of what they may see at all; who may press it is asked by the door.
answer(rooms.get, (ctx, { params }) => viewRoom(ctx, params.gatheringId));
answer(rooms.ofEvent, (ctx, { params, query }) => viewRoomOf(ctx, params.id, query.occurrence_id));
answer(rooms.join, (ctx, { params, body }) => join(ctx, params.gatheringId, body.device));
answer(rooms.people, (ctx, { params }) => listRoomPeople(ctx, params.gatheringId));
answer(rooms.stream, (ctx, { params, query }) => stream(ctx, params.id, query.occurrence_id));

answer(rooms.knock, (ctx, { params }) => knock(ctx, params.gatheringId));
answer(rooms.leaveLobby, async (ctx, { params }) => void (await leaveLobby(ctx, params.gatheringId)));

// For hosts: each use case asks for the role.
answer(rooms.start, (ctx, { params }) => start(ctx, params.gatheringId));
answer(rooms.end, (ctx, { params }) => end(ctx, params.gatheringId));
answer(rooms.mute, (ctx, { params, body }) => mute(ctx, params, body?.muted ?? true));
answer(rooms.stopScreen, (ctx, { params }) => stopScreen(ctx, params));
answer(rooms.remove, (ctx, { params }) => remove(ctx, params));
answer(rooms.ban, (ctx, { params }) => ban(ctx, params));
answer(rooms.admit, (ctx, { params }) => admit(ctx, params));
answer(rooms.deny, (ctx, { params }) => deny(ctx, params));
answer(rooms.lobby, (ctx, { params }) => listLobby(ctx, params.gatheringId));
answer(rooms.admitAll, (ctx, { params }) => admitAll(ctx, params.gatheringId));
answer(rooms.attendance, (ctx, { params, query }) => attendance(ctx, params.id, query));

// Signed by the engine over its bytes, not by a session.
answer(rooms.webhook, async (ctx, { body }) => {
  const { bytes, headers } = body as unknown as { bytes: Uint8Array; headers: { authorization?: string } };
  await hearEngine(ctx, bytes, headers.authorization);
  return {};
});
