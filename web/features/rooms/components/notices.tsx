import { Volume2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { paths } from "#contract/paths.gen.ts";
import type { RoomView, rooms } from "#contract/rooms.ts";
import type { Call } from "#web/features/rooms/components/call.ts";
import type { CallView } from "#web/features/rooms/components/call-view.ts";
import { send } from "#web/platform/send.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { dismiss, toast } from "#web/ui/toast.tsx";

/** What nobody should miss, on top of the stage: a broken line, sound that waits for a press, an end that comes near. */
export function Notices({
  room,
  call,
  view,
  children,
}: {
  room: RoomView;
  call: Call;
  view: CallView;
  children?: React.ReactNode;
}) {
  const words = useWords("rooms.stage");
  const fill = useFill();
  useMuteNotice(view.maySpeak);
  const { phase, trouble } = view;
  const devices = { camera: useWords("rooms.green").aCamera, microphone: useWords("rooms.green").aMicrophone };
  return (
    <div
      aria-live="polite"
      className="pointer-events-none absolute inset-x-0 top-0 z-20 grid justify-items-center gap-2 p-3 *:pointer-events-auto"
    >
      {phase.at === "rejoining" && (
        <Slip>
          <span className="animate-turn size-4 shrink-0 rounded-full border-2 border-current border-t-transparent" />
          {phase.tries > 3 ? words.rejoiningLong : words.rejoining}
        </Slip>
      )}
      {view.needsClick && phase.at === "in" && (
        <Slip>
          {words.hearText}
          <Button
            size="sm"
            variant="primary"
            icon={<Volume2 aria-hidden="true" />}
            onClick={() => void call.allowSound()}
          >
            {words.hear}
          </Button>
        </Slip>
      )}
      {trouble && (
        <Slip>
          {fill(words.trouble, { device: trouble.device === "screen" ? words.aScreen : devices[trouble.device] })}
        </Slip>
      )}
      <EndsSoon room={room} />
      {children}
    </div>
  );
}

export function Slip({ children }: { children: React.ReactNode }) {
  return (
    <div className="animate-rise flex max-w-[42rem] flex-wrap items-center justify-center gap-3 rounded-[12px] bg-surface/92 px-4 py-2.5 text-sm shadow-float backdrop-blur">
      {children}
    </div>
  );
}

function useMuteNotice(maySpeak: boolean): void {
  const words = useWords("rooms.stage");
  const before = useRef(maySpeak);
  const said = useRef(0);
  useEffect(() => {
    if (before.current !== maySpeak) said.current = toast(maySpeak ? words.unmutedByHost : words.mutedByHost);
    before.current = maySpeak;
  }, [maySpeak, words]);
  // Whoever is off the stage has another screen to read: what was said there does not follow them.
  useEffect(() => () => dismiss(said.current), []);
}

const warnMs = 10 * 60_000;

/** The last ten minutes; hosts may keep the room open. */
function EndsSoon({ room }: { room: RoomView }) {
  const words = useWords("rooms.stage");
  const fill = useFill();
  const left = useMsLeft(room);
  const [isPending, setPending] = useState(false);
  if (left === null || left > warnMs || left <= 0) return null;
  const keep = async () => {
    setPending(true);
    try {
      await send<typeof rooms.start>(paths.rooms.start, { params: { gatheringId: room.gatheringId }, body: {} });
      toast(words.keptOpen);
    } catch {
      toast(words.notDone);
    }
    setPending(false);
  };
  return (
    <Slip>
      <span className="tabular">{fill(words.endsSoon, { minutes: Math.max(1, Math.ceil(left / 60_000)) })}</span>
      {room.mayStart && (
        <Button size="sm" pending={isPending} onClick={keep}>
          {words.keepOpen}
        </Button>
      )}
    </Slip>
  );
}

/** By the house's clock: the browser's own may be wrong. */
function useMsLeft({ closesAt, now }: RoomView): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (!closesAt) return;
    const ahead = new Date(now).getTime() - Date.now();
    const tick = () => setLeft(new Date(closesAt).getTime() - Date.now() - ahead);
    tick();
    const timer = setInterval(tick, 5000);
    return () => clearInterval(timer);
  }, [closesAt, now]);
  return left;
}
