import { useState } from "react";

import type { Choices } from "#web/features/rooms/components/call-kit.ts";
import { type Devices, playTestSound } from "#web/features/rooms/components/devices.ts";
import { useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";

interface Props {
  devices: Devices;
  choices: Choices;
  choose: (change: Partial<Choices>) => void;
}

/** Which camera, which microphone, which speaker; before the room and in it. */
export function DeviceFields({ devices, choices, choose }: Props) {
  const words = useWords("rooms.green");
  const [tested, setTested] = useState(false);
  return (
    <div className="grid gap-3">
      <Pick
        label={words.camera}
        list={devices.cameras}
        chosen={choices.cameraId}
        onPick={(cameraId) => choose({ cameraId })}
      />
      <Pick
        label={words.microphone}
        list={devices.microphones}
        chosen={choices.microphoneId}
        onPick={(microphoneId) => choose({ microphoneId })}
      />
      {devices.speakers.length > 0 && (
        <Pick
          label={words.speaker}
          list={devices.speakers}
          chosen={choices.speakerId}
          onPick={(speakerId) => choose({ speakerId })}
        />
      )}
      <div className="flex min-h-10 flex-wrap items-center gap-3">
        <Button
          size="sm"
          onClick={() => {
            void playTestSound(choices.speakerId);
            setTested(true);
          }}
        >
          {words.test}
        </Button>
        <span role="status" className="text-xs text-ink-soft">
          {tested ? words.tested : ""}
        </span>
      </div>
    </div>
  );
}

function Pick({
  label,
  list,
  chosen,
  onPick,
}: {
  label: string;
  list: MediaDeviceInfo[];
  chosen: string | undefined;
  onPick: (id: string | undefined) => void;
}) {
  const words = useWords("rooms.green");
  return (
    <label className="grid items-center gap-x-4 gap-y-1 sm:grid-cols-[6.5rem_1fr]">
      <span className="text-sm text-ink-soft">{label}</span>
      <select
        className="input select"
        value={list.some(({ deviceId }) => deviceId === chosen) ? chosen : ""}
        onChange={({ currentTarget }) => onPick(currentTarget.value || undefined)}
      >
        <option value="">{words.standard}</option>
        {list
          .filter(({ deviceId }) => deviceId !== "default")
          .map(({ deviceId, label: name }) => (
            <option key={deviceId} value={deviceId}>
              {name}
            </option>
          ))}
      </select>
    </label>
  );
}
