import { Trash2, TriangleAlert, Undo2 } from "lucide-react";

import type { EventView } from "#contract/events.ts";
import { CancelTimes } from "#web/features/organize/components/cancel-times.tsx";
import { bulkForm, chooseAll, useChosenRows } from "#web/platform/chosen.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { OpenDialog } from "#web/ui/dialog.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hidden } from "#web/ui/hidden.tsx";
import { Notice } from "#web/ui/surface.tsx";

type Occurrence = EventView["occurrences"][number];

const box = "size-4.5 shrink-0 accent-[var(--accent)] pointer-coarse:size-6";

/** Marks one time; it belongs to the bar's form, wherever it stands. */
export function ChooseTime({ occurrence: { id, startTime, timeZone: zone } }: { occurrence: Occurrence }) {
  const words = useWords("organize.times");
  const fill = useFill();
  const when = useWhen();
  const says = fill(words.choose, { when: when(startTime, zone) });
  return <input type="checkbox" name="who" value={id} form={bulkForm} aria-label={says} className={box} />;
}

function useWhen() {
  const locale = useLocale();
  return (at: string | null, timeZone: string) =>
    at === null ? "" : new Date(at).toLocaleString(locale, { timeZone, dateStyle: "medium", timeStyle: "short" });
}

/** What is done to all times that are chosen: those of a draft go, open ones are called off. */
export function SeveralBar({ occurrences, result }: { occurrences: readonly Occurrence[]; result: unknown }) {
  const words = useWords("organize.times");
  const fill = useFill();
  const chosen = useChosenRows();
  const rows = occurrences.filter(({ id }) => chosen.includes(id));
  const told = rows.reduce((sum, row) => sum + (row.told ?? 0), 0);
  return (
    <div className="top-0 z-10 mb-1 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 bg-paper py-1 text-sm [:root:has([form=bulk]:checked)_&]:sticky">
      <label className="inline-flex min-h-9 items-center gap-3 pointer-coarse:min-h-11">
        <input type="checkbox" className={box} onChange={chooseAll} />
        {fill(words.chooseAll, { n: occurrences.length })}
      </label>
      <span aria-live="polite" className="text-ink-soft empty:hidden">
        {rows.length > 0 && fill(words.chosen, { n: rows.length })}
      </span>
      {/* Told by the boxes themselves, so that it holds without script too. */}
      <div className="ms-auto hidden [:root:has([form=bulk]:checked)_&]:block">
        {occurrences.some(isOpen) ? (
          <OpenDialog dialog="cancel-several" size="sm" variant="danger" icon={<TriangleAlert aria-hidden="true" />}>
            {words.cancelChosen}
          </OpenDialog>
        ) : (
          <Form id={bulkForm} sends={{ intent: "removeSeveral" }} preventScrollReset>
            <SubmitButton size="sm" variant="danger" icon={<Trash2 aria-hidden="true" />}>
              {words.removeChosen}
            </SubmitButton>
          </Form>
        )}
      </div>
      {occurrences.some(isOpen) && (
        <CancelTimes
          id="cancel-several"
          form={bulkForm}
          times={rows.length}
          told={told}
          sends={{ intent: "cancelSeveral" }}
          result={result}
        />
      )}
    </div>
  );
}

const isOpen = ({ status }: Occurrence) => status === "scheduled";

interface AddedProps {
  ids: readonly string[];
  occurrences: readonly Occurrence[];
}

/** Says how many times came of what was typed, with the way back. */
export function Added({ ids, occurrences }: AddedProps) {
  const words = useWords("organize.times");
  const fill = useFill();
  const rows = occurrences.filter(({ id }) => ids.includes(id));
  const who = <Hidden values={rows.map(({ id }) => ["who", id])} />;
  const undo = rows.some(isOpen) ? (
    <OpenDialog dialog="cancel-added" size="sm" icon={<Undo2 aria-hidden="true" />}>
      {words.undo}
    </OpenDialog>
  ) : (
    <Form sends={{ intent: "removeSeveral" }}>
      {who}
      <SubmitButton size="sm" variant="secondary" icon={<Undo2 aria-hidden="true" />}>
        {words.undo}
      </SubmitButton>
    </Form>
  );
  return (
    <div className="mb-5">
      <Notice mood={ids.length > 0 ? "good" : "neutral"} action={rows.length > 0 && undo}>
        {fill(words.added, { n: ids.length })}
      </Notice>
      <CancelTimes
        id="cancel-added"
        times={rows.length}
        told={rows.reduce((sum, { told }) => sum + (told ?? 0), 0)}
        sends={{ intent: "cancelSeveral" }}
      >
        {who}
      </CancelTimes>
    </div>
  );
}
