import { Check, CircleAlert, PencilLine } from "lucide-react";
import { useEffect } from "react";
import { useBlocker } from "react-router";

import type { QuestionList } from "#contract/questions.ts";
import type { useBuilder } from "#web/features/questions/components/use-builder.ts";
import { useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/surface.tsx";

/** Where a list stands, and the button that saves it. Stays in sight. */
export function SaveBar({ builder }: { builder: ReturnType<typeof useBuilder> }) {
  const words = useWords("questions.builder");
  const { draft, isDirty, isSaving, failure, isRefused, base, data, save, take } = builder;
  const theirs = failure?.code === "questions.changed_meanwhile" ? (failure.details.current as QuestionList) : null;
  const isSaved = !isDirty && data?.ok === true && "list" in data.value;
  const [Sign, says] = isRefused
    ? [CircleAlert, words.failed]
    : isSaving
      ? [PencilLine, words.saving]
      : isDirty
        ? [PencilLine, words.unsaved]
        : isSaved
          ? [Check, words.saved]
          : [null, ""];
  return (
    <>
      <div className="sticky top-0 z-10 -mx-1 flex flex-wrap items-center justify-between gap-3 bg-paper px-1 has-[button]:min-h-14 has-[button]:py-2">
        <p
          aria-live="polite"
          className={`flex min-w-0 flex-1 items-center gap-2 text-sm ${isRefused ? "text-bad" : "text-ink-soft"}`}
        >
          {Sign && <Sign aria-hidden="true" className="size-4 shrink-0" />}
          {theirs ? "" : says}
        </p>
        {(isDirty || draft.length > 0) && (
          <Button variant="primary" pending={isSaving} onClick={() => save(base.version)}>
            {words.save}
          </Button>
        )}
      </div>
      {theirs && (
        <Notice
          mood="warn"
          action={
            <span className="flex gap-2">
              <Button size="sm" onClick={() => take(theirs)}>
                {words.theirs}
              </Button>
              <Button size="sm" onClick={() => save(theirs.version)}>
                {words.overwrite}
              </Button>
            </span>
          }
        >
          {words.changed}
        </Notice>
      )}
      <Leaving isDirty={isDirty} />
    </>
  );
}

/** Asks before what was written is left behind. */
function Leaving({ isDirty }: { isDirty: boolean }) {
  const words = useWords("questions.builder");
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isDirty) return;
    const warn = (leaving: BeforeUnloadEvent) => leaving.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty]);
  if (blocker.state !== "blocked") return null;
  return (
    <Notice
      mood="warn"
      action={
        <span className="flex gap-2">
          <Button size="sm" onClick={() => blocker.reset()}>
            {words.stay}
          </Button>
          <Button size="sm" variant="danger" onClick={() => blocker.proceed()}>
            {words.leaveNow}
          </Button>
        </span>
      }
    >
      {words.leave}
    </Notice>
  );
}
