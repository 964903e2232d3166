import type { FailedJob, Figures, Health, LetterQuery, LetterState, Queue } from "#contract/operations.ts";
import * as audit from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/installation/repo.ts";
import { subject } from "#server/modules/installation/service/settings.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";
import { countConnections } from "#server/platform/db.ts";
import { examine } from "#server/platform/health.ts";
import { Problem } from "#server/platform/problem.ts";
import { handOverAgain, listFailed, listQueues, tryAgain } from "#server/platform/queue.ts";
import { countSockets } from "#server/platform/realtime.ts";
import type { Sample } from "#server/platform/tally.ts";

const week = 7 * 86_400_000;

/** How much there is on this installation. */
export const countFigures = (ctx: Ctx): Promise<Figures> =>
  repo.countAll(ctx.db, ctx.now(), new Date(ctx.now().getTime() - week));

/** How its parts are, and what waits or has failed. */
export async function viewHealth(ctx: Ctx): Promise<Health> {
  const [found, letters, queues] = [await examine(ctx), await repo.countLetters(ctx.db), await listQueues(ctx.db)];
  const sum = (name: "waiting" | "failed") => queues.reduce((all, queue) => all + queue[name], 0);
  return {
    ...found,
    jobs: { ...found.jobs, waiting: sum("waiting"), failed: sum("failed") },
    mail: { kind: ctx.gateways.mail.kind, ...letters },
  };
}

/** Letters and how their delivery went, the newest first. What they say opens doors, so it is for their readers alone. */
export async function listLetters(
  ctx: Ctx,
  { status, to = "", limit, cursor }: LetterQuery,
): Promise<{ items: LetterState[]; nextCursor: string | null }> {
  const [before = null] = cursor === undefined ? [] : readCursor(cursor, ["id"]);
  const rows = await repo.listLetters(ctx.db, {
    status: status ?? null,
    to: to.toLowerCase(),
    before,
    limit: limit + 1,
  });
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
    nextCursor: rows.length > limit && last ? writeCursor([last.id]) : null,
  };
}

/** Hands a letter over again, now; one that has gone out does not go twice. */
export async function retryLetter(ctx: Ctx, letterId: string): Promise<void> {
  await inTx(ctx, async (tctx) => {
    if (!(await handOverAgain(tctx, letterId))) throw new Problem("letter.not_found");
    await audit.record(tctx, "installation.letter_retried", subject, { new: { letterId } });
  });
}

/** Jobs that failed, the newest first, and how long each queue is. */
export async function listJobs(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ items: FailedJob[]; nextCursor: string | null; queues: Queue[] }> {
  const [before = null] = cursor === undefined ? [] : readCursor(cursor, ["number"]);
  const rows = await listFailed(ctx.db, before, limit + 1);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(({ runAt, ...row }) => ({
      ...row,
      nextAt: row.attempts < row.maxAttempts ? runAt.toISOString() : null,
    })),
    nextCursor: rows.length > limit && last ? writeCursor([last.id]) : null,
    queues: await listQueues(ctx.db),
  };
}

/** Tries a failed job again, now. */
export async function retryJob(ctx: Ctx, jobId: string): Promise<void> {
  await inTx(ctx, async (tctx) => {
    if (!(await tryAgain(tctx, jobId))) throw new Problem("job.not_found");
    await audit.record(tctx, "installation.job_retried", subject, { new: { jobId } });
  });
}

/** What stands at `/metrics` beside requests and the process itself. */
export async function sampleWork(ctx: Ctx): Promise<Sample[]> {
  const [letters, queues, rooms] = [
    await repo.countLetters(ctx.db),
    await listQueues(ctx.db),
    await repo.countRooms(ctx.db),
  ];
  const connections = countConnections();
  const { redis } = ctx.gateways;
  return [
    ...(redis ? each("plenary_redis", "Whether this process reaches Redis.", { ready: Number(redis.isReady()) }) : []),
    ...queues.flatMap(({ task, ...states }) => each("plenary_jobs", "Jobs by kind and state.", states, { task })),
    ...each("plenary_letters", "Letters that wait or have failed.", letters),
    ...each("plenary_rooms", "Open live rooms.", { open: rooms.open }),
    ...each("plenary_room_people", "People in live rooms.", { here: rooms.people }),
    ...each("plenary_database_connections", "Connections of this process, and requests that wait for one.", {
      ...connections,
    }),
    { name: "plenary_sockets", help: "Sockets that this process serves.", labels: {}, value: countSockets() },
  ];
}

const each = (name: Sample["name"], help: string, states: Record<string, number>, labels = {}): Sample[] =>
  Object.entries(states).map(([state, value]) => ({ name, help, labels: { ...labels, state }, value }));
