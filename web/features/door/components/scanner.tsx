import { Flashlight, ScanLine, SwitchCamera } from "lucide-react";
import type { ReactNode } from "react";

import { type CameraState, useCamera } from "#web/features/door/components/camera.ts";
import { allowSound } from "#web/features/door/components/signal.ts";
import { useWords } from "#web/platform/words.ts";
import { Button, IconButton } from "#web/ui/button.tsx";

const told = { denied: "cameraDenied", none: "cameraNone", busy: "cameraBusy", off: "cameraText" } as const;

/** The camera's picture, from edge to edge, with a frame to aim by. */
export function Scanner({ onCode, children }: { onCode: (code: string) => void; children: ReactNode }) {
  const words = useWords("door.page");
  const { video, state, start, toggleLight, isLit, flip } = useCamera(onCode);
  return (
    <div className="relative grid min-h-0 flex-1 overflow-hidden bg-[#000] lg:rounded-panel">
      <video
        ref={video}
        muted
        playsInline
        aria-label={words.scan}
        className={`absolute inset-0 size-full object-cover ${state === "on" ? "" : "invisible"}`}
      />
      {state === "on" ? (
        <>
          <Aim />
          <p className="sr-only">{words.looking}</p>
          <div className="absolute end-3 top-3 grid gap-2">
            {toggleLight && (
              <IconButton label={words.light} variant="secondary" aria-pressed={isLit} onClick={toggleLight}>
                <Flashlight aria-hidden="true" />
              </IconButton>
            )}
            {flip && (
              <IconButton label={words.flip} variant="secondary" onClick={flip}>
                <SwitchCamera aria-hidden="true" />
              </IconButton>
            )}
          </div>
        </>
      ) : (
        <Invitation state={state} onStart={start} />
      )}
      <div className="absolute inset-x-0 bottom-0 z-10">{children}</div>
    </div>
  );
}

function Invitation({ state, onStart }: { state: Exclude<CameraState, "on">; onStart: () => void }) {
  const words = useWords("door.page");
  return (
    <div className="grid content-center justify-items-center gap-5 p-8 text-center">
      <ScanLine aria-hidden="true" className="size-14 stroke-1 text-ink-soft" />
      <p className="max-w-[36ch] text-ink-soft">{words[state === "starting" ? "cameraWait" : told[state]]}</p>
      {state !== "none" && (
        <Button
          variant="primary"
          size="lg"
          pending={state === "starting"}
          onClick={() => {
            allowSound();
            onStart();
          }}
        >
          {words.startCamera}
        </Button>
      )}
    </div>
  );
}

/** Four corners: where a ticket should be. */
function Aim() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 100"
      className="pointer-events-none relative m-auto size-[min(70vmin,60%)] text-[#fff]/85"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
    >
      <path d="M3 20V8a5 5 0 0 1 5-5h12M80 3h12a5 5 0 0 1 5 5v12M97 80v12a5 5 0 0 1-5 5H80M20 97H8a5 5 0 0 1-5-5V80" />
    </svg>
  );
}
