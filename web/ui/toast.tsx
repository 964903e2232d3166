import { type FunctionComponent, lazy, Suspense, useSyncExternalStore } from "react";

import { useWords } from "#web/platform/words.ts";

interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const none: readonly Toast[] = [];

/** Says in passing what was done, with a way back where there is one. What people must not miss belongs in a `Notice`. Gives what `dismiss` takes. */
export function toast(text: string, { undo }: { undo?: () => void } = {}): number {
  lastId++;
  // The same once more stands in the place of what it repeats.
  const others = toasts.filter((one) => one.undo || undo || one.text !== text);
  change([...others.slice(-2), { id: lastId, text, undo }]);
  return lastId;
}

export const dismiss = (id: number) => change(toasts.filter((one) => one.id !== id));

// Most pages never say anything. What is said in passing is worth no page: gone with an older build, it stays unsaid.
const Slip = lazy<FunctionComponent<Toast & { dismiss: (id: number) => void }>>(() =>
  import("#web/ui/toast-slip.tsx").catch(() => ({ default: () => null })),
);

/** The corner where toasts stand; the root has it. */
export function Toasts() {
  const words = useWords("ui.common");
  const shown = useSyncExternalStore(
    listen,
    () => toasts,
    () => none,
  );
  return (
    <section
      aria-label={words.messages}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-40 grid justify-items-center gap-2 p-4 max-lg:bottom-14 max-lg:pb-[calc(1rem+env(safe-area-inset-bottom))]"
    >
      {shown.map((one) => (
        <Suspense key={one.id}>
          <Slip {...one} dismiss={dismiss} />
        </Suspense>
      ))}
    </section>
  );
}
