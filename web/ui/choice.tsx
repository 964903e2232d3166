import { type ComponentProps, type ReactNode, useId } from "react";

import { useFieldState } from "#web/ui/field-state.ts";

interface Option {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
}

interface GroupProps {
  name: string;
  label: ReactNode;
  options: readonly Option[];
  defaultValue?: string;
  hint?: ReactNode;
  problem?: string;
  quietLabel?: boolean;
  required?: boolean;
  onChoose?: (value: string) => void;
}

/** One of a few that each deserve a line: a card for each. */
export function RadioGroup(props: GroupProps) {
  return (
    <Group {...props} className="grid gap-2">
      {(option, input) => (
        <label
          key={option.value}
          className="grid grid-cols-[auto_1fr] items-start gap-x-3 rounded-control border border-line bg-surface px-4 py-3 transition-colors hover:border-edge has-checked:border-accent has-checked:bg-wash has-disabled:opacity-55 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input {...input} className="radio mt-0.5 outline-none" />
          <span className="text-sm font-medium">{option.label}</span>
          {option.hint && <span className="col-start-2 text-xs text-ink-soft">{option.hint}</span>}
        </label>
      )}
    </Group>
  );
}

/** One of two to four short words, side by side. */
export function Segmented(props: GroupProps) {
  return (
    <Group {...props} className="inline-flex flex-wrap gap-1 rounded-control bg-sunken p-1">
      {(option, input) => (
        <label
          key={option.value}
          className="relative inline-flex min-h-9 items-center gap-2 rounded-[7px] px-3.5 text-sm font-medium text-ink-soft transition-colors pointer-coarse:min-h-11 hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--line)] has-disabled:opacity-55 has-focus-visible:outline-2 has-focus-visible:outline-accent [&_svg]:size-4"
        >
          <input {...input} className="sr-only" />
          {option.icon}
          {option.label}
        </label>
      )}
    </Group>
  );
}

function Group({
  name,
  label,
  options,
  defaultValue,
  hint,
  problem: given,
  quietLabel,
  required,
  onChoose,
  className,
  children,
}: GroupProps & { className: string; children: (option: Option, input: ComponentProps<"input">) => ReactNode }) {
  const id = useId();
  const { typed, problem } = useFieldState(name, given);
  const chosen = typed ?? defaultValue;
  return (
    <fieldset
      aria-describedby={hint || problem ? `${id}-more` : undefined}
      data-wrong={problem !== undefined || undefined}
      className="grid min-w-0 justify-items-stretch gap-2"
    >
      <legend className={quietLabel ? "sr-only" : "mb-1.5 text-sm font-medium"}>{label}</legend>
      <div className={`justify-self-start ${className.includes("inline") ? "" : "w-full"} ${className}`}>
        {options.map((option) =>
          children(option, {
            type: "radio",
            name,
            value: option.value,
            required,
            disabled: option.disabled,
            defaultChecked: option.value === chosen,
            onChange: onChoose && (() => onChoose(option.value)),
          }),
        )}
      </div>
      {(hint || problem) && (
        <p id={`${id}-more`} className={`text-xs ${problem ? "font-medium text-bad" : "text-ink-soft"}`}>
          {problem ?? hint}
        </p>
      )}
    </fieldset>
  );
}
