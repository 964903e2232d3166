import { X } from "lucide-react";
import { useEffect, useRef } from "react";

import { useWords } from "#web/platform/words.ts";
import { IconButton } from "#web/ui/button.tsx";
import { useHover } from "#web/ui/hover.ts";

interface Props {
  id: number;
  text: string;
  undo?: () => void;
  dismiss: (id: number) => void;
}

/** One toast; it stays while somebody reads it. */
export default function Slip({ id, text, undo, dismiss }: Props) {
  const words = useWords("ui.common");
  const slip = useRef<HTMLDivElement>(null);
  const isHeld = useHover(slip);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismiss(id), undo ? 9000 : 5000);
    return () => clearTimeout(timer);
  }, [id, undo, isHeld, dismiss]);
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
