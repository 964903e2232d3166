import type { EventView } from "#contract/events.ts";
import * as autosave from "#web/platform/autosave.ts";

/** What the action answers when it has saved. */
export interface Saved {
  ok: true;
  version: number;
  event: EventView;
}

export type SaveState = autosave.SaveState | "conflict";

/** Saves an event's draft by itself; a version that was changed elsewhere is a conflict that the person decides. */
export function useAutosave(formId: string, isOn: boolean) {
  const { state, ...saving } = autosave.useAutosave<Saved>(formId, {
    isOn,
    sends: { intent: "autosave" },
    onSaved: ({ event }, sent) => takeOver(formId, sent, event),
  });
  const { answer } = saving;
  const isConflict = answer?.ok === false && answer.code === "event.changed_meanwhile" && state !== "saving";
  return { ...saving, state: isConflict ? ("conflict" as const) : state };
}

/** Shows what the house made of what was sent, unless somebody has typed on since. */
function takeOver(formId: string, sent: FormData, { wallStart, wallEnd, slug }: EventView): void {
  const kept = { startTime: wallStart ?? "", endTime: wallEnd ?? "", slug };
  const form = document.getElementById(formId);
  for (const [name, value] of Object.entries(kept)) {
    const field = form?.querySelector<HTMLInputElement>(`[name="${name}"]`);
    if (field && field.value === sent.get(name) && field.value !== value) field.value = value;
  }
}
