import { Check, CircleAlert, CloudOff, PencilLine } from "lucide-react";

import type { SaveState } from "#web/features/organize/components/use-autosave.ts";
import { useWords } from "#web/platform/words.ts";

const signs = {
  dirty: PencilLine,
  saving: PencilLine,
  saved: Check,
  incomplete: CircleAlert,
  failed: CloudOff,
  conflict: CircleAlert,
} as const;

/** Says whether what is on screen is kept. */
export function SaveLine({ state }: { state: SaveState }) {
  const words = useWords("organize.edit");
  const says = {
    clean: "",
    dirty: words.unsaved,
    saving: words.saving,
    saved: words.saved,
    incomplete: words.incomplete,
    failed: words.failed,
    conflict: words.conflictTitle,
  };
  const Sign = state === "clean" ? null : signs[state];
  const isBad = state === "failed" || state === "incomplete" || state === "conflict";
  return (
    <p aria-live="polite" className={`flex min-h-6 items-center gap-2 text-sm ${isBad ? "text-bad" : "text-ink-soft"}`}>
      {Sign && <Sign aria-hidden="true" className="size-4 shrink-0" />}
      {says[state]}
    </p>
  );
}
