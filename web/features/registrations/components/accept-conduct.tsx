import { type ComponentProps, useId } from "react";

import { ConductText } from "#web/features/registrations/components/conduct-text.tsx";
import { useWords } from "#web/platform/words.ts";
import { useFieldState } from "#web/ui/field-state.ts";

type Props = ComponentProps<typeof ConductText> & { version: string };

/** The code of conduct with the word that it is kept, as a part of a form. */
export default function AcceptConduct({ version, ...text }: Props) {
  const words = useWords("registrations.conduct");
  const id = useId();
  const { typed, problem } = useFieldState("acceptsConduct");
  return (
    <div className="grid gap-3 border-t border-line pt-5">
      <ConductText {...text} />
      {/* Other words than those that were read are accepted anew. */}
      <label
        key={version}
        className="grid min-h-9 grid-cols-[auto_1fr] items-center gap-x-3 text-sm font-medium pointer-coarse:min-h-11"
      >
        <input
          type="checkbox"
          name="acceptsConduct"
          value={version}
          required
          defaultChecked={typed === version}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem && id}
          className="size-5 accent-accent"
        />
        {words.accepts}
      </label>
      {problem && (
        <p id={id} className="text-xs font-medium text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}
