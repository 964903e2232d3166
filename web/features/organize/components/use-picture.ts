import { useState } from "react";
import { useRevalidator } from "react-router";

import type { EventView } from "#contract/events.ts";

/** Sends a picture of an event as it is: its bytes are painted anew over there. */
export function usePicture(path: string, onSent: (event: EventView) => void = () => undefined) {
  const { revalidate } = useRevalidator();
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const send = async (method: "PUT" | "DELETE", picture?: File) => {
    setBusy(true);
    const answer = await fetch(`/api/v1${path}`, { method, body: picture }).catch(() => undefined);
    setBusy(false);
    setFailed(!answer?.ok);
    if (!answer?.ok) return;
    onSent(await answer.json());
    revalidate();
  };
  return { isBusy, hasFailed, send };
}
