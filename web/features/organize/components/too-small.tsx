import type { FormFailure } from "#web/platform/form.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/surface.tsx";

/** Asks before a limit goes below what is taken; stands in the form that tried it, whose other words stay as typed. */
export function TooSmall({ failure }: { failure: FormFailure | undefined }) {
  const words = useWords("organize.edit");
  const fill = useFill();
  if (failure?.code !== "event.capacity_below_taken") return null;
  const { over } = failure.details as { over: number };
  return (
    <div data-asks tabIndex={-1} className="scroll-my-24">
      <Notice mood="warn" title={fill(words.tooSmallTitle, { over })}>
        <p>{words.tooSmallText}</p>
        <SubmitButton size="sm" variant="secondary" className="mt-3" name="overbook" value="true">
          {words.tooSmallDo}
        </SubmitButton>
      </Notice>
    </div>
  );
}
