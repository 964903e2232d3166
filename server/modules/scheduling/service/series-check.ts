import type { SeriesDate } from "#contract/scheduling-series.ts";
import { type Checked, planSeries, type Wish } from "#domain/recurrence/plan.ts";
import type { EventTypeRow } from "#server/modules/scheduling/repo/event-types.ts";
import { type Hosts, readHosts } from "#server/modules/scheduling/service/hosts.ts";
import { type Asking, questionOf, slotOf, spanOf } from "#server/modules/scheduling/service/slots.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Reads the hosts once for all times that are wished for, and asks the engine of each. */
export async function check(
  ctx: Ctx | TxCtx,
  type: EventTypeRow,
  asking: Asking,
  wishes: readonly Wish[],
  without: (hosts: Hosts) => Hosts = (hosts) => hosts,
): Promise<{ hosts: Hosts; checked: Checked[] }> {
  const starts = wishes.map(({ start }) => start);
  // As far around as the nearest free times are looked for.
  const span = { from: Math.min(...starts) - 8 * 86_400_000, to: Math.max(...starts) + 8 * 86_400_000 };
  const hosts = without(await readHosts(ctx, type, spanOf(type, span, ctx.now().getTime())));
  return { hosts, checked: planSeries(questionOf(ctx, type, hosts, asking), wishes) };
}

/** Refuses a series of which some times are not free, naming them. */
export function refuseTaken(checked: readonly Checked[], duration: number): void {
  const conflicts = checked.filter(({ isFree }) => !isFree).map((one) => seriesDateOf(one, duration));
  if (conflicts.length > 0) throw new Problem("booking.series_conflicts", { conflicts });
}

/** Names the time of which another event type of the same hosts was faster. */
export async function orTaken<T>(run: () => Promise<T>, wish: Wish, { duration }: Asking): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Problem && error.code === "scheduling.slot_taken")) throw error;
    const conflicts = [seriesDateOf({ ...wish, isFree: false, nearest: null }, duration)];
    throw new Problem("booking.series_conflicts", { conflicts });
  }
}

/** A date as a visitor is told of it. */
export function seriesDateOf({ sequence, start, isFree, nearest }: Checked, duration: number): SeriesDate {
  const near = nearest === null ? null : slotOf(nearest, duration);
  return { sequence, ...slotOf(start, duration), isFree, nearest: near };
}
