import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";

import { IconButton } from "#web/ui/button.tsx";

/** Which of them is open. */
export type Panel = "chat" | "people" | null;

/** What stands beside the stage on a wide screen, and over it on a phone. Escape puts it away. */
export function SidePanel({
  title,
  close,
  onClose,
  children,
}: {
  title: string;
  close: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useEffect(() => {
    const element = panel.current;
    const before = document.activeElement;
    const putAway = (press: KeyboardEvent) => {
      if (press.key !== "Escape" || press.defaultPrevented || document.querySelector(":popover-open, dialog[open]"))
        return;
      latest.current();
    };
    element?.addEventListener("keydown", putAway);
    return () => {
      element?.removeEventListener("keydown", putAway);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      ref={panel}
      aria-labelledby={id}
      className="animate-fade flex w-[22rem] shrink-0 flex-col border-s border-line bg-paper max-md:absolute max-md:inset-0 max-md:z-30 max-md:w-auto max-md:border-0"
    >
      <div className="flex items-center justify-between border-b border-line py-2 ps-4 pe-2">
        <h2 id={id} className="text-lg!">
          {title}
        </h2>
        <IconButton label={close} onClick={onClose}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {children}
    </aside>
  );
}
