import type { Slot } from "#contract/scheduling-public.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { clockFormat } from "#web/features/scheduling/components/times.tsx";
import type { FormFailure } from "#web/platform/form.ts";
import { dateFormat } from "#web/platform/format.ts";
import { useLocale, useWords, useYear } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";

/** Whether somebody else got the time that a form asked for, or too many of its seats. */
export const isTaken = (result: FormFailure | undefined): boolean =>
  result?.code === "scheduling.slot_taken" ||
  (result?.code === "booking.capacity_exceeded" && result.details.nearest !== undefined);

interface Props {
  startTime: string;
  result: FormFailure | undefined;
  zone: string;
}

/**
 * The time that a form is for; and when somebody else got it, the free ones nearest to it, each of which sends the form
 * once more.
 */
export function Nearest({ startTime, result, zone }: Props) {
  const words = useWords("scheduling.book");
  const locale = useLocale();
  const year = useYear();
  const { clock } = useAddress();
  const nearest = result?.details.nearest;
  const chosen = <input type="hidden" name="startTime" value={startTime} />;
  if (!isTaken(result) || !Array.isArray(nearest) || nearest.length === 0) return chosen;
  const ofYear = year(zone, ...nearest.map((slot: Slot) => slot.startTime));
  const day = dateFormat(locale, { weekday: "long", day: "numeric", month: "long", ...ofYear, timeZone: zone });
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{words.nearest}</legend>
      {/* Of two words of one name the last one counts: that of the button. */}
      {chosen}
      {/* Enter in a field must not take the first of them. */}
      <button type="submit" disabled hidden />
      {(nearest as Slot[]).map(({ startTime: free }) => (
        <SubmitButton key={free} variant="secondary" name="startTime" value={free} wide>
          {`${day.format(new Date(free))}, ${clockFormat(locale, zone, clock).format(new Date(free))}`}
        </SubmitButton>
      ))}
    </fieldset>
  );
}
