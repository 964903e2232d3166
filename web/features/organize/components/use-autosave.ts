import { useCallback, useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";

import type { EventView } from "#contract/events.ts";
import type { FormFailure } from "#web/platform/form.ts";

/** What the action answers when it has saved. */
export interface Saved {
  ok: true;
  version: number;
  event: EventView;
}

export type SaveState = "clean" | "dirty" | "saving" | "saved" | "incomplete" | "failed" | "conflict";

const pause = 700;

/**
 * Saves a form by itself a moment after each change, one request at a time; where it is not on, only remembers that
 * there is something to save.
 *
 * What could not be saved stays on screen; a version that was changed elsewhere is a conflict that the person decides.
 */
export function useAutosave(formId: string, isOn: boolean) {
  const fetcher = useFetcher<Saved | FormFailure>();
  const { submit, state: way, data } = fetcher;
  const [isDirty, setDirty] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef<FormData>(undefined);
  const isBusy = useRef(false);
  isBusy.current = way !== "idle";
  const [answer, setAnswer] = useState<Saved | FormFailure>();

  const save = useCallback(
    (over: Record<string, string> = {}) => {
      const form = document.getElementById(formId);
      if (!(form instanceof HTMLFormElement)) return;
      sent.current = new FormData(form);
      for (const [name, value] of Object.entries({ intent: "autosave", ...over })) sent.current.set(name, value);
      setDirty(false);
      submit(sent.current, { method: "post" });
    },
    [formId, submit],
  );

  const touch = useCallback(() => {
    setDirty(true);
    if (!isOn) return;
    clearTimeout(timer.current);
    // A second request under way would meet the version of the first as somebody else's.
    const whenFree = () => (isBusy.current ? wait() : save());
    const wait = () => {
      timer.current = setTimeout(whenFree, pause);
    };
    wait();
  }, [isOn, save]);

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (way !== "idle" || !data) return;
    setAnswer(data);
    if (data.ok && sent.current) takeOver(formId, sent.current, data.event);
  }, [way, data, formId]);
  useEffect(() => {
    if (!isDirty && way === "idle") return;
    const warn = (leaving: BeforeUnloadEvent) => leaving.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty, way]);

  /** Everything on screen is kept by now, in another way. */
  const settle = useCallback(() => setDirty(false), []);
  return { state: stateOf(isDirty, way, answer), answer, touch, save, settle };
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

function stateOf(isDirty: boolean, way: "idle" | "loading" | "submitting", answer?: Saved | FormFailure): SaveState {
  if (way !== "idle") return "saving";
  if (answer && !answer.ok && answer.code === "event.changed_meanwhile") return "conflict";
  if (isDirty) return "dirty";
  if (!answer) return "clean";
  if (answer.ok) return "saved";
  return Object.keys(answer.fields).length > 0 ? "incomplete" : "failed";
}
