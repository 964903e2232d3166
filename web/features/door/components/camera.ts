import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

import { createReader } from "#web/features/door/components/read-codes.ts";

export type CameraState = "off" | "starting" | "on" | "denied" | "none" | "busy";

const looksPerSecond = 8;

interface Camera {
  video: RefObject<HTMLVideoElement | null>;
  state: CameraState;
  start: () => void;
  /** Switches the lamp; absent where there is none. */
  toggleLight: (() => void) | undefined;
  isLit: boolean;
  /** Goes to the next camera; absent where there is only one. */
  flip: (() => void) | undefined;
}

/** A camera that looks for codes as long as it is on, and gives the device back when the page is left. */
export function useCamera(onCode: (code: string) => void): Camera {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>("off");
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [cameras, setCameras] = useState<string[]>([]);
  const [isLit, setLit] = useState(false);

  const open = useCallback(async (deviceId?: string) => {
    setState("starting");
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ audio: false, video: wanted(deviceId) });
      setStream(opened);
      setLit(false);
      setState("on");
      const devices = await navigator.mediaDevices.enumerateDevices();
      setCameras(devices.filter(({ kind }) => kind === "videoinput").map((device) => device.deviceId));
    } catch (thrown) {
      setState(stateFor(thrown));
    }
  }, []);

  useAllowedAlready(open);
  useShow(video, stream);
  useLook(video, stream, onCode);

  const track = stream?.getVideoTracks()[0];
  const hasLight = track && "torch" in (track.getCapabilities?.() ?? {});
  const next = cameras[(cameras.indexOf(track?.getSettings().deviceId ?? "") + 1) % Math.max(cameras.length, 1)];
  return {
    video,
    state,
    start: () => void open(),
    isLit,
    toggleLight: hasLight
      ? () => {
          const torch = { advanced: [{ torch: !isLit }] } as unknown as MediaTrackConstraints;
          void track.applyConstraints(torch).then(() => setLit(!isLit));
        }
      : undefined,
    flip: cameras.length > 1 ? () => void open(next) : undefined,
  };
}

const wanted = (deviceId: string | undefined): MediaTrackConstraints => ({
  ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: "environment" } }),
  width: { ideal: 1280 },
  height: { ideal: 720 },
});

function stateFor(thrown: unknown): CameraState {
  const name = thrown instanceof DOMException ? thrown.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "none";
}

/** Whoever allowed it once is not asked to press again. */
function useAllowedAlready(open: () => Promise<void>): void {
  useEffect(() => {
    if (!navigator.mediaDevices) return;
    navigator.permissions
      ?.query({ name: "camera" as PermissionName })
      .then(({ state }) => (state === "granted" ? open() : undefined))
      .catch(() => undefined);
  }, [open]);
}

function useShow(video: RefObject<HTMLVideoElement | null>, stream: MediaStream | null): void {
  useEffect(() => {
    if (!stream) return;
    const screen = video.current;
    if (screen) {
      screen.srcObject = stream;
      screen.play().catch(() => undefined);
    }
    return () => {
      for (const track of stream.getTracks()) track.stop();
    };
  }, [stream, video]);
}

/** One look after the other, never two at once: a slow phone looks less often and stays cool. */
function useLook(
  video: RefObject<HTMLVideoElement | null>,
  stream: MediaStream | null,
  onCode: (code: string) => void,
): void {
  const tell = useRef(onCode);
  useEffect(() => {
    tell.current = onCode;
  });
  useEffect(() => {
    if (!stream) return;
    let isOver = false;
    const look = async () => {
      const read = await createReader();
      while (!isOver) {
        const screen = video.current;
        const code = screen && screen.readyState >= 2 && !document.hidden ? await read(screen).catch(() => null) : null;
        if (code && !isOver) tell.current(code);
        await new Promise((wake) => setTimeout(wake, 1000 / looksPerSecond));
      }
    };
    void look();
    return () => {
      isOver = true;
    };
  }, [stream, video]);
}
