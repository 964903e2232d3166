import { Check, CircleAlert, CloudOff, PencilLine } from "lucide-react";

const signs = {
  dirty: PencilLine,
  saving: PencilLine,
  saved: Check,
  incomplete: CircleAlert,
  failed: CloudOff,
  conflict: CircleAlert,
} as const;

export type Kept = "clean" | keyof typeof signs;

/** Says whether what is on screen is kept. */
export function SaveLine({ state, says }: { state: Kept; says: Partial<Record<Kept, string>> }) {
  const Sign = state === "clean" ? null : signs[state];
  const isBad = state === "failed" || state === "incomplete" || state === "conflict";
  return (
    <p aria-live="polite" className={`flex min-h-6 items-center gap-2 text-sm ${isBad ? "text-bad" : "text-ink-soft"}`}>
      {Sign && <Sign aria-hidden="true" className="size-4 shrink-0" />}
      {says[state] ?? ""}
    </p>
  );
}
