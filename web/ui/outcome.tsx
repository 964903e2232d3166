import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

import { Notice } from "#web/ui/surface.tsx";
import { toast } from "#web/ui/toast.tsx";

interface Props {
  /** What the page's action answered; each answer is said once. */
  of: unknown;
  mood?: "good" | "warn" | "bad";
  children: string;
}

/**
 * What became of a press, where it is seen: above the page that came with it; once a script has sent a form from further
 * down, what is done is said in passing and what is not comes into view.
 */
export function Outcome({ of: result, mood = "good", children }: Props) {
  const cameWithPage = useLocation().key === "default";
  const place = useRef<HTMLDivElement>(null);
  const told = useRef<unknown>(undefined);
  const isPassing = mood === "good" && !cameWithPage;
  useEffect(() => {
    if (!result || cameWithPage || told.current === result) return;
    told.current = result;
    if (isPassing) toast(children);
    else place.current?.scrollIntoView({ block: "center" });
  }, [result, cameWithPage, isPassing, children]);
  if (!result || isPassing) return null;
  return (
    <div ref={place} className="mb-6">
      <Notice mood={mood}>{children}</Notice>
    </div>
  );
}
