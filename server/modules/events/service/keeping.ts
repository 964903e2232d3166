import { randomUUIDv7 } from "node:crypto";

import type { EventTemplate } from "#contract/templates.ts";
import * as audit from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/events/repo/template.ts";
import { contentOf, viewOf } from "#server/modules/events/service/templates.ts";
import { open } from "#server/modules/events/service/writing.ts";
import * as organizers from "#server/modules/organizers/service.ts";
import { listNewTicketTypes } from "#server/modules/registrations/service/ticket-types.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

const most = 50;
const minuteMs = 60_000;

/** Keeps an event as a template of its organizer, for each of its members. */
export async function saveTemplate(ctx: Ctx, name: string, called: string): Promise<EventTemplate> {
  return inTx(ctx, async (tctx) => {
    const { event, whole } = await open(tctx, name);
    await refuseOutsiders(tctx, event.organizerId);
    if ((await repo.list(tctx.db, event.organizerId)).length >= most) throw new Problem("template.too_many", { most });
    const { startTime, endTime } = whole;
    const { conferenceRoomId: _room, recordingUrl: _recording, ...virtualConfig } = whole.settings.virtualConfig;
    const said = {
      ...event,
      speakers: event.speakers.map(({ pictureId: _picture, ...speaker }) => speaker),
      chatEnabled: whole.settings.chat.enabled,
      virtualConfig: { ...virtualConfig, enabled: event.format !== "in_person" },
    };
    const row = {
      id: randomUUIDv7(),
      organizerId: event.organizerId,
      name: called,
      content: contentOf(said),
      minutes: startTime && endTime ? Math.round((endTime.getTime() - startTime.getTime()) / minuteMs) : null,
      ticketTypes: await listNewTicketTypes(tctx, event.id),
      createdBy: userOf(tctx).userId,
      createdAt: tctx.now(),
    };
    await repo.insert(tctx.db, row);
    const change = { new: { templateId: row.id, name: called } };
    await audit.record(tctx, "event.kept_as_template", { kind: "event", id: event.id }, change);
    return viewOf(row);
  });
}

/** Throws a template away; those of the house stay, and what was begun from it too. */
export async function removeTemplate(ctx: Ctx, id: string): Promise<void> {
  await inTx(ctx, async (tctx) => {
    const row = await repo.find(tctx.db, id);
    if (!row) throw new Problem("template.not_found");
    const mine = await organizers.listMine(tctx);
    if (!mine.some((one) => one.id === row.organizerId)) throw new Problem("template.not_found");
    await repo.remove(tctx.db, id);
    const change = { old: { templateId: id, name: row.name } };
    await audit.record(tctx, "organizer.template_removed", { kind: "organizer", id: row.organizerId }, change);
  });
}

async function refuseOutsiders(tctx: TxCtx, organizerId: string): Promise<void> {
  const mine = await organizers.listMine(tctx);
  if (!mine.some(({ id }) => id === organizerId)) throw new Problem("auth.forbidden");
}
