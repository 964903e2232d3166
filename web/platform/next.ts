/** A path within this house, or the fallback: what stands in an address must never lead people elsewhere. */
export function localPath(value: unknown, fallback: string): string {
  if (typeof value !== "string" || !/^\/(?![/\\])/.test(value) || /[\\\s]/.test(value)) return fallback;
  return value;
}
