import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";

import { useWords } from "#web/platform/words.ts";
import { useFieldState } from "#web/ui/field-state.ts";

interface Around {
  label: ReactNode;
  /** A line that helps, before anything went wrong. */
  hint?: ReactNode;
  /** The form's own answer is found by the field's name; this one goes before it. */
  problem?: string;
  /** Says beside the label that it may stay empty. */
  optional?: boolean;
  /** The label is for ears only. */
  quietLabel?: boolean;
}

/** Label, hint, control and problem, tied together for eyes and ears alike. */
function Labelled({
  id,
  label,
  hint,
  problem,
  optional,
  quietLabel,
  className = "",
  children,
}: Around & { id: string; className?: string; children: ReactNode }) {
  const words = useWords("ui.common");
  return (
    <div className={`grid gap-1.5 ${className}`}>
      <label htmlFor={id} className={quietLabel ? "sr-only" : "text-sm font-medium"}>
        {label}
        {optional && <span className="ms-2 text-xs font-normal text-ink-soft">{words.optional}</span>}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-ink-soft">
          {hint}
        </p>
      )}
      {problem && <Problem id={`${id}-problem`}>{problem}</Problem>}
    </div>
  );
}

function Problem({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="animate-rise flex gap-1.5 text-xs font-medium text-bad">
      <CircleAlert aria-hidden="true" className="mt-px size-4 shrink-0" />
      {children}
    </p>
  );
}

function described(id: string, hint: ReactNode, problem: string | undefined): string | undefined {
  const parts = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean);
  return parts.length > 0 ? parts.join(" ") : undefined;
}

function useControl(name: string | undefined, around: Pick<Around, "hint" | "problem">) {
  const id = useId();
  const { typed, problem } = useFieldState(name, around.problem);
  return {
    id,
    typed,
    problem,
    tied: { id, "aria-invalid": problem ? true : undefined, "aria-describedby": described(id, around.hint, problem) },
  };
}

type FieldProps = Around & { name: string; before?: ReactNode; after?: ReactNode } & Omit<
    ComponentProps<"input">,
    "name"
  >;

/** One line of text. `before` and `after` are short signs inside the frame, such as an icon or a unit. */
export function Field({ label, hint, problem, optional, quietLabel, before, after, className, ...input }: FieldProps) {
  const control = useControl(input.name, { hint, problem });
  return (
    <Labelled {...{ label, hint, optional, quietLabel, className }} id={control.id} problem={control.problem}>
      {/* Always in its frame: a sign that comes with the script would otherwise bring a new field, without what was typed. */}
      <div className="relative">
        {before && (
          <span className="pointer-events-none absolute inset-y-0 start-3 grid place-items-center text-ink-soft [&_svg]:size-4.5">
            {before}
          </span>
        )}
        <input
          type="text"
          {...input}
          {...control.tied}
          defaultValue={input.value === undefined ? (control.typed ?? input.defaultValue) : undefined}
          className={`input ${before ? "ps-10" : ""} ${after ? "pe-14" : ""}`}
        />
        {after && (
          <span className="absolute inset-y-0 end-3 grid place-items-center text-sm text-ink-soft">{after}</span>
        )}
      </div>
    </Labelled>
  );
}

type AreaProps = Around & { name: string } & Omit<ComponentProps<"textarea">, "name">;

/** Several lines; grows with what is written, where the browser can. */
export function TextArea({ label, hint, problem, optional, quietLabel, className, ...area }: AreaProps) {
  const control = useControl(area.name, { hint, problem });
  return (
    <Labelled {...{ label, hint, optional, quietLabel, className }} id={control.id} problem={control.problem}>
      <textarea
        rows={4}
        {...area}
        {...control.tied}
        defaultValue={area.value === undefined ? (control.typed ?? area.defaultValue) : undefined}
        className="input field-sizing-content min-h-24 leading-relaxed"
      />
    </Labelled>
  );
}

type SelectProps = Around & { name: string } & Omit<ComponentProps<"select">, "name">;

/** One of several, as the device shows it; children are `<option>`s. */
export function Select({ label, hint, problem, optional, quietLabel, className, children, ...select }: SelectProps) {
  const control = useControl(select.name, { hint, problem });
  return (
    <Labelled {...{ label, hint, optional, quietLabel, className }} id={control.id} problem={control.problem}>
      <select
        {...select}
        {...control.tied}
        defaultValue={select.value === undefined ? (control.typed ?? select.defaultValue) : undefined}
        className="input select"
      >
        {children}
      </select>
    </Labelled>
  );
}
