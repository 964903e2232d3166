import { BellRing } from "lucide-react";
import { useEffect, useState } from "react";
import { useRevalidator } from "react-router";

import type { devices } from "#contract/devices.ts";
import { paths } from "#contract/paths.gen.ts";
import { send } from "#web/platform/send.ts";
import { useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";

type State = "looking" | "unable" | "install" | "forbidden" | "ready" | "busy" | "failed";

/** Whether this browser can be rung; asks nobody anything. */
function look(): State {
  // On an iPhone only what was put on the home screen may ring.
  const isPage = !matchMedia("(display-mode: standalone)").matches;
  if (/iPhone|iPad/.test(navigator.userAgent) && isPage) return "install";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "unable";
  return Notification.permission === "denied" ? "forbidden" : "ready";
}

async function subscribe(publicKey: string): Promise<State> {
  if ((await Notification.requestPermission()) !== "granted") return look();
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) return "unable";
  const before = await registration.pushManager.getSubscription();
  // One that was made for another key of this house is rung by nobody.
  await before?.unsubscribe();
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint = "", keys = {} } = made.toJSON();
  const body = { endpoint, keys: { p256dh: keys.p256dh ?? "", auth: keys.auth ?? "" } };
  await send<typeof devices.ring>(paths.devices.ring, { body });
  return "ready";
}

/** Asks this browser, once its button is pressed, whether it may be rung. */
export function RingHere({ publicKey }: { publicKey: string }) {
  const words = useWords("notifications.devices");
  const { revalidate } = useRevalidator();
  const [state, setState] = useState<State>("looking");
  useEffect(() => setState(look()), []);

  async function press(): Promise<void> {
    setState("busy");
    setState(await subscribe(publicKey).catch((): State => "failed"));
    await revalidate();
  }

  if (state === "looking") return <noscript>{words.needsScript}</noscript>;
  if (state === "unable" || state === "install" || state === "forbidden")
    return <p className="text-sm text-ink-soft">{words[state]}</p>;
  return (
    <div className="grid justify-items-start gap-2">
      <Button icon={<BellRing aria-hidden="true" />} pending={state === "busy"} onClick={press}>
        {words.ring}
      </Button>
      <p role="status" className="text-sm text-bad empty:hidden">
        {state === "failed" ? words.failed : ""}
      </p>
    </div>
  );
}
