import { useNavigation, useSearchParams } from "react-router";

import { useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";

/** The way to the next part of a list. The page at that address shows the next part, with or without script. */
export function More({ cursor, name = "cursor" }: { cursor: string | null; name?: string }) {
  const words = useWords("ui.common");
  const [search] = useSearchParams();
  const { state } = useNavigation();
  if (!cursor) return null;
  const next = new URLSearchParams(search);
  next.set(name, cursor);
  return (
    <div className="mt-8 grid justify-items-center">
      <ButtonLink to={`?${next}`} preventScrollReset aria-busy={state !== "idle"}>
        {words.more}
      </ButtonLink>
    </div>
  );
}
