import { type ReactNode, useId, useState } from "react";

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
  const [isOpen, setOpen] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches over the control inside
    <span
      className="relative inline-flex"
      aria-describedby={isOpen ? id : undefined}
      onMouseEnter={() => setOpen(true)}
      onMouseLeave={() => setOpen(false)}
      onFocus={() => setOpen(true)}
      onBlur={() => setOpen(false)}
      onKeyDown={(press) => press.key === "Escape" && setOpen(false)}
    >
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
