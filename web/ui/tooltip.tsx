import { type ReactNode, useId, useRef } from "react";

import { useHover } from "#web/ui/hover.ts";

/** A word or two beside what is hovered or focused; it never holds what cannot be found elsewhere. Escape puts it away. */
export function Tooltip({
  text,
  side = "top",
  children,
}: {
  text: string;
  side?: "top" | "bottom";
  children: ReactNode;
}) {
  const id = useId();
  const around = useRef<HTMLSpanElement>(null);
  const isOpen = useHover(around);
  return (
    <span ref={around} className="relative inline-flex" aria-describedby={isOpen ? id : undefined}>
      {children}
      {isOpen && (
        <span
          role="tooltip"
          id={id}
          className={`animate-fade pointer-events-none absolute start-1/2 z-40 -translate-x-1/2 rounded-sm bg-ink px-2.5 py-1 text-xs font-medium whitespace-nowrap text-paper rtl:translate-x-1/2 ${
            side === "top" ? "bottom-full mb-2" : "top-full mt-2"
          }`}
        >
          {text}
        </span>
      )}
    </span>
  );
}
