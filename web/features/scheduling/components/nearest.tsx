import type { Slot } from "#contract/scheduling-public.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { clockFormat } from "#web/features/scheduling/components/times.tsx";
import type { FormFailure } from "#web/platform/form.ts";
import { dateFormat } from "#web/platform/format.ts";
import { useLocale, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";

/** The free times nearest to one that somebody else got: each sends the same form once more. */
export function Nearest({ result, zone }: { result: FormFailure | undefined; zone: string }) {
  const words = useWords("scheduling.book");
  const locale = useLocale();
  const { clock } = useAddress();
  const nearest = result?.details.nearest;
  if (result?.code !== "scheduling.slot_taken" || !Array.isArray(nearest) || nearest.length === 0) return null;
  const day = dateFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: zone });
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{words.nearest}</legend>
      {(nearest as Slot[]).map(({ startTime }) => (
        <SubmitButton key={startTime} variant="secondary" name="startTime" value={startTime} wide>
          {`${day.format(new Date(startTime))}, ${clockFormat(locale, zone, clock).format(new Date(startTime))}`}
        </SubmitButton>
      ))}
    </fieldset>
  );
}
