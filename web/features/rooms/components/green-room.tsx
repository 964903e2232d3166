import { Mic, MicOff, Video, VideoOff } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";

import type { RoomView } from "#contract/rooms.ts";
import type { Call } from "#web/features/rooms/components/call.ts";
import type { Choices } from "#web/features/rooms/components/call-kit.ts";
import { DeviceFields } from "#web/features/rooms/components/device-fields.tsx";
import {
  closeStream,
  type Devices,
  listDevices,
  measure,
  openPreview,
  type Preview,
  rememberChoices,
  rememberedChoices,
} from "#web/features/rooms/components/devices.ts";
import { JoinCard } from "#web/features/rooms/components/join-card.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { Hall } from "#web/ui/hemicycle.tsx";
import { Avatar } from "#web/ui/surface.tsx";

/** The mirror before the stage: how one looks and sounds, and with what; nobody sees it. */
export function GreenRoom({ room, call, isJoining }: { room: RoomView; call: Call; isJoining: boolean }) {
  const words = useWords("rooms.green");
  const mayLook = room.me !== null && room.state !== "ended";
  const { chosen, choices, choose, preview, devices } = useMirror(mayLook);
  const join =
    chosen &&
    (() => {
      rememberChoices(chosen);
      void call.enter(chosen);
    });
  // Whoever has nothing to do there meets a door, and no mirror that stays dark.
  if (!mayLook) {
    return (
      <div className="mx-auto grid min-h-full w-full max-w-xl content-center gap-8 p-4 sm:p-8">
        <Hall dots={24} taken={room.state === "live" ? 15 : 0} className="h-16 justify-self-start" />
        <JoinCard room={room} isJoining={isJoining} onJoin={join} />
      </div>
    );
  }
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid min-h-full w-full max-w-6xl content-center gap-8 p-4 sm:p-8 lg:grid-cols-[1.5fr_1fr] lg:gap-12">
        <section aria-label={words.preview} className="grid content-center gap-4">
          <Mirror name={room.me?.displayName ?? ""} choices={choices} choose={choose} preview={preview} />
          <Meter stream={preview?.stream} isOn={choices.microphone} />
        </section>
        <section className="grid content-center gap-6">
          <JoinCard room={room} isJoining={isJoining} onJoin={join} />
          <div className="grid gap-4 border-t border-line pt-6">
            {preview?.trouble && <Trouble {...preview.trouble} />}
            <DeviceFields devices={devices} choices={choices} choose={choose} />
          </div>
        </section>
      </div>
    </div>
  );
}

function Mirror({
  name,
  choices,
  choose,
  preview,
}: {
  name: string;
  choices: Choices;
  choose: (change: Partial<Choices>) => void;
  preview: Preview | undefined;
}) {
  const words = useWords("rooms.green");
  const video = useRef<HTMLVideoElement>(null);
  const hasPicture = choices.camera && (preview?.stream.getVideoTracks().length ?? 0) > 0;
  useEffect(() => {
    if (video.current) video.current.srcObject = preview?.stream ?? null;
  }, [preview]);
  return (
    <div className="relative aspect-video overflow-hidden rounded-panel bg-[oklch(0.14_0.012_265)] ring-1 ring-line">
      <video
        ref={video}
        autoPlay
        muted
        playsInline
        className={`size-full -scale-x-100 object-cover ${hasPicture ? "animate-fade" : "invisible"}`}
      />
      {!hasPicture && (
        <div className="absolute inset-0 grid place-content-center justify-items-center gap-4 pb-14">
          <Avatar name={name} size={96} />
          <p className="text-sm text-ink-soft">{choices.camera && !preview ? words.starting : words.isOff}</p>
        </div>
      )}
      <div className="absolute inset-x-0 bottom-0 flex justify-center gap-3 bg-linear-to-t from-paper/70 to-transparent p-4 pt-10">
        <Round
          label={choices.microphone ? words.microphoneOff : words.microphoneOn}
          isOn={choices.microphone}
          onClick={() => choose({ microphone: !choices.microphone })}
        >
          {choices.microphone ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
        </Round>
        <Round
          label={choices.camera ? words.cameraOff : words.cameraOn}
          isOn={choices.camera}
          onClick={() => choose({ camera: !choices.camera })}
        >
          {choices.camera ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
        </Round>
      </div>
    </div>
  );
}

function Round({
  label,
  isOn,
  onClick,
  children,
}: {
  label: string;
  isOn: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={onClick}
      className={`grid size-12 place-items-center rounded-full transition-colors focus-visible:rounded-full [&_svg]:size-5 ${
        isOn ? "bg-ink/15 text-ink backdrop-blur hover:bg-ink/25" : "bg-bad text-paper hover:bg-bad/85"
      }`}
    >
      {children}
    </button>
  );
}

/** Bars that rise with the voice, and a meter for those who do not see them. */
function Meter({ stream, isOn }: { stream: MediaStream | undefined; isOn: boolean }) {
  const words = useWords("rooms.green");
  const [level, setLevel] = useState(0);
  useEffect(() => (stream && isOn ? measure(stream, setLevel) : undefined), [stream, isOn]);
  const shown = isOn ? level : 0;
  return (
    <div className="flex items-center gap-3 px-1 text-ink-soft">
      <Mic aria-hidden="true" className="size-4 shrink-0" />
      <meter className="sr-only" aria-label={words.level} min={0} max={1} value={shown} />
      <div aria-hidden="true" className="flex h-2.5 flex-1 gap-1">
        {Array.from({ length: 24 }, (_, at) => (
          <span
            key={at.toString()}
            className={`flex-1 rounded-full transition-colors duration-75 ${
              shown * 24 > at ? (at > 20 ? "bg-warn" : "bg-good") : "bg-ink/12"
            }`}
          />
        ))}
      </div>
    </div>
  );
}

function Trouble({ device, why }: NonNullable<Preview["trouble"]>) {
  const words = useWords("rooms.green");
  const fill = useFill();
  return (
    <p role="status" className="animate-rise rounded-control bg-warn-wash px-4 py-3 text-sm">
      {fill(words[why], { device: device === "camera" ? words.aCamera : words.aMicrophone })}
    </p>
  );
}

const unknown: Choices = { camera: false, microphone: false };

/** Opens what was chosen, and closes it when the mirror is put away or something else is chosen. */
function useMirror(isWanted: boolean) {
  const [chosen, setChosen] = useState<Choices>();
  const [preview, setPreview] = useState<Preview>();
  const [devices, setDevices] = useState<Devices>({ cameras: [], microphones: [], speakers: [] });
  // What was remembered is known to the browser alone; whoever went in before it would be neither seen nor heard.
  useEffect(() => setChosen(rememberedChoices()), []);
  const choices = chosen ?? unknown;
  const { camera, microphone, cameraId, microphoneId } = choices;
  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    let opened: Preview | undefined;
    void openPreview({ camera, microphone, cameraId, microphoneId }).then(async (next) => {
      if (isGone) return closeStream(next.stream);
      opened = next;
      setPreview(next);
      setDevices(await listDevices());
    });
    return () => {
      isGone = true;
      closeStream(opened?.stream);
    };
  }, [isWanted, camera, microphone, cameraId, microphoneId]);
  useEffect(() => {
    const look = () => void listDevices().then(setDevices);
    navigator.mediaDevices?.addEventListener("devicechange", look);
    return () => navigator.mediaDevices?.removeEventListener("devicechange", look);
  }, []);
  const choose = useCallback((change: Partial<Choices>) => setChosen((now) => now && { ...now, ...change }), []);
  return { chosen, choices, choose, preview, devices };
}
