import { useWords } from "#web/platform/words.ts";
import { RadioGroup } from "#web/ui/choice.tsx";

/** How much of a series is meant; a field of the form around it. */
export function ScopeChoice() {
  const words = useWords("scheduling.series");
  return (
    <RadioGroup
      name="scope"
      label={words.scope}
      defaultValue="one"
      options={[
        { value: "one", label: words.scopeOne },
        { value: "following", label: words.scopeFollowing },
        { value: "all", label: words.scopeAll },
      ]}
    />
  );
}
