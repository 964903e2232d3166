import type { Choices } from "#web/features/rooms/components/call-kit.ts";

const key = "plenary-devices";

/** What was chosen the last time on this device; camera and microphone on, where nothing is known. */
export function rememberedChoices(): Choices {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Choices>;
    return { ...kept, camera: kept.camera !== false, microphone: kept.microphone !== false };
  } catch {
    return { camera: true, microphone: true };
  }
}

export function rememberChoices(choices: Choices): void {
  try {
    localStorage.setItem(key, JSON.stringify(choices));
  } catch {
    // A browser that keeps nothing asks anew each time.
  }
}

export interface Devices {
  cameras: MediaDeviceInfo[];
  microphones: MediaDeviceInfo[];
  speakers: MediaDeviceInfo[];
}

/** Devices have names only once one of them may be used. */
export async function listDevices(): Promise<Devices> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const of = (kind: MediaDeviceKind) => all.filter((device) => device.kind === kind && device.deviceId !== "");
  return { cameras: of("videoinput"), microphones: of("audioinput"), speakers: of("audiooutput") };
}

export type Trouble = "denied" | "missing" | "busy" | "unsafe";

/** Why a device cannot be had, in the few ways that somebody can do something about. */
export function troubleOf(name: string): Trouble {
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return globalThis.isSecureContext === false ? "unsafe" : "denied";
}

export interface Preview {
  stream: MediaStream;
  trouble: { device: "camera" | "microphone"; why: Trouble } | null;
}

/** Opens what is wanted for the look in the mirror; what cannot be had is left out, and named. */
export async function openPreview({ camera, microphone, cameraId, microphoneId }: Choices): Promise<Preview> {
  const stream = new MediaStream();
  let trouble: Preview["trouble"] = null;
  const take = async (device: "camera" | "microphone", wanted: MediaStreamConstraints) => {
    try {
      if (!navigator.mediaDevices) throw new DOMException("", "SecurityError");
      for (const track of (await navigator.mediaDevices.getUserMedia(wanted)).getTracks()) stream.addTrack(track);
    } catch (error) {
      trouble ??= { device, why: troubleOf(error instanceof Error ? error.name : "") };
    }
  };
  if (microphone) await take("microphone", { audio: idOf(microphoneId) });
  if (camera) await take("camera", { video: { ...idOf(cameraId), width: 1280, height: 720 } });
  return { stream, trouble };
}

// A device that is gone since is no reason to have none.
const idOf = (id: string | undefined) => (id ? { deviceId: { ideal: id } } : {});

export function closeStream(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** How loud it is, from 0 to 1, some twenty times a second. Returns what ends it. */
export function measure(stream: MediaStream, hear: (level: number) => void): () => void {
  if (stream.getAudioTracks().length === 0) return () => {};
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // Decibels, from a quiet room to a loud voice.
    hear(Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-9) + 60) / 50)));
  }, 50);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** Two notes, through the speaker that was chosen. */
export async function playTestSound(speakerId: string | undefined): Promise<void> {
  const context = new AudioContext();
  const routed = context as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  if (speakerId) await routed.setSinkId?.(speakerId).catch(() => {});
  for (const [at, pitch] of [523.25, 783.99].entries()) {
    const [note, volume] = [context.createOscillator(), context.createGain()];
    const start = context.currentTime + at * 0.22;
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.25, start + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.5);
    note.connect(volume).connect(context.destination);
    note.start(start);
    note.stop(start + 0.55);
  }
  setTimeout(() => void context.close(), 1500);
}
