import { Nearest } from "#web/features/scheduling/components/nearest.tsx";
import { ScopeChoice } from "#web/features/scheduling/components/scope-choice.tsx";
import { conflictsOf, SeriesDates } from "#web/features/scheduling/components/series-dates.tsx";
import type { FormFailure } from "#web/platform/form.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";

interface Props {
  startTime: string;
  zone: string;
  isOfSeries: boolean;
  result: FormFailure | undefined;
  /** What the button says that moves it. */
  move: string;
}

/** Moves a booking to the time that was chosen. */
export function MovingForm({ startTime, zone, isOfSeries, result, move }: Props) {
  return (
    <Form result={result} className="grid gap-5">
      <Nearest {...{ startTime, result, zone }} />
      {isOfSeries && <SeriesFields {...{ result, zone }} />}
      <SubmitButton size="lg" wide>
        {move}
      </SubmitButton>
    </Form>
  );
}

/** How much of a series moves, and what becomes of those that would meet something. */
function SeriesFields({ result, zone }: Pick<Props, "result" | "zone">) {
  const conflicts = conflictsOf(result);
  return (
    <>
      <ScopeChoice />
      {conflicts.length > 0 && <SeriesDates dates={conflicts} zone={zone} name="exceptions" />}
    </>
  );
}
