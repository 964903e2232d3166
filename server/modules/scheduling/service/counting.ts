import { Problem } from "#server/platform/problem.ts";
import { tally } from "#server/platform/tally.ts";

/** What was asked for, and what it is called once it is done. */
const outcomes: Record<string, string> = {
  make: "made",
  move: "moved",
  reschedule: "moved",
  cancel: "cancelled",
  cancelled: "cancelled",
  rejected: "declined",
  confirmed: "approved",
};

/** Counts what becomes of bookings, and why they are refused; what else is done to them is not counted. */
export async function counted<T>(act: string, run: () => Promise<T>): Promise<T> {
  const outcome = outcomes[act];
  if (!outcome) return run();
  try {
    const done = await run();
    tally("plenary_bookings_total", "Bookings by what became of them.", { outcome });
    return done;
  } catch (error) {
    if (error instanceof Problem)
      tally("plenary_bookings_refused_total", "Refused bookings and changes of them, by reason.", {
        because: error.code,
      });
    throw error;
  }
}
