import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

/** What this device remembers from one evening to the next; empty on the server and where storage is shut. */
export function useKept(key: string): [string, (value: string) => void] {
  const value = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => read(key),
    () => "",
  );
  const keep = useCallback(
    (next: string) => {
      try {
        localStorage.setItem(key, next);
      } catch {
        // A browser that keeps nothing: the door works all the same.
      }
      for (const changed of listeners) changed();
    },
    [key],
  );
  return [value, keep];
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}
