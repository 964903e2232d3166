import { Mail, Share2 } from "lucide-react";
import { useEffect, useState } from "react";

import { fill } from "#web/platform/fill.ts";
import { useLocale, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { CopyField } from "#web/ui/share.tsx";

/** The event's link, to hand on: copied, by letter, or by what the phone offers. */
export function Share({ title, url }: { title: string; url: string }) {
  const words = useWords("registrations.share");
  const locale = useLocale();
  const canShare = useCanShare();
  const letter = new URLSearchParams({
    subject: fill(words.subject, { event: title }, locale),
    body: fill(words.body, { event: title, url }, locale),
  });
  return (
    <div className="grid gap-2">
      <CopyField label={words.link} value={url} />
      <div className="flex flex-wrap gap-2">
        <a
          // Mail programs show the plus of a form's encoding as it is.
          href={`mailto:?${letter.toString().replaceAll("+", "%20")}`}
          className="-ms-3 inline-flex min-h-9 items-center gap-2 rounded-control px-3 text-sm font-medium hover:bg-ink/7 pointer-coarse:min-h-11"
        >
          <Mail aria-hidden="true" className="size-4" />
          {words.letter}
        </a>
        {canShare && (
          <Button
            size="sm"
            variant="quiet"
            icon={<Share2 aria-hidden="true" />}
            onClick={() => navigator.share({ title, url }).catch(() => undefined)}
          >
            {words.more}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Known only in the browser, and only after the first paint, so that both paint the same. */
function useCanShare(): boolean {
  const [can, setCan] = useState(false);
  useEffect(() => setCan(typeof navigator.share === "function"), []);
  return can;
}
