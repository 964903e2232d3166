import { isDeepStrictEqual } from "node:util";

import { fileUrl } from "#contract/files.ts";
import type { EventTypeHost, HostInput } from "#contract/scheduling.ts";
import { sharesAlike } from "#domain/availability/teams.ts";
import type { HostRow, HostShare } from "#server/modules/scheduling/repo/event-types.ts";
import { listSchedules } from "#server/modules/scheduling/repo/hosts.ts";
import * as repo from "#server/modules/scheduling/repo/teams.ts";
import { ensureSchedule } from "#server/modules/scheduling/service/schedules.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Reads who shall host: members of the organizer, each once; a schedule that is named is the host's own. */
export async function hostsOf(tctx: TxCtx, organizerId: string, inputs: readonly HostInput[]): Promise<HostShare[]> {
  const ids = new Set(inputs.map(({ userId }) => userId));
  const members = await repo.listMemberIds(tctx.db, organizerId, [...ids]);
  if (members.length < ids.size || ids.size < inputs.length)
    throw new Problem("event_type.invalid", {
      fields: [{ at: "body.hosts", code: "members" }],
    });
  for (const { userId, scheduleId } of inputs) {
    await ensureSchedule(tctx, userId);
    if (!scheduleId) continue;
    const own = await listSchedules(tctx.db, userId);
    if (!own.some(({ id }) => id === scheduleId)) throw new Problem("schedule.not_found");
  }
  return inputs.map(({ userId, isFixed = false, group = null, weight = 1, priority = 0, scheduleId = null }) => ({
    ...{ userId, isFixed, group, weight, priority, scheduleId },
  }));
}

/** Writes who hosts, where that is another team; what is booked stays with whom it was booked with. */
export async function keepTeam(
  tctx: TxCtx,
  eventTypeId: string,
  before: readonly HostShare[],
  hosts: readonly HostShare[],
): Promise<void> {
  if (isDeepStrictEqual(before.map(shareOf), hosts.map(shareOf))) return;
  const sharedAnewFrom = sharesAlike(before, hosts) ? null : tctx.now();
  await repo.writeHosts(tctx.db, { eventTypeId, hosts, sharedAnewFrom });
}

const shareOf = ({ userId, isFixed, group, weight, priority, scheduleId }: HostShare): HostShare => ({
  ...{ userId, isFixed, group, weight, priority, scheduleId },
});

/** Somebody's face beside their name. */
export const withPicture = <P extends { pictureId: string | null }>({ pictureId, ...person }: P) => ({
  ...person,
  pictureUrl: pictureId === null ? null : fileUrl(pictureId, 640),
});

/** A host as the team sees them. */
export const hostOf = (host: HostRow): EventTypeHost => withPicture(host);
