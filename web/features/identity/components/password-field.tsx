import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useEffect, useState } from "react";

import { useWords } from "#web/platform/words.ts";
import { Field } from "#web/ui/field.tsx";

/** A password, which may be looked at while it is typed; that button needs script and comes with it. */
export function PasswordField(props: Omit<ComponentProps<typeof Field>, "type" | "after">) {
  const words = useWords("identity.password");
  const [isShown, setShown] = useState(false);
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const says = isShown ? words.hide : words.show;
  return (
    <Field
      {...props}
      type={isShown ? "text" : "password"}
      spellCheck={false}
      autoCapitalize="off"
      after={
        isAlive && (
          <button
            type="button"
            aria-label={says}
            title={says}
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
            className="-me-2 grid size-10 place-items-center rounded-control hover:text-ink pointer-coarse:size-11 [&_svg]:size-4.5"
          >
            {isShown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
          </button>
        )
      }
    />
  );
}
