import { useEffect, useState } from "react";

import type { Call } from "#web/features/rooms/components/call.ts";
import type { Choices } from "#web/features/rooms/components/call-kit.ts";
import { DeviceFields } from "#web/features/rooms/components/device-fields.tsx";
import { type Devices, listDevices, rememberChoices } from "#web/features/rooms/components/devices.ts";
import { useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { closeDialog, Dialog } from "#web/ui/dialog.tsx";

const kinds = ["cameraId", "microphoneId", "speakerId"] as const;

/** Another camera, microphone or speaker in the middle of it. */
export function DevicesDialog({ call }: { call: Call }) {
  const words = useWords("rooms.devices");
  const [devices, setDevices] = useState<Devices>({ cameras: [], microphones: [], speakers: [] });
  const [choices, setChoices] = useState<Choices>(call.choices);
  useEffect(() => {
    const look = () => void listDevices().then(setDevices);
    look();
    navigator.mediaDevices?.addEventListener("devicechange", look);
    return () => navigator.mediaDevices?.removeEventListener("devicechange", look);
  }, []);
  const choose = (change: Partial<Choices>) => {
    const next = { ...choices, ...change };
    setChoices(next);
    rememberChoices(next);
    for (const kind of kinds) if (kind in change) void call.choose(kind, change[kind] ?? "default");
  };
  return (
    <Dialog id="devices" title={words.title}>
      <DeviceFields devices={devices} choices={choices} choose={choose} />
      <div className="flex justify-end">
        <Button variant="primary" onClick={() => closeDialog("devices")}>
          {words.done}
        </Button>
      </div>
    </Dialog>
  );
}
