import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/surface.tsx";

interface Props {
  providers: readonly { id: string; name: string }[];
  next: string;
}

/** The ways in through houses elsewhere, where this installation has any; their words are `identity.with`. */
export function Providers({ providers, next }: Props) {
  const words = useWords("identity.with");
  const fill = useFill();
  return providers.map(({ id, name }) => (
    <ButtonLink
      key={id}
      to={`/sign-in/with/${id}${next ? `?next=${encodeURIComponent(next)}` : ""}`}
      reloadDocument
      size="lg"
      wide
    >
      {fill(words.go, { provider: name })}
    </ButtonLink>
  ));
}

/** What came of a way through a house elsewhere that did not end as it should. */
export function ProviderProblem({ why }: { why: string | null }) {
  const words = useWords("identity.with");
  const says = {
    refused: words.refused,
    unverified: words.unverified,
    taken: words.taken,
    old: words.old,
    banned: words.banned,
  };
  return why && why in says ? <Notice mood="warn">{says[why as keyof typeof says]}</Notice> : null;
}
