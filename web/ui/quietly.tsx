import type { ReactNode } from "react";

import type { FormFailure } from "#web/platform/form.ts";
import { FormStateContext, useFormState } from "#web/ui/form-state.ts";

/** What an autosave found wrong stands at its field, but takes nobody away from where they are typing. */
export function Quietly({ failure, children }: { failure: FormFailure | undefined; children: ReactNode }) {
  const state = useFormState();
  const shown = state.failure ?? (failure && { ...failure, typed: {} });
  return <FormStateContext value={{ ...state, failure: shown }}>{children}</FormStateContext>;
}
