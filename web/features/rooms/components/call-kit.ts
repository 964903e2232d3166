import type { RoomOptions } from "livekit-client";

import { retryBefore, type Turn } from "#web/features/rooms/state.ts";
import { refusalOf } from "#web/platform/refusal.ts";

/** The engine's library. */
export type Kit = typeof import("livekit-client");

export interface Choices {
  camera: boolean;
  microphone: boolean;
  cameraId?: string;
  microphoneId?: string;
  speakerId?: string;
}

/**
 * The engine's library, loaded when somebody goes in; what it says of each step is nobody's news. It warns of offers that
 * it wants to make on lines that were closed a moment before, whenever the engine ends a room.
 */
export async function loadKit(): Promise<Kit> {
  const kit = await import("livekit-client");
  kit.setLogLevel(kit.LogLevel.error);
  return kit;
}

export function optionsOf(kit: Kit, { cameraId, microphoneId, speakerId }: Choices): RoomOptions {
  return {
    adaptiveStream: true,
    dynacast: true,
    reconnectPolicy: {
      nextRetryDelayInMs: ({ retryCount, elapsedMs }) => retryBefore(retryCount, elapsedMs, Math.random()),
    },
    videoCaptureDefaults: { resolution: kit.VideoPresets.h720.resolution, ...(cameraId && { deviceId: cameraId }) },
    audioCaptureDefaults: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(microphoneId && { deviceId: microphoneId }),
    },
    ...(speakerId && { audioOutput: { deviceId: speakerId } }),
    publishDefaults: {
      simulcast: true,
      // The encoding of cameras is not asked for screens, which would fall to 15 pictures a second.
      screenShareEncoding: { maxBitrate: 3_000_000, maxFramerate: 30 },
    },
  };
}

const lineErrors = new Set([
  "PublishTrackError",
  "NegotiationError",
  "ConnectionError",
  "UnexpectedConnectionState",
  "InvalidStateError",
]);

/** Whether it was the line that failed, not a device or a right. */
export function isOfTheLine(error: unknown): boolean {
  const isNo = typeof error === "object" && error !== null && "status" in error && error.status === 403;
  return error instanceof Error && lineErrors.has(error.name) && !isNo;
}

/** What the house said, by its code: when it was asked for a pass, or at the door of the engine. */
export function refusedBy(error: unknown): Turn | undefined {
  const refusal = refusalOf(error);
  if (refusal) return { type: "refused", code: refusal.code };
  const isNo = typeof error === "object" && error !== null && "status" in error && error.status === 403;
  return isNo && error instanceof Error ? { type: "refused", code: codeIn(error.message) } : undefined;
}

const codeIn = (message: string): string => /[a-z_]+\.[a-z_]+/.exec(message)?.[0] ?? "access.banned";
