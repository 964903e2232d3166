import { X } from "lucide-react";
import { useEffect, useRef, useSyncExternalStore } from "react";

import { useWords } from "#web/platform/words.ts";
import { IconButton } from "#web/ui/button.tsx";
import { useHover } from "#web/ui/hover.ts";

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

/** Says in passing what was done, with a way back where there is one. What people must not miss belongs in a `Notice`. */
export function toast(text: string, { undo }: { undo?: () => void } = {}): void {
  lastId++;
  change([...toasts.slice(-2), { id: lastId, text, undo }]);
}

const dismiss = (id: number) => change(toasts.filter((one) => one.id !== id));

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
        <Slip key={one.id} {...one} />
      ))}
    </section>
  );
}

function Slip({ id, text, undo }: Toast) {
  const words = useWords("ui.common");
  const slip = useRef<HTMLDivElement>(null);
  const isHeld = useHover(slip);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismiss(id), undo ? 9000 : 5000);
    return () => clearTimeout(timer);
  }, [id, undo, isHeld]);
  return (
    <div
      ref={slip}
      className="animate-rise pointer-events-auto flex max-w-full items-center gap-3 rounded-[12px] bg-ink ps-4 pe-1.5 text-sm text-paper shadow-float"
    >
      <p className="py-3">{text}</p>
      {undo && (
        <button
          type="button"
          className="min-h-11 px-2 font-medium underline underline-offset-4"
          onClick={() => {
            undo();
            dismiss(id);
          }}
        >
          {words.undo}
        </button>
      )}
      <IconButton label={words.close} className="text-paper! hover:bg-paper/15!" onClick={() => dismiss(id)}>
        <X aria-hidden="true" />
      </IconButton>
    </div>
  );
}
