import type { ComponentProps } from "react";

import { BookingView } from "#web/features/scheduling/components/booking-view.tsx";
import { Nearest } from "#web/features/scheduling/components/nearest.tsx";
import { conflictsOf, SeriesDates } from "#web/features/scheduling/components/series-dates.tsx";
import { ScopeChoice } from "#web/features/scheduling/components/series-list.tsx";
import type { FormFailure } from "#web/platform/form.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";

interface Props extends Pick<ComponentProps<typeof BookingView>, "organizer" | "type" | "calendar"> {
  isOfSeries: boolean;
  result: FormFailure | undefined;
  /** What the button says that moves it. */
  move: string;
}

/** The calendar of what is booked already: another time is chosen, and the form beside it moves the booking there. */
export function MovingView({ isOfSeries, result, move, ...view }: Props) {
  const { zone } = view.calendar;
  return (
    <BookingView
      {...view}
      isPart
      isFixed
      form={(startTime) => (
        <Form result={result} className="grid gap-5">
          <Nearest {...{ startTime, result, zone }} />
          {isOfSeries && <SeriesFields {...{ result, zone }} />}
          <SubmitButton size="lg" wide>
            {move}
          </SubmitButton>
        </Form>
      )}
    />
  );
}

/** How much of a series moves, and what becomes of those that would meet something. */
function SeriesFields({ result, zone }: { result: FormFailure | undefined; zone: string }) {
  const conflicts = conflictsOf(result);
  return (
    <>
      <ScopeChoice />
      {conflicts.length > 0 && <SeriesDates dates={conflicts} zone={zone} name="exceptions" />}
    </>
  );
}
