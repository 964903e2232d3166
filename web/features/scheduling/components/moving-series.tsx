import { conflictsOf, SeriesDates } from "#web/features/scheduling/components/series-dates.tsx";
import { ScopeChoice } from "#web/features/scheduling/components/series-list.tsx";
import type { FormFailure } from "#web/platform/form.ts";

/** How much of a series moves, and what becomes of those that would meet something. */
export function MovingSeries({ result, zone }: { result: FormFailure | undefined; zone: string }) {
  const conflicts = conflictsOf(result);
  return (
    <>
      <ScopeChoice />
      {conflicts.length > 0 && <SeriesDates dates={conflicts} zone={zone} name="exceptions" />}
    </>
  );
}
