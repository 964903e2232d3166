import type { ComponentProps } from "react";

import { Field } from "#web/ui/field.tsx";

type NumberFieldProps = Omit<ComponentProps<typeof Field>, "type" | "inputMode" | "after" | "defaultValue"> & {
  defaultValue?: number | null;
  /** Stands behind the number: what is counted. */
  unit?: string;
};

/** A number to type: not below zero unless `min` says so, and whole unless `step` allows parts. */
export function NumberField({ min = 0, unit, defaultValue, className = "", ...field }: NumberFieldProps) {
  return (
    <Field
      {...field}
      type="number"
      min={min}
      inputMode={field.step === "any" ? "decimal" : "numeric"}
      defaultValue={defaultValue ?? ""}
      after={unit}
      className={`tabular ${className}`}
    />
  );
}
