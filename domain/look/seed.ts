/**
 * A number from 0 up to, but not including, 1 that looks random and is always the same for the same seed and purpose.
 */
export function numberOf(seed: string, purpose: string): number {
  let hash = 2166136261;
  for (const character of `${purpose}/${seed}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  }
  // Neighbouring ids differ in few bits; the last strokes spread them over the whole range.
  hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}

/** One of the given things, always the same for the same seed and purpose. */
export function pick<T>(seed: string, purpose: string, things: readonly [T, ...T[]]): T {
  return things[Math.floor(numberOf(seed, purpose) * things.length)] ?? things[0];
}
