import { Rocket } from "lucide-react";

import { useNavigation } from "react-router";

import type { EventView } from "#contract/events.ts";
import { useMissing } from "#web/features/organize/components/missing.ts";
import { usePublishing } from "#web/features/organize/components/review.tsx";
import type { SaveState } from "#web/features/organize/components/use-autosave.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { SaveLine } from "#web/ui/save-line.tsx";

interface Props {
  event: EventView;
  state: SaveState;
  /** The id of the form that is beside it. */
  form: string;
}

/** Beside the form, on a phone below it: what is kept, what is missing, and the way out. */
export function EditorSide({ event, state, form }: Props) {
  const words = useWords("organize.edit");
  const publishing = usePublishing(event.team?.review.isNeeded ?? false);
  const fill = useFill();
  const isSending = useNavigation().state === "submitting";
  const isDraft = event.status === "draft";
  return (
    <aside className="z-10 border-line bg-paper max-lg:sticky max-lg:bottom-14 max-lg:-mx-4 max-lg:mt-8 max-lg:border-t max-lg:px-4 max-lg:py-3 lg:sticky lg:top-8">
      <div className="grid gap-4 max-lg:grid-cols-[1fr_auto] max-lg:items-center">
        <SaveLine
          state={state}
          says={{
            dirty: words.unsaved,
            saving: words.saving,
            saved: words.saved,
            incomplete: words.incomplete,
            failed: words.failed,
            conflict: words.conflictTitle,
          }}
        />
        {isDraft ? (
          <div className="flex gap-2 lg:grid">
            <SubmitButton
              form={form}
              pending={isSending}
              name="intent"
              value="publish"
              wide
              icon={<Rocket aria-hidden="true" />}
            >
              {publishing.do}
            </SubmitButton>
            <noscript>
              <SubmitButton form={form} pending={isSending} name="intent" value="save" variant="secondary" wide>
                {words.save}
              </SubmitButton>
            </noscript>
          </div>
        ) : (
          <SubmitButton form={form} pending={isSending} name="intent" value="save" wide>
            {words.save}
          </SubmitButton>
        )}
        <div className="grid gap-3 max-lg:hidden">
          {isDraft ? (
            <Missing event={event} />
          ) : (
            <p className="text-sm text-ink-soft">{fill(words.tells, { n: event.team?.people.told ?? 0 })}</p>
          )}
        </div>
      </div>
    </aside>
  );
}

function Missing({ event }: { event: EventView }) {
  const words = usePublishing(event.team?.review.isNeeded ?? false);
  const say = useMissing();
  const missing = event.team?.missing ?? [];
  if (missing.length === 0) return <p className="text-sm text-ink-soft">{words.ready}</p>;
  return (
    <div className="text-sm">
      <p className="font-medium">{words.before}</p>
      <ul className="mt-1 list-disc ps-5 text-ink-soft">
        {missing.map((lack) => (
          <li key={lack}>{say([lack])}</li>
        ))}
      </ul>
    </div>
  );
}
