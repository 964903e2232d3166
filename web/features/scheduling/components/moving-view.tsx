import { type ComponentProps, Suspense } from "react";

import { BookingView } from "#web/features/scheduling/components/booking-view.tsx";
import type { FormFailure } from "#web/platform/form.ts";
import { part } from "#web/platform/part.ts";

// Nobody needs it before a time is chosen.
const MovingForm = part(async () => ({
  default: (await import("#web/features/scheduling/components/moving-form.tsx")).MovingForm,
}));

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
        <Suspense>
          <MovingForm {...{ startTime, zone, isOfSeries, result, move }} />
        </Suspense>
      )}
    />
  );
}
