import { useCallback, useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";

import type { FormFailure } from "#web/platform/form.ts";

export type SaveState = "clean" | "dirty" | "saving" | "saved" | "incomplete" | "failed";

const pause = 700;

interface Options<Saved> {
  /** Off: it is only remembered that there is something to save. */
  isOn?: boolean;
  /** What is sent beside the fields. */
  sends?: Record<string, string>;
  /** Hears what the house made of what was sent. */
  onSaved?: (saved: Saved, sent: FormData) => void;
}

/**
 * Saves a form by itself a moment after each change, one request at a time; a second one under way would meet the version
 * of the first as somebody else's.
 *
 * What could not be saved stays on screen, and leaving with it is asked about.
 */
export function useAutosave<Saved extends { ok: true }>(
  formId: string,
  { isOn = true, sends, onSaved }: Options<Saved> = {},
) {
  const { submit, state: way, data } = useFetcher<Saved | FormFailure>();
  const [isDirty, setDirty] = useState(false);
  const [answer, setAnswer] = useState<Saved | FormFailure>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef<FormData>(undefined);
  const isBusy = useRef(false);
  isBusy.current = way !== "idle";
  const given = useRef({ sends, onSaved });
  given.current = { sends, onSaved };

  const save = useCallback(
    (over: Record<string, string> = {}) => {
      const form = document.getElementById(formId);
      if (!(form instanceof HTMLFormElement)) return;
      const body = new FormData(form);
      for (const [name, value] of Object.entries({ ...given.current.sends, ...over })) body.set(name, value);
      sent.current = body;
      setDirty(false);
      submit(body, { method: "post" });
    },
    [formId, submit],
  );

  const touch = useCallback(() => {
    setDirty(true);
    if (!isOn) return;
    clearTimeout(timer.current);
    const whenFree = () => (isBusy.current ? wait() : save());
    const wait = () => {
      timer.current = setTimeout(whenFree, pause);
    };
    wait();
  }, [isOn, save]);

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (way !== "idle" || !data) return;
    // The router knows an answer by the shape it has on its way; what travels here is plain.
    const told = data as Saved | FormFailure;
    setAnswer(told);
    if (told.ok && sent.current) given.current.onSaved?.(told, sent.current);
  }, [way, data]);
  useEffect(() => {
    if (!isDirty && way === "idle") return;
    const warn = (leaving: BeforeUnloadEvent) => leaving.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty, way]);

  /** Everything on screen is kept by now, in another way. */
  const settle = useCallback(() => setDirty(false), []);
  return { state: stateOf(isDirty, way !== "idle", answer), answer, touch, save, settle };
}

function stateOf(isDirty: boolean, isBusy: boolean, answer?: { ok: true } | FormFailure): SaveState {
  if (isBusy) return "saving";
  if (isDirty) return "dirty";
  if (!answer) return "clean";
  if (answer.ok) return "saved";
  return Object.keys(answer.fields).length > 0 ? "incomplete" : "failed";
}
