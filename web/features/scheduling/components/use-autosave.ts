import { useCallback, useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";

import type { FormFailure } from "#web/platform/form.ts";

export type SaveState = "clean" | "dirty" | "saving" | "saved" | "incomplete" | "failed";

const pause = 700;

/** Saves a form by itself a moment after each change, one request at a time. What could not be saved stays on screen. */
export function useAutosave(formId: string) {
  const { submit, state: way, data } = useFetcher<{ ok: true } | FormFailure>();
  const [isDirty, setDirty] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isBusy = useRef(false);
  isBusy.current = way !== "idle";

  const touch = useCallback(() => {
    setDirty(true);
    clearTimeout(timer.current);
    const save = () => {
      const form = document.getElementById(formId);
      if (!(form instanceof HTMLFormElement)) return;
      setDirty(false);
      submit(new FormData(form), { method: "post" });
    };
    const wait = () => {
      timer.current = setTimeout(() => (isBusy.current ? wait() : save()), pause);
    };
    wait();
  }, [formId, submit]);

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isDirty && way === "idle") return;
    const warn = (leaving: BeforeUnloadEvent) => leaving.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty, way]);

  return { state: stateOf(isDirty, way !== "idle", data), failure: data?.ok === false ? data : undefined, touch };
}

function stateOf(isDirty: boolean, isBusy: boolean, data?: { ok: true } | FormFailure): SaveState {
  if (isBusy) return "saving";
  if (isDirty) return "dirty";
  if (!data) return "clean";
  if (data.ok) return "saved";
  return Object.keys(data.fields).length > 0 ? "incomplete" : "failed";
}
