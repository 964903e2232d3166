import { Check, Copy } from "lucide-react";
import { type ComponentProps, type ReactNode, useEffect, useId, useState } from "react";

import { useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";

/** Puts a text where it can be pasted from, and says so. */
export function CopyButton({
  text,
  children,
  ...rest
}: { text: string; children?: ReactNode } & ComponentProps<typeof Button>) {
  const words = useWords("ui.common");
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Button
      {...rest}
      icon={isCopied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      <span aria-live="polite">{isCopied ? words.copied : (children ?? words.copy)}</span>
    </Button>
  );
}

/** A link to hand on: readable, selectable, and copied with one press. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id={id}
          readOnly
          value={value}
          onFocus={(focus) => focus.target.select()}
          className="input min-w-0 flex-1 basis-48"
        />
        <CopyButton text={value} />
      </div>
    </div>
  );
}
