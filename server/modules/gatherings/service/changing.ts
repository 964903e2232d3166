import { isDeepStrictEqual } from "node:util";

import { rightChanged } from "#server/modules/access/facts.ts";
import { changed, moved, rearranged } from "#server/modules/gatherings/facts.ts";
import * as busy from "#server/modules/gatherings/repo/busy.ts";
import type { Gathering } from "#server/modules/gatherings/repo/gatherings.ts";
import * as repo from "#server/modules/gatherings/repo/gatherings.ts";
import { wake } from "#server/modules/gatherings/service/waking.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { type Fact, record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

export interface Rewriting extends repo.Planned {
  /** Something that people must hear of changed beside what is written here, such as the place. */
  tells: boolean;
  hosts: readonly string[];
  telling: repo.Telling;
  /** The one whose time is written too; null takes the time away from what is only planned. */
  time?: { gatheringId: string; times: repo.Times | null };
}

/**
 * Writes what an event says to each of its gatherings.
 *
 * What is scheduled and not over gets the next number if people must hear of the change: once, however much changed.
 */
export async function rewrite(tctx: TxCtx, source: Rewriting): Promise<void> {
  const { db } = tctx;
  const before = await repo.lockOfSource(db, source.sourceId);
  const changes = before.map((gathering) => changeOf(gathering, asHere(source, gathering), tctx.now()));
  const told = changes.filter(({ tells }) => tells).map(({ gathering }) => gathering.id);
  await repo.updateAll(db, source, tctx.now());
  await repo.updateSequence(db, told, { ...source.telling, now: tctx.now() });
  if (source.time) await repo.updateTime(db, source.time.gatheringId, source.time.times, source.timeZone);
  for (const { gathering, isMoved } of changes) {
    if (!isMoved || !source.time?.times) continue;
    await busy.writeBusy(db, [gathering.id], source.hosts);
    await wake(tctx, [{ id: gathering.id, ...source.time.times }]);
  }
  await record(tctx, ...changes.flatMap((change) => factsOf(change, source.telling)));
}

/** What a source says, as far as the gathering does not say it otherwise. */
const asHere = (source: Rewriting, { ownTitle, ownPlaceName }: Gathering): Rewriting => ({
  ...source,
  title: ownTitle ?? source.title,
  tells: source.tells && ownPlaceName === null,
});

export interface Altering extends repo.Own {
  gatheringId: string;
  /** What its source is called, for where it has no name of its own. */
  title: string;
  times: repo.Times;
  hosts: readonly string[];
  telling: repo.Telling;
}

/** Writes what one gathering says otherwise than its source, and its time. People hear of it as of any other change. */
export async function alter(tctx: TxCtx, { gatheringId, times, hosts, telling, ...own }: Altering): Promise<void> {
  const { db } = tctx;
  const before = await repo.find(db, gatheringId);
  if (!before) throw new Problem("gathering.not_found");
  const title = own.ownTitle ?? own.title;
  const isElsewhere =
    before.format !== "virtual" &&
    (own.ownPlaceName !== before.ownPlaceName || own.ownPlaceAddress !== before.ownPlaceAddress);
  const time = { gatheringId, times };
  const change = changeOf(before, { ...before, title, tells: isElsewhere, time }, tctx.now());
  await repo.updateOwn(db, gatheringId, { ...own, title });
  await repo.updateTime(db, gatheringId, times, before.timeZone);
  if (change.tells) await repo.updateSequence(db, [gatheringId], { ...telling, now: tctx.now() });
  if (change.isMoved) {
    await busy.writeBusy(db, [gatheringId], hosts);
    await wake(tctx, [{ id: gatheringId, ...times }]);
  }
  await record(tctx, ...factsOf(change, telling));
}

interface Change {
  gathering: Gathering;
  isMoved: boolean;
  tells: boolean;
  rearranges: boolean;
}

type Next = Pick<Rewriting, "title" | "format" | "visibility" | "settings" | "tells" | "time">;

function changeOf(gathering: Gathering, next: Next, now: Date): Change {
  const isComing = gathering.status === "scheduled" && gathering.endTime !== null && gathering.endTime > now;
  const times = next.time?.gatheringId === gathering.id ? next.time.times : undefined;
  const isMoved =
    isComing &&
    times !== undefined &&
    (times?.startTime.getTime() !== gathering.startTime?.getTime() ||
      times?.endTime.getTime() !== gathering.endTime?.getTime());
  const isOther = gathering.title !== next.title || gathering.format !== next.format || next.tells;
  const rearranges =
    gathering.status === "scheduled" &&
    (gathering.visibility !== next.visibility ||
      gathering.format !== next.format ||
      !isDeepStrictEqual(gathering.settings, next.settings));
  return { gathering, isMoved, tells: isComing && (isMoved || isOther), rearranges };
}

function factsOf({ gathering, isMoved, tells, rearranges }: Change, { isQuiet }: repo.Telling): Fact[] {
  const gatheringId = gathering.id;
  const sequence = gathering.sequence + 1;
  return [
    ...(isMoved
      ? [moved({ gatheringId, sequence, isQuiet })]
      : tells
        ? [changed({ gatheringId, sequence, isQuiet })]
        : []),
    ...(rearranges ? [rearranged({ gatheringId }), rightChanged({ gatheringId })] : []),
  ];
}
