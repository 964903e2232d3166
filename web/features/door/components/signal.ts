import type { Verdict } from "#web/features/door/state.ts";

/** Tones as [hertz, start, length] in seconds: up for a welcome, twice the same for "used", low and long for "no". */
const tones: Record<Verdict["kind"], readonly (readonly [number, number, number])[]> = {
  in: [
    [660, 0, 0.09],
    [990, 0.1, 0.16],
  ],
  used: [
    [440, 0, 0.12],
    [440, 0.2, 0.12],
  ],
  no: [[165, 0, 0.45]],
  offline: [[220, 0, 0.2]],
  undone: [[520, 0, 0.08]],
};

const shakes: Record<Verdict["kind"], number[]> = {
  in: [60],
  used: [90, 70, 90],
  no: [350],
  offline: [150],
  undone: [30],
};

let speaker: AudioContext | undefined;

/** Browsers let a page make sounds only after somebody touched it: every touch of the door opens the way. */
export function allowSound(): void {
  speaker ??= new AudioContext();
  void speaker.resume();
}

/** Says a verdict to ears and hands, for who looks at the guest and not at the screen. */
export function signal(kind: Verdict["kind"]): void {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(shakes[kind]);
  if (speaker?.state !== "running") return;
  for (const [hertz, start, length] of tones[kind]) {
    const tone = new OscillatorNode(speaker, { type: kind === "no" ? "sawtooth" : "triangle", frequency: hertz });
    const loudness = new GainNode(speaker, { gain: 0 });
    const at = speaker.currentTime + start;
    loudness.gain.linearRampToValueAtTime(0.4, at + 0.01);
    loudness.gain.setValueAtTime(0.4, at + length - 0.03);
    loudness.gain.linearRampToValueAtTime(0, at + length);
    tone.connect(loudness).connect(speaker.destination);
    tone.start(at);
    tone.stop(at + length);
  }
}
