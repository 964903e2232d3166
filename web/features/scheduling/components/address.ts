import { useSearchParams } from "react-router";

import type { Clock } from "#web/features/scheduling/components/times.tsx";

const clocks: readonly Clock[] = ["12", "24"];

/** What the address of a booking page says, and the same address with some of it changed; `null` takes a word out. */
export function useAddress() {
  const [search] = useSearchParams();
  const changed = (changes: Record<string, string | null>): string => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    return `?${next}`;
  };
  const clock = search.get("clock");
  return {
    changed,
    all: [...search],
    date: search.get("date") ?? undefined,
    time: search.get("time") ?? undefined,
    zone: search.get("zone"),
    clock: clocks.find((one) => one === clock),
  };
}
