import type { Terms } from "#contract/terms.ts";
import { ConductText } from "#web/features/registrations/components/conduct-text.tsx";
import { useFill, useWords } from "#web/platform/words.ts";

type Props = Terms & { where: "ahead" | "door" };

/** What is left to accept, before the one button that says so. */
export function TermsText({ conduct, minimumAge, where }: Props) {
  const words = useWords("registrations.terms");
  const fill = useFill();
  const look = where === "door" ? "text-base" : "text-sm text-ink-soft";
  return (
    <>
      {conduct && (
        <>
          <p className={look}>{words[where]}</p>
          <ConductText text={conduct.text} language={conduct.language} isOpen={where === "door"} />
        </>
      )}
      {minimumAge && <p className={look}>{fill(words[`${where}OfAge`], { age: minimumAge })}</p>}
    </>
  );
}

/** What the button says. */
export const whatIsLeft = ({ conduct, minimumAge }: Terms) => ({
  what: conduct && minimumAge ? "both" : conduct ? "conduct" : "age",
  age: minimumAge ?? 0,
});

/** All that is left, accepted in the words that stand there. */
export const acceptanceOf = ({ conduct, minimumAge }: Terms) => ({
  ...(conduct && { acceptsConduct: conduct.version }),
  ...(minimumAge && { confirmsAge: minimumAge }),
});
