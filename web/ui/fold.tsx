import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  title: ReactNode;
  id?: string;
  isOpen?: boolean;
  children: ReactNode;
}

/** Something seldom needed, behind a line of its own among others; opens and works without any script. */
export function Fold({ title, id, isOpen, children }: Props) {
  return (
    <details id={id} open={isOpen || undefined} className="group border-t border-line last:border-b">
      <summary className="flex min-h-13 list-none items-center justify-between gap-4 text-sm text-ink-soft hover:text-ink group-open:font-medium group-open:text-ink [&::-webkit-details-marker]:hidden">
        {title}
        <ChevronDown
          aria-hidden="true"
          className="size-4.5 shrink-0 transition-transform duration-150 group-open:rotate-180"
        />
      </summary>
      <div className="pt-1 pb-6">{children}</div>
    </details>
  );
}
