import { type ComponentProps, type ReactNode, useId } from "react";

import { useFieldState } from "#web/ui/field-state.ts";

type SwitchProps = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  problem?: string;
} & Omit<ComponentProps<"input">, "name" | "type">;

// Whether it is on is told by the checkbox itself; an `aria-checked` beside it would contradict it before any script runs.
const asSwitch = { role: "switch" };

/** Yes or no; a checkbox to the browser, so it needs no script. Sends `false` too, so that a form can switch it off. */
export function Switch({ label, hint, problem: given, value = "true", defaultChecked, ...input }: SwitchProps) {
  const id = useId();
  const { typed, problem } = useFieldState(input.name, given);
  const checked = typed === undefined ? defaultChecked : typed !== "false";
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-3 py-1.5">
      <input type="hidden" name={input.name} value="false" disabled={input.disabled} form={input.form} />
      <input
        type="checkbox"
        {...asSwitch}
        id={id}
        value={value}
        {...input}
        defaultChecked={input.checked === undefined ? checked : undefined}
        aria-invalid={problem ? true : undefined}
        aria-describedby={hint || problem ? `${id}-more` : undefined}
        className="switch"
      />
      <label htmlFor={id} className="self-center text-sm font-medium">
        {label}
      </label>
      {(hint || problem) && (
        <p id={`${id}-more`} className={`col-start-2 text-xs ${problem ? "font-medium text-bad" : "text-ink-soft"}`}>
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}
