import { ChevronDown } from "lucide-react";

import { useWords } from "#web/platform/words.ts";

interface Props {
  text: string;
  language: string;
  isOpen?: boolean;
}

/** A code of conduct: all of it where it is short, else behind a line of its own; opens without any script. */
export function ConductText({ text, language, isOpen }: Props) {
  const words = useWords("registrations.terms");
  const says = (
    <p lang={language} dir="auto" className="max-w-[62ch] text-sm wrap-anywhere whitespace-pre-line">
      {text}
    </p>
  );
  if (!isLong(text)) {
    return (
      <div className="grid gap-1">
        <p className="text-sm font-medium">{words.title}</p>
        {says}
      </div>
    );
  }
  return (
    <details open={isOpen || undefined} className="group rounded-control border border-line bg-surface">
      <summary className="flex min-h-11 list-none items-center justify-between gap-4 px-4 text-sm font-medium [&::-webkit-details-marker]:hidden">
        {words.title}
        <ChevronDown
          aria-hidden="true"
          className="size-4.5 shrink-0 text-ink-soft transition-transform duration-150 group-open:rotate-180"
        />
      </summary>
      <div className="px-4 pb-4">{says}</div>
    </details>
  );
}

/** More than a few lines of a phone. */
const isLong = (text: string) => text.length > 320 || text.split("\n").length > 6;
