import { type ReactNode, useId } from "react";

import type { Terms } from "#contract/terms.ts";
import { ConductText } from "#web/features/registrations/components/conduct-text.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { useFieldState } from "#web/ui/field-state.ts";

type Props = Terms & {
  /** The age is confirmed for all who are brought along too. */
  ofAll?: boolean;
};

/** What an event asks of whoever comes, with a box to tick for each, as a part of a form. */
export default function AcceptTerms({ conduct, minimumAge, ofAll = false }: Props) {
  const words = useWords("registrations.terms");
  const fill = useFill();
  return (
    <div className="grid gap-3 border-t border-line pt-5">
      {conduct && (
        <>
          <ConductText text={conduct.text} language={conduct.language} />
          <Box name="acceptsConduct" value={conduct.version}>
            {words.accepts}
          </Box>
        </>
      )}
      {minimumAge && (
        <Box name="confirmsAge" value={String(minimumAge)}>
          {fill(ofAll ? words.ageOfAll : words.age, { age: minimumAge })}
        </Box>
      )}
    </div>
  );
}

function Box({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  const id = useId();
  const { typed, problem } = useFieldState(name);
  return (
    <>
      {/* Other terms than those that were read are accepted anew. */}
      <label
        key={value}
        className="grid min-h-9 grid-cols-[auto_1fr] items-center gap-x-3 text-sm font-medium pointer-coarse:min-h-11"
      >
        <input
          type="checkbox"
          name={name}
          value={value}
          required
          defaultChecked={typed === value}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem && id}
          className="size-5 accent-accent"
        />
        {children}
      </label>
      {problem && (
        <p id={id} className="text-xs font-medium text-bad">
          {problem}
        </p>
      )}
    </>
  );
}
