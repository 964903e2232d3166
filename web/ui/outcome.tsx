import { type ReactNode, useEffect, useRef } from "react";
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
  const cameWithPage = useCameWithPage();
  const told = useRef<unknown>(undefined);
  const isPassing = mood === "good" && !cameWithPage;
  useEffect(() => {
    if (!result || !isPassing || told.current === result) return;
    told.current = result;
    toast(children);
  }, [result, isPassing, children]);
  if (!result || isPassing) return null;
  return (
    <IntoView of={result}>
      <Notice mood={mood}>{children}</Notice>
    </IntoView>
  );
}

/** The same for what takes more than a sentence. */
export function IntoView({ of: result, children }: { of: unknown; children: ReactNode }) {
  const cameWithPage = useCameWithPage();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result && !cameWithPage) place.current?.scrollIntoView({ block: "center" });
  }, [result, cameWithPage]);
  return (
    <div ref={place} className="mb-6">
      {children}
    </div>
  );
}

/** An answer that was not fetched by a script stands on a page that is read from its beginning. */
const useCameWithPage = () => useLocation().key === "default";
